"""Regions: operations that run bodies. Shared layers, loops, experts and recurrences need no other rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from designer.symbolic import operation as ops
from designer.symbolic.body import Body
from designer.symbolic.issue import Misfit, said
from designer.symbolic.schedule import Schedule
from designer.symbolic.size import Count, Shape
from designer.symbolic.stream import Stream
from designer.symbolic.tensor import Tensor, spelled
from designer.symbolic.value import Value
from designer.symbolic.weights import kept_differently

Outside = tuple[dict[str, Value], dict[str, Value]]


def block(x: Tensor, body: Body, name: str, shares: str, child: int) -> Tensor:
    """Run a block's body on `x`."""
    out, bodies = body.exits[0], (body,)
    finds, offers = _outside(x, bodies) if body.finds or body.missing or body.offers else ({}, {})
    given = Value(out.shape, out.stream)
    return x.recorded(ops.BlockRegion((x.value,), (given,), bodies, finds, offers, name, shares, child))


def repeat(
    x: Tensor, run: Callable[[Tensor], Tensor], times: Count, schedule: Schedule, shared: bool = False
) -> Tensor:
    """Run a stack again and again; recorded once for each different round.

    `shared`: all rounds keep their weights in one place.
    """
    if not isinstance(times, int):
        apart = len(schedule.first) + (len(schedule.cycle) if shared else 0)
        x.at_most(
            apart, times, "{apart} rounds are set apart and there are {times}.", apart=apart, times=times
        )
    groups = schedule.groups(times)
    bodies = _rounds(x, run, [index for index, _ in groups])
    counts = tuple(count for _, count in groups)
    out, around = Value(x.shape, x.stream), _outside(x, bodies)
    result = x.recorded(
        ops.RepeatRegion((x.value,), (out,), bodies, *around, counts, times, shared, schedule.order)
    )
    _rounds_agree(x, bodies, counts)
    if shared:
        _weights_agree(x, bodies)
    return result


def experts(
    x: Tensor,
    name: str,
    run: Callable[[Tensor], Tensor],
    weights: Tensor,
    active: Count,
    stacked: bool = True,
) -> Tensor:
    """Each row through those copies of a block whose weight is not 0, summed by weight.

    `weights` is (experts,), 0 for all but `active` of them. `stacked`: the checkpoint keeps all copies in
    one tensor, [experts, …]; else each under `name.{}`.
    """
    copies = weights.width
    entry = Value(x.shape, Stream("routed", rank=1, rows=x.rows))
    outer = x.scope.part(name if stacked else f"{name}.{{}}")
    scope = outer.inner(stacked=(*x.scope.stacked, copies) if stacked else ())
    out = run(Tensor(scope, entry))
    body = scope.recording.body((entry,), (out.value,))
    x.at_most(active, copies, "{a} experts are active of {b}.", a=active, b=copies)
    inputs, given = (x.value, weights.value), Value(out.shape, x.stream)
    region = ops.ExpertsRegion(inputs, (given,), (body,), *_outside(x, (body,)), copies, active, not stacked)
    return x.recorded(region)


def recur(x: Tensor, state: Shape, step: Callable[..., tuple[Tensor, Tensor]], *others: Tensor) -> Tensor:
    """`state, y = step(state, row, …)` along the sequence, from a state of zeros."""
    row = Stream("step", rank=1, rows=x.rows)
    entries = tuple(Value(shape, row) for shape in (state, x.shape, *(o.shape for o in others)))
    scope = x.scope.inner()
    after, y = step(*(Tensor(scope, entry) for entry in entries))
    cause = said("A step takes state {a} and leaves {b}.", a=spelled(state), b=spelled(after.shape))
    x.scope.same(state, after.shape, cause)
    body = scope.recording.body(entries, (after.value, y.value))
    inputs = (x.value, *(other.value for other in others))
    given = Value(y.shape, x.stream)
    return x.recorded(ops.RecurRegion(inputs, (given,), (body,), *_outside(x, (body,)), state))


def _rounds(x: Tensor, run: Callable[[Tensor], Tensor], rounds: Iterable[int]) -> tuple[Body, ...]:
    """A body for each of these rounds; what one offers, those after it find."""
    bodies: list[Body] = []
    offered: dict[str, Value] = {}
    for index in rounds:
        scope = x.scope.inner(offered).inner(round=index)
        entry = Value(x.shape, x.stream)
        out = run(Tensor(scope, entry))
        bodies.append(scope.recording.body((entry,), (out.value,)))
        offered.update(scope.recording.offers)
    return tuple(bodies)


def _rounds_agree(x: Tensor, bodies: Sequence[Body], counts: Sequence[Count]) -> None:
    """Every round must leave what the next one takes."""
    offered = {name: value for body in bodies for name, value in body.offers.items()}
    for body, count in zip(bodies, counts, strict=True):
        for name, found in body.finds.items():
            later = offered.get(name, found)
            if count != 1 and (later.shape, later.stream) != (found.shape, found.stream):
                raise Misfit(said("A round finds {name} as {a}, a later one as {b}.", name=name,
                                  a=spelled(found.shape), b=spelled(later.shape)))  # fmt: skip
        out = body.exits[0]
        if out.shape != x.shape or out.stream != x.stream:
            cause = said("A round takes {a} and gives back {b}.", a=spelled(x.shape), b=spelled(out.shape))
            if out.stream != x.stream:
                raise Misfit(cause)
            x.scope.same(x.shape, out.shape, cause)


def _weights_agree(x: Tensor, bodies: Sequence[Body]) -> None:
    """Rounds that keep their weights in one place must keep the same."""
    for name, a, b in kept_differently(bodies):
        cause = said("Rounds that share one set of weights keep {name} as {a} and as {b}.", name=name,
                     a=spelled(a), b=spelled(b))  # fmt: skip
        x.scope.same(a, b, cause)


def _outside(x: Tensor, bodies: Sequence[Body]) -> Outside:
    """What bodies find, fetched here; what they offer, offered on."""
    finds: dict[str, Value] = {}
    offers: dict[str, Value] = {}
    for body in bodies:
        if not (body.finds or body.missing or body.offers):
            continue
        for name in body.finds:
            if name not in offers and name not in finds and (found := x.scope.find(name)) is not None:
                finds[name] = found
        x.scope.recording.missing.update(body.missing)
        for name, value in body.offers.items():
            offers[name] = Value(value.shape, value.stream)
    x.scope.recording.offers.update(offers)
    return finds, offers
