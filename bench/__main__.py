"""Measure everything, or the parts that are named, print it, and write it down: `python -m bench [PART ...]`."""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path

from bench import before, growth, mock, overhead, whole

OUT = Path(__file__).parent / "out"
PARTS = {"overhead": overhead, "whole": whole, "before": before, "growth": growth, "mock": mock}


def main() -> None:
    """Run each measurement; each prints as it goes."""
    parser = argparse.ArgumentParser("python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=" ".join(PARTS))
    asked = parser.parse_args().parts
    if unknown := set(asked) - PARTS.keys():
        parser.error(f"{' '.join(unknown)}: the parts are {' '.join(PARTS)}")
    OUT.mkdir(exist_ok=True)
    found: dict[str, object] = {"machine": platform.platform(), "cores": os.cpu_count()}
    for part in (PARTS[name] for name in asked or PARTS):
        print(f"== {part.__doc__}", flush=True)
        measured = part.measure()
        for name, value in measured.items():
            print(f"{name:45} {value}", flush=True)
        found |= measured
        (OUT / "bench.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"bench.json: {OUT / 'bench.json'}")


if __name__ == "__main__":
    main()
