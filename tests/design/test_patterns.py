"""Patterns as values: what they say of a layer is what the layer counts with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.design.expression import Expression
from designer.design.making import make
from designer.design.patterns import as_pattern, value_at
from designer.design.resolve import resolve
from designer.design.tree import Design, Pattern, Run
from designer.symbolic.issue import Refusal
from designer.symbolic.scope import Memo
from tests.designs import KINDS

COUNTS = st.integers(1, 64)
ENTRIES = st.lists(COUNTS | st.builds(Run, COUNTS, st.integers(0, 4)), max_size=5).map(tuple)
PATTERNS = st.builds(
    Pattern, ENTRIES, ENTRIES.filter(bool), st.dictionaries(st.integers(0, 40), COUNTS, max_size=4)
)


@given(PATTERNS.filter(lambda p: any(not isinstance(e, Run) or e.times for e in (*p.first, *p.cycle))))
def test_a_layer_has_what_its_block_is_resolved_with(pattern):
    block = resolve(Design(make(KINDS, "mlp", hidden=pattern)), KINDS, Memo()).step.block
    schedule = block.varying()["hidden"]
    assert [value_at(pattern, layer) for layer in range(50)] == [schedule[layer] for layer in range(50)]


def test_runs_of_no_length_say_nothing_of_a_layer():
    assert value_at(Pattern((), (Run(3, 0),)), 5) is None


def test_a_plain_value_is_the_same_in_every_layer():
    assert value_at(7, 3) == 7
    assert as_pattern(7) == Pattern((), (7,))


def test_where_a_variable_says_how_long_a_run_is_no_layer_is_told():
    with pytest.raises(Refusal, match="depends on a variable"):
        value_at(Pattern((), (Run(3, Expression("n")), 4)), 0)
