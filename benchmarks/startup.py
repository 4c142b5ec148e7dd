"""What `aiaudit --help` costs beyond a bare interpreter: python benchmarks/startup.py [RUNS]."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

BAR_MS = 100


def cpu_ms(*arguments: str) -> float:
    """Return the user and system time of one child, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def main() -> int:
    """Print the medians, and say whether the bar holds."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    bare, help_ = [], []
    for _ in range(runs):  # in turns, so that a busy moment meets both
        bare.append(cpu_ms("-c", "pass"))
        help_.append(cpu_ms("-m", "aiaudit", "--help"))
    beyond = statistics.median(help_) - statistics.median(bare)
    print(f"bare interpreter  {statistics.median(bare):7.1f} ms CPU (median of {runs})")
    print(f"aiaudit --help    {statistics.median(help_):7.1f} ms CPU (median of {runs})")
    print(f"beyond            {beyond:7.1f} ms CPU, bar {BAR_MS} ms")
    return 0 if beyond <= BAR_MS else 1


if __name__ == "__main__":
    sys.exit(main())
