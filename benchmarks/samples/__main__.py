"""Write the sample month: `python -m benchmarks.samples [FOLDER]`, by default `sample_logs`."""

from __future__ import annotations

import sys
from pathlib import Path

from . import figures, month


def main(folder: Path) -> None:
    """Write all files of the month into a folder and print what they add up to."""
    days = month.days()
    for place, content in month.files(days).items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        print(f"{len(content):>10,} {place}")
    print(figures.table(call for calls in days.values() for call in calls))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "sample_logs"))
