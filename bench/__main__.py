"""Measure everything, or the parts that are named, print it, and write it down: `python -m bench [PART ...]`."""

from __future__ import annotations

import json
import os
import platform
import sys
from pathlib import Path

from bench import before, growth, mock, overhead, whole

OUT = Path(__file__).parent / "out"
PARTS = {"overhead": overhead, "whole": whole, "before": before, "growth": growth, "mock": mock}


def main() -> None:
    """Run each measurement; each prints as it goes."""
    if unknown := set(sys.argv[1:]) - PARTS.keys():
        sys.exit(f"{' '.join(unknown)}: the parts are {' '.join(PARTS)}")
    OUT.mkdir(exist_ok=True)
    found: dict[str, object] = {"machine": platform.platform(), "cores": os.cpu_count()}
    for part in (PARTS[name] for name in sys.argv[1:] or PARTS):
        print(f"== {part.__doc__}", flush=True)
        measured = part.measure()
        for name, value in measured.items():
            print(f"{name:45} {value}", flush=True)
        found |= measured
        (OUT / "bench.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"bench.json: {OUT / 'bench.json'}")


if __name__ == "__main__":
    main()
