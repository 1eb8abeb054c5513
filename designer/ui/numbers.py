"""How numbers are written on the screen. Qt-free; a thin space stands before every unit."""

from __future__ import annotations

from designer.symbolic.size import Count

THIN = "\u2009"
MINUS = "\u2212"
GIB, MIB = 2**30, 2**20

_UNITS = ("", "K", "M", "B", "T")
_WORK = ("", "K", "M", "G", "T", "P", "E")


def plain(count: Count) -> int:
    """A count of a design that is measured with numbers: an int."""
    assert isinstance(count, int)
    return count


def short(number: int) -> str:
    """A count in three significant digits: 8030261248 is `8.03 B`; below 1,000 the number itself."""
    return _scaled(number, _UNITS)


def work(number: int) -> str:
    """FLOPs in three significant digits, in K M G T P E."""
    return _scaled(number, _WORK)


def exact(number: int) -> str:
    """All digits, in groups."""
    return f"{number:,}".replace("-", MINUS)


def difference(number: int, write: str = "") -> str:
    """A change with its sign: `+5.64 B`; `write` is how the amount is written where not as a count."""
    return f"{MINUS if number < 0 else '+'}{write or short(abs(number))}"


def share(part: int, whole: int) -> str:
    """Per cent: `70.2 %`, `0.04 %`, `<0.01 %`; `0 %` and `100 %` only where that is exact."""
    if part == 0 or whole == 0:
        return f"0{THIN}%"
    if part == whole:
        return f"100{THIN}%"
    percent = 100 * part / whole
    if percent < 0.01:
        return f"<0.01{THIN}%"
    return f"{percent:.1f}{THIN}%" if percent >= 0.0995 else f"{percent:.2f}{THIN}%"


def bytes_(number: int) -> str:
    """Bytes in GiB, below 0.1 GiB in MiB, below 0.1 MiB in bytes."""
    if number == 0:
        return f"0{THIN}GiB"
    for unit, name in ((GIB, "GiB"), (MIB, "MiB")):
        if number >= unit / 10:
            return f"{_three(number / unit)}{THIN}{name}"
    return f"{number:,}{THIN}B"


def context(tokens: int) -> str:
    """Tokens as contexts are said: 8192 is `8k`; what is no multiple of 1,024 is written out."""
    return f"{tokens // 1024:,}k" if tokens >= 1024 and tokens % 1024 == 0 else f"{tokens:,}"


def real(number: float) -> str:
    """A real number as it would be typed: `500000` and `1e-05`, never more digits than it has."""
    return f"{int(number)}" if number == int(number) and abs(number) < 1e15 else f"{number:g}"


def _scaled(number: int, units: tuple[str, ...]) -> str:
    if number < 0:
        return MINUS + _scaled(-number, units)
    if number < 1000:
        return str(number)
    power = (len(str(number)) - 1) // 3
    scaled = number / 1000**power
    if float(f"{scaled:.3g}") >= 1000:
        power, scaled = power + 1, scaled / 1000
    if power >= len(units):
        power, scaled = len(units) - 1, number / 1000 ** (len(units) - 1)
    return f"{_three(scaled)}{THIN}{units[power]}"


def _three(number: float) -> str:
    """Three significant digits, none lost before the point."""
    rounded = float(f"{number:.3g}")
    if rounded >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if rounded >= 10 else f"{number:.2f}"
