"""Rotary frequencies against their papers' formulas, worked out apart in double precision."""

from __future__ import annotations

from math import log, pi

import numpy as np
import pytest

from designer.symbolic.rope import LinearScaling, Llama3Scaling, Scaling, YarnScaling, plain

WIDTH, THETA = 128, 500_000.0
BASE = THETA ** -(np.arange(0, WIDTH, 2) / WIDTH)


def test_plain_frequencies_fall_from_one_by_even_ratios():
    found = plain(THETA, WIDTH)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, BASE, rtol=1e-6)
    np.testing.assert_array_equal(Scaling().frequencies(THETA, WIDTH)[0], found)


def test_linear_scaling_divides_every_frequency():
    found, factor = LinearScaling(factor=4.0).frequencies(THETA, WIDTH)
    np.testing.assert_allclose(found, BASE / 4, rtol=1e-6)
    assert factor == 1.0


def test_llama_3_keeps_short_waves_and_stretches_long_ones_with_a_ramp_between():
    scaling = Llama3Scaling(factor=8.0, low=1.0, high=4.0, original=8192)
    found, factor = scaling.frequencies(THETA, WIDTH)
    waves = 2 * pi / BASE
    smooth = np.clip((8192 / waves - 1.0) / (4.0 - 1.0), 0, 1)
    np.testing.assert_allclose(found, (1 - smooth) * BASE / 8 + smooth * BASE, rtol=1e-5)
    assert (factor, found.dtype) == (1.0, np.float32)
    assert {0.0, 1.0} < set(smooth)


@pytest.mark.parametrize("truncate", [True, False])
def test_yarn_interpolates_by_parts_between_the_turns_it_names(truncate):
    scaling = YarnScaling(factor=40.0, original=4096, fast=32.0, slow=1.0, truncate=truncate)
    found, factor = scaling.frequencies(10_000.0, 64)
    base = 10_000.0 ** -(np.arange(0, 64, 2) / 64)
    low, high = (64 * log(4096 / (turns * 2 * pi)) / (2 * log(10_000.0)) for turns in (32.0, 1.0))
    if truncate:
        low, high = np.floor(low), np.ceil(high)
    ramp = np.clip((np.arange(32) - low) / (high - low), 0, 1)
    np.testing.assert_allclose(found, base / 40 * ramp + base * (1 - ramp), rtol=1e-5)
    assert factor == pytest.approx(0.1 * log(40) + 1)


def test_the_temperature_of_yarn_is_as_the_config_says():
    assert YarnScaling(factor=1.0).temperature() == 1.0
    assert YarnScaling(factor=40.0, attention=1.25).frequencies(1e4, 64)[1] == 1.25
    both = YarnScaling(factor=40.0, mscale=0.7, mscale_all=1.4)
    expected = (0.1 * 0.7 * log(40) + 1) / (0.1 * 1.4 * log(40) + 1)
    assert both.frequencies(1e4, 64)[1] == pytest.approx(expected)
