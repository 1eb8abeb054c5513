"""Count the designs beside this script, and say where their parameters go.

    python examples/count.py [DESIGN ...]

A DESIGN is a design's file, a Hugging Face config.json, a folder that holds one, or a preset's name.
"""

import sys
from pathlib import Path

import designer

DESIGNS = sorted(Path(__file__).parent.glob("*.json"))


def main(named):
    for name in named:
        design = designer.open(name)
        print(f"{design.name}: {design.total:,} parameters, {design.active:,} of them met by one token")
        for category, count in design.by_category.items():
            if count:
                print(f"  {category:<15}{count:>16,}{count / design.total:8.1%}")
        cost = design.cost(weights="bf16", cache="bf16")
        print(f"  in bf16: {cost['weights_bytes']:,} bytes of weights, {cost['kv_cache_bytes']:,} of cache")


if __name__ == "__main__":
    main(sys.argv[1:] or DESIGNS)
