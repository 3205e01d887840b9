"""What a run costs: `python -m bench` measures ratios in one run and writes bench/out/bench.json."""
