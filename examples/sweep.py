"""Vary one variable of a design and see what follows from it.

    python examples/sweep.py [DESIGN [VARIABLE [FACTOR ...]]]

Whatever is an expression over the variable grows along; whatever is a number of its own is held.
"""

import sys
from pathlib import Path

import designer

DESIGN = Path(__file__).with_name("small_llama.json")


def main(named=DESIGN, variable="hidden_size", *factors):
    design = designer.open(named)
    print(f"{design.name}, by {variable}")
    print(f"{variable:>20}{'parameters':>18}{'FLOPs a token':>18}{'KV cache, bytes':>18}")
    for factor in map(float, factors or (0.25, 0.5, 1, 2, 4)):
        value = round(design.variables[variable] * factor)
        scaled = design.with_(**{variable: value})
        cost = scaled.cost(context=8192)
        print(f"{value:>20,}{scaled.total:>18,}{cost['flops_per_token']:>18,}{cost['kv_cache_bytes']:>18,}")


if __name__ == "__main__":
    main(*sys.argv[1:])
