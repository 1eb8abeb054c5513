"""What an expression may ask for is said in design, and answered in analysis: in the same words."""

from __future__ import annotations

from designer.analysis import measured
from designer.design import expression


def test_analysis_reads_just_what_expressions_may_name():
    assert set(measured.READINGS) == set(expression.READINGS)


def test_no_variable_can_take_the_name_of_a_reading():
    assert set(measured.READINGS) <= expression.RESERVED
