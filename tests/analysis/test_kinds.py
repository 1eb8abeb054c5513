"""Parameters by the end of their names: the same as the list of tensors says."""

from __future__ import annotations

from math import prod

import pytest

from designer.analysis.kinds import by_ending
from designer.analysis.tensors import patterns
from designer.formats.opening import opened
from designer.formats.presets import presets
from tests.designs import KINDS, counted


@pytest.mark.parametrize("name", presets())
def test_endings_count_what_the_listed_tensors_count(name):
    body = counted(opened(name, KINDS)).body
    listed: dict[tuple[str, str], int] = {}
    for tensor in patterns(body):
        if tensor.tied_to is None:
            key = tensor.category, ".".join(tensor.name.split(".")[-2:])
            listed[key] = listed.get(key, 0) + prod(tensor.shape) * tensor.copies
    assert by_ending(body) == listed
