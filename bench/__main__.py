"""Measure everything, print it, and write it down."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path

from bench import mock, overhead, whole

OUT = Path(__file__).parent / "out"


def main() -> None:
    """Run each measurement; each prints as it goes."""
    OUT.mkdir(exist_ok=True)
    found: dict[str, object] = {"machine": platform.platform(), "cores": os.cpu_count()}
    for part in (overhead, whole, mock):
        print(f"== {part.__doc__}", flush=True)
        measured = part.measure()
        for name, value in measured.items():
            print(f"{name:45} {value}", flush=True)
        found |= measured
        (OUT / "bench.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"bench.json: {OUT / 'bench.json'}")


if __name__ == "__main__":
    main()
