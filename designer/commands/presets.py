"""`presets`: the built-in models."""

from __future__ import annotations

from collections.abc import Sequence

from designer.commands.arguments import Parser
from designer.commands.output import put, tell
from designer.formats import report
from designer.formats.presets import presets


def run(given: Sequence[str]) -> int:
    """Run the command; its exit status."""
    parser = Parser("presets", "List the built-in models, each with its class.", designs=None)
    parser.json()
    arguments = parser.read(given)
    if not arguments.json:
        tell(report.presets(list(presets().values())))
        return 0
    for preset in presets().values():
        said = {"name": preset.name, "class": preset.architecture, "model_type": preset.model_type}
        put({**said, "total": preset.published, "source": preset.source})
    return 0
