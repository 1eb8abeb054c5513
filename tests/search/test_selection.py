"""Selections: every point once, in blocks, with the values of its place in the grid."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.search.selection import BLOCK, Grid, Sample
from designer.search.space import Axis, Space

LENGTHS = st.lists(st.integers(1, 9), min_size=1, max_size=5)


def space_of(lengths):
    axes = (Axis(f"v{i}", tuple(range(10 * i + 3, 10 * i + 3 + n))[::-1]) for i, n in enumerate(lengths))
    return Space(tuple(axes))


def met(space, selection, fixed=None):
    """The places a selection hands out, after each was looked up in the grid."""
    places = []
    for points in selection.blocks():
        assert np.all(np.diff(points.index) > 0)
        for at in range(len(points)):
            assert {**(fixed or {}), **points.at(at)} == space.at(int(points.index[at]))
        places.extend(points.index.tolist())
    return places


@given(LENGTHS)
def test_a_grid_hands_out_every_point_once_and_in_order(lengths):
    space = space_of(lengths)
    assert met(space, Grid(space)) == list(range(space.points))


@settings(max_examples=30)
@given(LENGTHS, st.data())
def test_a_selection_apart_by_some_variables_is_the_same_selection(lengths, data):
    space = space_of(lengths)
    names = data.draw(st.lists(st.sampled_from([axis.name for axis in space.axes]), min_size=1, unique=True))
    samples = data.draw(st.integers(1, space.points))
    for selection in (Grid(space), Sample.drawn(space, samples, 3)):
        parts = list(selection.split(names))
        assert sum(len(part) for _, part in parts) == len(selection)
        places = [place for fixed, part in parts for place in met(space, part, fixed)]
        assert sorted(places) == met(space, selection)


def test_long_axes_are_cut_into_blocks():
    space = Space((Axis("a", (1, 2)), Axis("b", range(3, 3 + 3 * BLOCK)), Axis("c", (7, 9))))
    seen = 0
    for points in Grid(space).blocks():
        assert 0 < len(points) <= BLOCK
        assert points.index.tolist() == list(range(seen, seen + len(points)))
        assert points.at(len(points) - 1) == space.at(seen + len(points) - 1)
        assert points.at(0) == space.at(seen)
        seen += len(points)
    assert seen == space.points == 2 * 3 * BLOCK * 2


@given(LENGTHS, st.integers(1, 400), st.integers(0, 5))
def test_samples_are_distinct_points_in_order_and_the_same_for_a_seed(lengths, samples, seed):
    space = space_of(lengths)
    drawn = met(space, Sample.drawn(space, samples, seed))
    assert len(drawn) == len(set(drawn)) == min(samples, space.points)
    assert drawn == met(space, Sample.drawn(space, samples, seed))


def test_another_seed_draws_other_samples_and_all_points_are_as_likely():
    space = space_of([9, 9, 9])
    assert met(space, Sample.drawn(space, 50, 0)) != met(space, Sample.drawn(space, 50, 1))
    counts = np.zeros(729, int)
    for seed in range(300):
        counts[met(space, Sample.drawn(space, 100, seed))] += 1
    assert counts.min() > 41 - 30  # the mean is 41, five standard deviations are 30
    assert counts.max() < 41 + 30


def test_samples_of_a_space_too_large_to_list_are_drawn_at_once():
    space = Space(tuple(Axis(f"v{i}", range(1, 10**6)) for i in range(3)))
    drawn = met(space, Sample.drawn(space, 100, 0))
    assert len(set(drawn)) == 100
    assert max(drawn) > 10**16
