"""Names claimed twice: found exactly where tensors, written out, would share a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.analysis.claims import claimed_twice
from designer.analysis.tensors import tensors
from designer.design.tree import Node, Pattern
from tests.designs import counted, design_of_nodes, node

names = st.sampled_from(("", "a", "b", "{}", "{}"))
leaves = st.builds(lambda name, bias: node("layer_norm", name=name, bias=bias), names, st.booleans())


def holder(kind: str, name: str, inside: list[Node], times: int, pick: list[int]) -> Node:
    if kind == "repeat":
        return node("repeat", *inside, name=name or ("" if numbered(inside) else "r"), times=times)
    if kind == "choose":
        return node("choose", inside[0], inside[-1].fresh(), name=name, pick=Pattern((), tuple(pick)))
    return node(kind, *inside, name=name)


def numbered(inside: Iterable[Node]) -> bool:
    """Whether any of them takes a number from around it."""
    return any(held.name == "{}" or (not held.name and numbered(held.inside)) for held in inside)


def holders(inside: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    kinds = st.sampled_from(("stack", "residual", "repeat", "repeat", "choose"))
    picks = st.lists(st.integers(0, 1), min_size=1, max_size=3)
    return st.builds(holder, kinds, names, st.lists(inside, min_size=1, max_size=3), st.integers(0, 3), picks)


@settings(max_examples=200)
@given(st.lists(st.recursive(leaves, holders, max_leaves=6), min_size=1, max_size=3))
def test_a_name_is_claimed_twice_where_two_tensors_would_have_it(inside):
    body = counted(design_of_nodes(node("token_embedding", name="t", rows=3, hidden=2), *inside)).body
    kept = Counter(tensor.name for tensor in tensors(body) if tensor.tied_to is None)
    twice = any(times > 1 for times in kept.values())
    assert bool(list(claimed_twice(body))) == twice, kept


def test_who_takes_numbers_beside_the_rounds_of_an_unnamed_repeat_meets_them():
    rounds = node("repeat", node("mlp", name="mlp"), times=2)
    design = design_of_nodes(
        node("token_embedding", rows=3, hidden=2), rounds, node("stack", node("mlp", name="mlp"), name="{}")
    )
    assert {claim.name for claim in claimed_twice(counted(design).body)} == {
        f"*.mlp.{part}_proj.weight" for part in ("gate", "up", "down")
    }


def test_a_claim_says_which_way_its_block_stands():
    inner = node("stack", node("mlp", name="mlp"))
    design = design_of_nodes(node("token_embedding", rows=3, hidden=2), node("mlp", name="mlp"), inner)
    claims = list(claimed_twice(counted(design).body))
    assert [claim.name for claim in claims] == [f"mlp.{part}_proj.weight" for part in ("gate", "up", "down")]
    assert {claim.path for claim in claims} == {(0, 2, 0)}
