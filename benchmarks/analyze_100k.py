"""What `aiaudit analyze` needs for 100,000 calls with text, and whether it counts them all.

Without arguments it makes the log itself, seeded; or give one that `benchmarks.samples.large` made,
beside its truth: python benchmarks/analyze_100k.py LOG.jsonl [LOG.jsonl.truth.json].
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CALLS = 100_000
BAR_CPU_S = 6.0
BAR_RSS_MB = 600


def made(folder: Path) -> Path:
    """Make the log; what is true of it stands beside it."""
    log = folder / "large.jsonl"
    command = [sys.executable, "-m", "benchmarks.samples.large", str(CALLS), str(log)]
    subprocess.run(command, cwd=ROOT, check=True)
    return log


def measured(log: Path, output: Path) -> tuple[float, float, float]:
    """Return the CPU seconds, the wall seconds and the peak memory in MB of one audit."""
    command = [sys.executable, "-m", "aiaudit", "analyze", str(log), "-o", str(output), "-v"]
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"aiaudit ended in {child.returncode}")
    wall = time.perf_counter() - started
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024


def counted(audit: Path) -> dict[str, int]:
    """Return what an audit counted, under the names of the truth."""
    document: dict[str, Any] = json.loads(audit.read_text("utf-8"))
    (source,) = document["sources"]
    facts = {name: fact["value"] for name, fact in document["facts"].items()}
    inputs = ("input_uncached", "cache_read", "cache_write_5m", "cache_write_1h")
    return {
        "lines": source["rows_read"],
        "good": facts["requests.total"],
        "duplicates": source["duplicates"],
        "bad": source["rejected"],
        "prompt_tokens": sum(facts[f"tokens.{name}"] for name in inputs),
        "completion_tokens": facts["tokens.output"],
        "cached_tokens": facts["tokens.cache_read"],
    }


def main() -> int:
    """Print what it took, and say whether the counts and the bars hold."""
    given = [Path(argument).resolve() for argument in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as scratch:
        log = given[0] if given else made(Path(scratch))
        beside = log.with_name(f"{log.name}.truth.json")
        truth: dict[str, int] = json.loads((given[1:] or [beside])[0].read_text("utf-8"))
        size = log.stat().st_size / 1e6
        cpu, wall, peak = measured(log, Path(scratch) / "out")
        found = counted(Path(scratch) / "out" / "audit.json")
    right = True
    for name, count in ((name, truth[name]) for name in found if name in truth):
        right = right and found[name] == count
        print(f"{name:<20}{found[name]:>14,} {'' if found[name] == count else f'NOT {count:,}'}")
    print(f"log                 {size:14.1f} MB")
    print(f"CPU                 {cpu:14.2f} s, bar {BAR_CPU_S} s")
    print(f"wall                {wall:14.2f} s")
    print(f"peak memory         {peak:14.0f} MB, bar {BAR_RSS_MB} MB")
    return 0 if right and cpu <= BAR_CPU_S and peak <= BAR_RSS_MB else 1


if __name__ == "__main__":
    sys.exit(main())
