"""What holds for every block of the palette, whichever it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.analysis.parameters import CATEGORIES, tally
from designer.analysis.tensors import patterns, tensors
from designer.blocks.palette import SECTIONS, VALUES
from designer.design.making import as_setting
from designer.design.resolve import resolve
from designer.design.tree import Design, Group, Node
from designer.symbolic.block import Block
from designer.symbolic.field import Declared, Field
from designer.symbolic.registry import Registry
from designer.symbolic.scope import Memo
from designer.symbolic.size import Size, product, total
from designer.symbolic.step import Step
from designer.symbolic.walk import trace
from tests.designs import KINDS, counted, design_of_nodes, node, value

PALETTE: list[str] = [kind for section in SECTIONS.values() for kind in section]
every_block = pytest.mark.parametrize("kind", PALETTE)
every_kind = pytest.mark.parametrize("kind", [*PALETTE, *VALUES])


def made(kind: str) -> type[Any]:
    found = KINDS.get(kind)
    assert found is not None
    return found


def holds_blocks(kind: str) -> bool:
    return made(kind).layout != "leaf"


def standing(*blocks: Node, on_ids: bool) -> Design:
    """A design with blocks after a table, a memory and a position bias, or right on the ids."""
    if on_ids:
        return design_of_nodes(*blocks)
    above = (
        node("token_embedding", rows=11, hidden=64, name="table"),
        node("encoder_states", hidden=24),
        node("position_bias", heads=32, name="distances"),
    )
    return design_of_nodes(*above, *blocks)


def with_something_inside(kind: str, **fields: Any) -> Node:
    if not holds_blocks(kind):
        return node(kind, name="block", **fields)
    inner = [node("mlp", hidden=20, name="mlp"), node("rms_norm", name="norm")]
    return node(kind, *inner, name="block", **fields)


@cache
def takes_ids(kind: str) -> bool:
    """Whether a block with its defaults stands on ids: found out, so that a new block needs no word here."""
    fits = [ids for ids in (False, True) if not _complaints(with_something_inside(kind), ids)]
    assert fits, "with its defaults it fits neither rows nor ids"
    return fits[0]


def _complaints(block: Node, on_ids: bool) -> list[str]:
    return [str(issue.cause) for issue in issues(counted(standing(block, on_ids=on_ids)))]


# --- how it presents itself --------------------------------------------------------------------------------


@every_block
def test_it_says_in_whole_sentences_what_its_parameters_do(kind):
    block = made(kind)
    assert issubclass(block, Block)
    assert block.kind == kind
    assert re.fullmatch(r"[A-Z][^.]*[^ .]", block.label), block.label
    assert re.fullmatch(r"[A-Z].{25,}\.", block.help), block.help
    assert not re.search(r"  |\n|\bTODO\b", block.help)
    assert block().title == block().title.strip() != ""
    assert block.category in CATEGORIES
    assert block.stands in ("on", "beside")
    assert block.__doc__


@pytest.mark.parametrize("kind", [kind for kind in PALETTE if not holds_blocks(kind)])
def test_a_block_without_parameters_says_so(kind):
    block = with_something_inside(kind)
    own = counted(standing(block, on_ids=takes_ids(kind))).nodes[block.id].total
    says = re.search(r"no parameters|0 parameters", made(kind).help)
    assert bool(says) == (own == 0)


@every_block
def test_its_summary_is_words_with_their_values(kind):
    block = made(kind)()
    for width in (64, None):
        for said in block.summary(width):
            assert str(said).strip()


@every_block
def test_what_its_parameters_do_is_said_in_whole_sentences(kind):
    block = made(kind)()
    for width in (64, None):
        for said in block.meaning(width):
            assert str(said).endswith(".")


@every_block
def test_weights_that_people_call_by_a_word_are_its_own(kind):
    """A word for a weight that `forward` does not record would never be seen."""
    block = with_something_inside(kind)
    known = counted(standing(block, on_ids=takes_ids(kind))).nodes[block.id]
    modules = {t.name.rpartition(".")[0] or t.name for body in known.bodies for t in patterns(body)}
    if made(kind).called:
        assert modules & made(kind).called.keys()


@every_block
def test_every_word_for_a_weight_is_of_one_that_some_setting_records(kind):
    ways = {name: _ways(field) for name, field in made(kind).fields().items() if made(kind).called}
    pairs = ({a: x, b: y} for a, b in combinations(ways, 2) for x in ways[a] for y in ways[b])
    recorded: set[str] = set()
    for fields in pairs:
        block = with_something_inside(kind, **fields)
        for body in counted(standing(block, on_ids=takes_ids(kind))).nodes[block.id].bodies:
            recorded.update(re.sub(r"\.(weight|bias)$", "", t.name) for t in patterns(body))
    assert made(kind).called.keys() <= recorded


def _ways(field: Field) -> list[Any]:
    """Settings of a field that a block may be written differently for; its default alone where none is."""
    ways: dict[str, list[Any]] = {
        "choice": list(field.options),
        "flag": [False, True],
        "value": [as_setting(made(kind)()) for kind in field.of],
        "block": [node("mlp", gate=gate) for gate in made("mlp").fields()["gate"].options],
        "count": [4 if field.optional else field.default],
    }
    return [*([None] if field.optional else []), *ways.get(field.kind, [])] or [field.default]


@every_kind
def test_each_field_has_a_label_and_a_legal_default(kind):
    fields = made(kind).fields()
    labels = [field.label for field in fields.values()]
    assert len(set(labels)) == len(labels)
    for name, field in fields.items():
        assert field.label.strip() == field.label != ""
        assert not field.help or re.fullmatch(r"[A-Z].*\.", field.help), field.help
        assert getattr(made(kind)(), name) == field.default
        assert _legal(field), (kind, name)


def _legal(field: Field) -> bool:
    if field.default is None:
        return field.optional
    if field.kind == "choice":
        return field.default in field.options and all(field.options.values())
    if field.kind == "value":
        return isinstance(field.default, Declared) and field.default.kind in field.of
    if field.kind == "count":
        return isinstance(field.default, int) and field.default >= field.least
    return isinstance(field.default, {"flag": bool, "real": float}[field.kind])


@every_kind
def test_no_field_has_a_name_that_formulas_keep_for_what_flows_in(kind):
    assert "width" not in made(kind).fields()


@every_kind
def test_values_that_fields_take_are_known(kind):
    for field in made(kind).fields().values():
        assert all(issubclass(made(other), Declared) for other in field.of)


# --- how it counts -----------------------------------------------------------------------------------------


@every_block
def test_with_its_defaults_it_has_no_issue(kind):
    assert _complaints(with_something_inside(kind), takes_ids(kind)) == []


@every_block
def test_with_its_defaults_every_walk_counts_the_same(kind):
    agrees(counted(standing(with_something_inside(kind), on_ids=takes_ids(kind))))


@every_block
@given(data=st.data())
def test_whatever_its_settings_formula_count_and_sweep_agree(kind, data):
    fields = {name: data.draw(settings(f), label=name) for name, f in made(kind).fields().items()}
    plain = counted(standing(with_something_inside(kind, **fields), on_ids=takes_ids(kind)))
    assume(not any(count.misfit for count in plain.nodes.values()))
    agrees(plain)


def settings(field: Field) -> st.SearchStrategy[Any]:
    """Anything legal that a field may hold."""
    if field.kind == "count":
        low = max(field.least, 1)
        some = st.just(field.default) if field.structural else st.integers(low, low + 8)
    elif field.kind == "flag":
        some = st.booleans()
    elif field.kind == "choice":
        some = st.sampled_from(sorted(field.options))
    elif field.kind == "value":
        some = st.sampled_from([as_setting(made(kind)()) for kind in field.of])
    elif field.kind == "real":
        some = st.just(1.5)
    else:
        some = st.none()
    return st.none() | some if field.optional else some


def agrees(plain: Measured) -> None:
    """Numbers, formula, evaluated arrays and both lists of tensors give one count."""
    names: dict[tuple[int, str], str] = {}
    numbers: dict[str, int] = {}
    for inner in plain.design.tree.walk():
        for field, number in counts_of(inner):
            names[inner.id, field] = f"{inner.kind}_{inner.id}_{field}"
            numbers[names[inner.id, field]] = number
    body = trace(resolve(plain.design, KINDS, Memo(), named=names).step)
    formula = Size.of(tally(body).settled().total)
    if _fits(plain):
        assert formula.at(numbers) == plain.total
        arrays = {name: np.array([number] * 3, dtype=object) for name, number in numbers.items()}
        assert list(np.broadcast_to(formula.over(arrays), (3,))) == [plain.total] * 3
    kept = [t for t in tensors(plain.body) if t.tied_to is None]
    assert sum(product(t.shape) for t in kept) == plain.total
    assert sum(product(t.shape) * t.copies for t in patterns(plain.body)) == plain.total
    assert total(product(t.shape) * t.copies for t in patterns(body)) == formula


def _fits(plain: Measured) -> bool:
    """Whether all divides that should: else a formula's exact quotients mean nothing."""
    bodies = [body for count in plain.nodes.values() for body in count.bodies]
    return all(check.verdict() is not False for body in bodies for check in body.checks)


def counts_of(node: Node) -> Iterator[tuple[str, int]]:
    """The counts among a node's fields that may be Sizes."""
    for name, field in made(node.kind).fields().items():
        number = node.fields[name]
        if field.kind == "count" and not field.structural and isinstance(number, int):
            yield name, number


@every_block
def test_what_does_not_divide_leaves_the_count_standing(kind):
    """Counts of 7 beside counts of 3: nothing divides, and what counts is still the product of the fields."""
    counts = [n for n, f in made(kind).fields().items() if f.kind == "count" and not f.structural]
    fields = {name: 7 if index % 2 else 3 for index, name in enumerate(counts)}
    plain = counted(standing(with_something_inside(kind, **fields), on_ids=takes_ids(kind)))
    assert plain.tally.provisional == 0
    assert not any(issue.severity == "unsound" for issue in issues(plain))


# --- how it is kept ----------------------------------------------------------------------------------------


@every_kind
@given(data=st.data())
def test_it_survives_being_written_as_data_and_made_again(kind, data):
    declared = made(kind)
    fields = {name: data.draw(settings(f), label=name) for name, f in declared.fields().items()}
    if not issubclass(declared, Block):
        written = value(kind, **fields)
        assert as_setting(value_of(written)) == written
        return
    block = step_of(node(kind, **fields)).block
    assert isinstance(block, declared)
    again = {name: as_setting(getattr(block, name)) for name in declared.fields()}
    assert again == fields
    assert step_of(node(kind, **again)).block == block
    assert hash(step_of(node(kind, **again)).block) == hash(block)


def value_of(written: Group) -> Declared:
    """The value that a group becomes in a field that takes it, of a block or of another value."""
    for kind in (*PALETTE, *VALUES):
        field = next((n for n, f in made(kind).fields().items() if written.kind in f.of), None)
        if field is None:
            continue
        if kind in PALETTE:
            return getattr(step_of(node(kind, **{field: written})).block, field)
        return getattr(value_of(value(kind, **{field: written})), field)
    raise AssertionError(f"nothing takes {written.kind}")


def step_of(block: Node) -> Step:
    """The resolved block, which must have no complaint."""
    resolved = resolve(design_of_nodes(block), KINDS, Memo())
    assert resolved.findings == ()
    return resolved.step.inside[0]


def test_the_users_own_block_is_counted_like_any_other():
    class Doubled(made("mlp")):
        """Twice as wide."""

        kind = "doubled"
        label = "Doubled"

    kinds: Registry = KINDS.with_own(doubled=Doubled)
    block = replace(node("mlp", hidden=20, name="block"), kind="doubled")
    design = standing(block, on_ids=False)
    measured = Measured(design, kinds)
    assert measured.nodes[block.id].total == 3 * 64 * 20
    assert issues(measured) == []
    assert "doubled" in str(issues(counted(design))[0].cause)
