"""A variable renamed is the same design under another word."""

from __future__ import annotations

from functools import cache

from hypothesis import assume, given
from hypothesis import strategies as st

from designer.design import edits
from designer.design.expression import Expression, why_not_a_name
from designer.design.tree import Design, names_in
from designer.design.variables import valued
from designer.formats.opening import opened
from designer.formats.presets import presets
from tests.designs import KINDS, counted

NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,12}", fullmatch=True)


@cache
def preset(name: str) -> Design:
    """A preset, with an expression over each of its numbers and over those expressions."""
    design = opened(name, KINDS)
    for variable in tuple(design.variables):
        design = edits.set_variable(design, f"twice_{variable}", Expression(f"2 * {variable}"))
        design = edits.set_variable(design, f"more_{variable}", Expression(f"twice_{variable} + {variable}"))
    return design


@given(st.sampled_from(sorted(presets())), st.data())
def test_no_count_and_no_value_changes_and_the_old_name_is_nowhere(name, data):
    design = preset(name)
    old, new = data.draw(st.sampled_from(list(design.variables))), data.draw(NAMES)
    assume(new not in design.variables and why_not_a_name(new) is None)
    after = edits.rename_variable(design, old, new)
    assert list(after.variables) == [new if known == old else known for known in design.variables]
    assert counted(after).by_category == counted(design).by_category
    values, renamed = valued(design.variables).numbers, valued(after.variables).numbers
    assert renamed == {new if known == old else known: value for known, value in values.items()}
    used = {n for node in after.tree.walk() for setting in node.fields.values() for n in names_in(setting)}
    others = (*after.variables.values(), after.positions)
    used |= {n for value in others if isinstance(value, Expression) for n in value.names}
    assert old not in used


@given(st.sampled_from(sorted(presets())), st.data())
def test_there_and_back_is_the_same_design(name, data):
    design = preset(name)
    old, new = data.draw(st.sampled_from(list(design.variables))), data.draw(NAMES)
    assume(new not in design.variables and why_not_a_name(new) is None)
    back = edits.rename_variable(edits.rename_variable(design, old, new), new, old)
    assert back == design
