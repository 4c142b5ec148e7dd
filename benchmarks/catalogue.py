"""What the price catalogue costs to load and compile: python benchmarks/catalogue.py [RUNS]."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

BAR_MS = 150
_INNER = """
import sys, time
from aiaudit import pricing
from aiaudit.engine import Engine

with Engine(threads=1) as engine:
    begun = time.process_time()
    catalogue = pricing.load()
    loaded = time.process_time()
    pricing.install(engine, catalogue)
    done = time.process_time()
    print(len(catalogue.offerings), (loaded - begun) * 1000, (done - loaded) * 1000)
"""


def measured(cache: Path) -> tuple[int, float, float]:
    """Return the offerings, and the CPU ms to load and to compile them, in a process of its own."""
    environ = os.environ | {"XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", _INNER], check=True, capture_output=True, text=True, env=environ
    )
    offerings, load, install = done.stdout.split()
    return int(offerings), float(load), float(install)


def main() -> int:
    """Print the medians of first and later runs, and say whether the bar holds for the later."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    first, later = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as room:
            first.append(measured(Path(room)))
            later.append(measured(Path(room)))
    print(f"{first[0][0]} offerings, medians of {runs} in CPU ms")
    for label, found in (("first run", first), ("later runs", later)):
        load, install = (statistics.median(row[n] for row in found) for n in (1, 2))
        print(
            f"{label:12} load {load:6.0f}, compile {install:6.0f}, together {load + install:6.0f}"
        )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB; the bar for later runs is {BAR_MS} ms")
    return 0 if load + install <= BAR_MS else 1


if __name__ == "__main__":
    sys.exit(main())
