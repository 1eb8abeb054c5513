"""What the signs of an expression do: one table each for ints, sizes and arrays."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import reduce
from math import log2
from typing import Any, TypeAlias

from designer.symbolic.issue import Refusal, said
from designer.symbolic.size import Size, least, most, quotient

Operator: TypeAlias = Callable[..., Any]
Arithmetic: TypeAlias = Mapping[str, Operator]

LARGEST_POWER = 1024
"""Bits that a power of ints may have: about what a float can still hold."""


def is_whole(value: Any) -> bool:
    """Whether a value is a count: an int, a Size, or an array of ints."""
    dtype = getattr(value, "dtype", None)
    return not isinstance(value, float) if dtype is None else dtype.kind in "iubO"


def is_huge(base: int, exponent: int) -> bool:
    """Whether a power of ints is beyond what is worked out."""
    return abs(base) > 1 and exponent * log2(abs(base)) > LARGEST_POWER


def power(base: Any, exponent: Any) -> Any:
    """base ** exponent of ints and reals; refuses what would be huge or is not real."""
    if isinstance(base, int) and isinstance(exponent, int):
        if is_huge(base, exponent):
            raise Refusal("", said("This power has more than {bits} bits.", bits=LARGEST_POWER))
        if abs(base) <= 1 and exponent > 2:
            exponent = 2 - exponent % 2  # the same power, however great the exponent
    result = base**exponent
    if isinstance(result, complex):
        raise Refusal("", said("This power is not a real number."))
    return result


def _exact_quotient(a: Any, b: Any) -> Any:
    return a // b if is_whole(a) and is_whole(b) else a / b


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refusal("", said("{value} is a number, not a condition.", value=value))
    return value


INTS: Arithmetic = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _exact_quotient,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": power,
    "negative": operator.neg,
    "positive": operator.pos,
    "abs": abs,
    "min": min,
    "max": max,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "and": lambda *values: all(tuple(map(_truth, values))),
    "or": lambda *values: any(tuple(map(_truth, values))),
    "not": lambda value: not _truth(value),
}
"""Python's own ints and floats. `/` of two ints is their quotient, rounded down where they do not divide."""


def _size_power(base: Any, exponent: Any) -> Any:
    if not isinstance(exponent, int) or not 0 <= exponent <= 16:
        raise Refusal("", said("A count takes whole powers from 0 to 16."))
    return base**exponent


def _on_sizes(sign: str, on_sizes: Operator) -> Operator:
    """The operator of ints where no argument is a Size, else `on_sizes`."""
    on_ints = INTS[sign]

    def applied(*arguments: Any) -> Any:
        if not any(isinstance(argument, Size) for argument in arguments):
            return on_ints(*arguments)
        if any(isinstance(argument, float) for argument in arguments):
            raise Refusal("", said("A count cannot be reckoned with a real number."))
        return on_sizes(*arguments)

    return applied


def _no_order(*_: Any) -> Any:
    raise Refusal("", said("Counts that vary cannot be compared here."))


SIZES: Arithmetic = {
    sign: _on_sizes(sign, on_sizes)
    for sign, on_sizes in {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "/": quotient,
        "//": operator.floordiv,
        "%": lambda a, b: a - a // b * b,
        "**": _size_power,
        "negative": operator.neg,
        "positive": lambda a: a,
        "abs": lambda a: most(a, -a),
        "min": lambda *values: reduce(least, values),
        "max": lambda *values: reduce(most, values),
        **dict.fromkeys(("<", "<=", ">", ">=", "==", "!=", "and", "or", "not"), _no_order),
    }.items()
}
"""Sizes, alone or among ints. They have no order: a comparison of one is refused."""


def _on_arrays(name: str) -> Operator:
    """The function of NumPy that is called `name`, on numbers: truth values count as 0 and 1."""

    def applied(*arguments: Any) -> Any:
        import numpy as np  # the window's first frame does without it

        with np.errstate(all="ignore"):
            return reduce(getattr(np, name), map(_counted, arguments))

    return applied


def _on_truths(name: str) -> Operator:
    def applied(*arguments: Any) -> Any:
        import numpy as np

        return reduce(getattr(np, name), arguments)

    return applied


def _on_one(name: str) -> Operator:
    def applied(argument: Any) -> Any:
        import numpy as np

        return getattr(np, name)(argument if name == "logical_not" else _counted(argument))

    return applied


def _counted(argument: Any) -> Any:
    import numpy as np

    return np.multiply(argument, 1) if np.result_type(argument) == np.bool_ else argument


def _array_quotient(a: Any, b: Any) -> Any:
    whole = is_whole(a) and is_whole(b)
    return ARRAYS["//"](a, b) if whole else _on_arrays("true_divide")(a, b)


def _array_power(base: Any, exponent: Any) -> Any:
    import numpy as np

    negative = np.any(np.less(exponent, 0))
    return _on_arrays("float_power" if negative else "power")(base, exponent)


ARRAYS: Arithmetic = {
    "+": _on_arrays("add"),
    "-": _on_arrays("subtract"),
    "*": _on_arrays("multiply"),
    "/": _array_quotient,
    "//": _on_arrays("floor_divide"),
    "%": _on_arrays("remainder"),
    "**": _array_power,
    "negative": _on_one("negative"),
    "positive": _on_one("positive"),
    "abs": _on_one("absolute"),
    "min": _on_arrays("minimum"),
    "max": _on_arrays("maximum"),
    "<": _on_arrays("less"),
    "<=": _on_arrays("less_equal"),
    ">": _on_arrays("greater"),
    ">=": _on_arrays("greater_equal"),
    "==": _on_arrays("equal"),
    "!=": _on_arrays("not_equal"),
    "and": _on_truths("logical_and"),
    "or": _on_truths("logical_or"),
    "not": _on_one("logical_not"),
}
"""NumPy's arrays, element by element, in their own dtype: the caller keeps them below its limit.

What int arrays divided by zero give means nothing; the pairs that `/` met say where it happened.
"""
