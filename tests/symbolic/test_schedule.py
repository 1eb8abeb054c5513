"""Schedules against brute force: round by round, for ints and for sizes read at ints."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.symbolic.issue import Misfit
from designer.symbolic.schedule import LONGEST, UNIFORM, Schedule
from designer.symbolic.size import Size

letters = st.sampled_from("abc")
schedules = st.builds(
    Schedule,
    st.lists(letters, max_size=4).map(tuple),
    st.lists(letters, min_size=1, max_size=5).map(tuple),
)
N = Size.named("n")


def rounds(schedule, times):
    return [schedule[i] for i in range(times)]


@given(schedules)
def test_first_values_come_once_and_then_the_cycle_for_ever(schedule):
    plain = [*schedule.first, *schedule.cycle * 4]
    assert rounds(schedule, len(plain)) == plain


@given(st.lists(letters, min_size=1, max_size=12))
def test_the_shortest_schedule_that_gives_a_list_is_found(values):
    found = Schedule.of(values)
    assert rounds(found, len(values)) == values
    length = len(found.first) + len(found.cycle)
    for size in range(1, length):
        for start in range(size):
            shorter = Schedule(tuple(values[:start]), tuple(values[start:size]))
            assert rounds(shorter, len(values)) != values


def test_a_list_of_one_kind_is_a_cycle_of_one_and_no_list_at_all_is_refused():
    assert Schedule.of(["a"] * 7) == Schedule((), ("a",))
    assert Schedule.of("ssssfssssf") == Schedule((), tuple("ssssf"))
    assert Schedule.of("dddmm") == Schedule(tuple("ddd"), ("m",))
    with pytest.raises(ValueError, match="at least one"):
        Schedule.of([])


@given(schedules, st.integers(0, 30))
def test_groups_of_an_int_count_every_round_in_order_of_appearance(schedule, times):
    run = rounds(schedule, times)
    groups = schedule.groups(times)
    assert [schedule[index] for index, _ in groups] == list(dict.fromkeys(run))
    assert {schedule[index]: count for index, count in groups} == Counter(run)
    assert all(run.index(schedule[index]) == index for index, _ in groups)


@given(schedules, st.integers(0, 30))
def test_groups_of_a_size_count_the_same_when_it_is_read(schedule, more):
    times = len(schedule.first) + more
    counted = {schedule[i]: Size.of(count).at({"n": times}) for i, count in schedule.groups(N)}
    assert {value: count for value, count in counted.items() if count} == Counter(rounds(schedule, times))


@given(schedules, st.integers(1, 6))
def test_a_uniform_schedule_of_a_size_is_one_group_of_all_rounds(schedule, times):
    assert UNIFORM.groups(N) == [(0, N)]
    assert UNIFORM.groups(times) == [(0, times)]
    assert UNIFORM.groups(0) == []


@given(st.lists(schedules, max_size=3), st.integers(1, 40))
def test_together_is_the_schedules_side_by_side(several, times):
    side_by_side = Schedule.together(several)
    for i in range(times):
        expected = tuple(s[i] for s in several)
        assert side_by_side[i] == (expected if several else None)


@given(schedules, st.integers(0, 30))
def test_the_order_says_which_kind_a_round_is(schedule, round):
    assert schedule.kinds[schedule.order[round]] == schedule[round]
    assert len(set(schedule.kinds)) == len(schedule.kinds)


def test_sizes_are_values_of_a_schedule_like_any_other():
    schedule = Schedule((N,), (N, 2 * N))
    assert schedule.kinds == (N, 2 * N)
    assert schedule.groups(5) == [(0, 3), (2, 2)]


def test_patterns_that_repeat_only_after_ages_are_refused_in_one_sentence():
    primes = [Schedule((), tuple(range(p))) for p in (97, 101, 103)]
    with pytest.raises(Misfit) as misfit:
        Schedule.together(primes)
    assert str(misfit.value.cause).startswith("The patterns together repeat only after more than 100,000")
    assert len(Schedule.together([Schedule((), tuple(range(LONGEST)))]).cycle) == LONGEST
