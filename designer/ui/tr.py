"""Every word on the screen passes here, so that a translation has one door."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from designer.symbolic.issue import Said


def tr(template: str, **values: object) -> str:
    """A sentence in the user's language, its named places filled in.

    A sentence is one template, never glued from pieces. Without values the template is taken as it stands.
    """
    spoken = QCoreApplication.translate("designer", template)
    return spoken.format(**values) if values else spoken


def counted(number: int, one: str, many: str) -> str:
    """`one` or `many`, with `{n}` as the number: a sentence for each, as languages ask for."""
    return tr(one if number == 1 else many, n=f"{number:,}")


def spoken(sentence: Said) -> str:
    """What symbolic, design and analysis have to say, sentences inside sentences too."""
    values = {name: _worded(value) for name, value in sentence.values.items()}
    return QCoreApplication.translate("designer", sentence.template).format(**values)


def _worded(value: object) -> object:
    if isinstance(value, Said):
        return spoken(value)
    return _Grouped(value) if isinstance(value, int) and not isinstance(value, bool) else value


class _Grouped(int):
    """A number that is written in groups unless its template says how."""

    def __format__(self, how: str) -> str:
        return format(int(self), how or ",")
