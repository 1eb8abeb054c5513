"""The registry: kinds imported when first asked for, and the user's own beside them."""

from __future__ import annotations

import subprocess
import sys

from designer.symbolic.registry import Registry
from designer.symbolic.rope import Rope

TABLE = {"rope": "designer.symbolic.rope:Rope", "odd": "designer.nowhere:Nothing"}


def test_a_kind_is_imported_only_when_it_is_asked_for():
    registry = Registry(TABLE)
    assert list(registry) == ["rope", "odd"]
    assert registry.get("rope") is Rope
    assert registry.get("unheard_of") is None
    code = (
        "import sys; from designer.blocks.palette import registry; r = registry(); list(r);"
        "assert 'designer.blocks.experts' not in sys.modules; r.get('experts');"
        "assert 'designer.blocks.experts' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_users_own_kind_stands_beside_the_others_and_wins():
    class Own(Rope):
        """The user's own."""

    registry = Registry(TABLE).with_own(mine=Own, odd=Own)
    assert list(registry) == ["rope", "odd", "mine"]
    assert registry.get("mine") is Own
    assert registry.get("odd") is Own
