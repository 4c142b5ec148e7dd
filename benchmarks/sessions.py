"""What `aiaudit analyze` needs for the sessions of a coding agent, and whether it counts them all.

It makes 400 MB of sessions itself, seeded: python benchmarks/sessions.py [--beside CCUSAGE].
Where the native binary of ccusage is at hand, its daily report runs on the same folder in turns,
and its tokens must be the same.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).parent.parent
BAR: Final = 1.5  # times faster than the peer
_TOKENS: Final = {
    "input_uncached": "inputTokens",
    "cache_read": "cacheReadTokens",
    "cache_write_5m": "cacheCreationTokens",
    "output": "outputTokens",
}


class Run(NamedTuple):
    """What a run used, and what it printed."""

    cpu: float
    wall: float
    peak_mb: float
    text: str


def ran(command: list[str], **environ: str) -> Run:
    """Run a command to its end."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, env=os.environ | environ
        ) as child:
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{Path(command[0]).name} ended in {child.returncode}")
        out.seek(0)
        text = out.read().decode()
    wall = time.perf_counter() - started
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, text)


def ours(folder: Path, output: Path) -> tuple[Run, dict[str, int]]:
    """Return an audit of the folder, and its tokens."""
    command = [sys.executable, "-m", "aiaudit", "analyze", str(folder), "-o", str(output), "-v"]
    run = ran(command)
    facts: dict[str, Any] = json.loads((output / "audit.json").read_text("utf-8"))["facts"]
    found = {name: int(facts[f"tokens.{name}"]["value"]) for name in _TOKENS}
    return run, found | {"calls": int(facts["requests.total"]["value"])}


def theirs(binary: Path, folder: Path) -> tuple[Run, dict[str, int]]:
    """Return the peer's daily report on the folder, and its tokens."""
    command = [str(binary.resolve()), "claude", "daily", "--offline", "--json"]
    run = ran(command, CLAUDE_CONFIG_DIR=str(folder), TZ="UTC")
    totals = json.loads(run.text)["totals"]
    return run, {name: int(totals[key]) for name, key in _TOKENS.items()}


def shown(name: str, runs: list[Run]) -> float:
    """Print the medians of runs; return their CPU seconds."""
    cpu = statistics.median(run.cpu for run in runs)
    wall = statistics.median(run.wall for run in runs)
    peak = statistics.median(run.peak_mb for run in runs)
    print(f"{name:<10}{cpu:8.2f} CPU s {wall:8.2f} s {peak:8.0f} MB")
    return cpu


def main() -> int:
    """Print what it took, and say whether the counts and the bar hold."""
    parser = argparse.ArgumentParser(description="Measure an audit of coding-agent sessions.")
    parser.add_argument("--megabytes", type=int, default=400)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--beside", type=Path, help="the native ccusage binary")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "agent"
        maker = [sys.executable, "-m", "benchmarks.samples.sessions"]
        ran([*maker, str(given.megabytes), str(folder)])
        truth: dict[str, int] = json.loads(Path(f"{folder}.truth.json").read_text("utf-8"))
        mine, peers, right = [], [], True
        for number in range(given.runs):
            run, found = ours(folder, Path(scratch) / f"out-{number}")
            mine.append(run)
            right = right and found == {name: truth[name] for name in found}
            if given.beside:
                run, found = theirs(given.beside, folder)
                peers.append(run)
                right = right and found == {name: truth[name] for name in found}
    print(f"{truth['files']} files, {truth['lines']:,} lines, {truth['calls']:,} calls")
    print("the tokens of every run are right" if right else "TOKENS DIFFER")
    cpu = shown("aiaudit", mine)
    if not peers:
        return 0 if right else 1
    faster = shown("ccusage", peers) / cpu
    print(f"aiaudit needs 1/{faster:.2f} of its CPU time, bar 1/{BAR}")
    return 0 if right and faster >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
