"""Apply a unified diff as `git apply` would: exactly where it says, or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HUNK = re.compile(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@")


def apply(diff: str, folder: Path) -> None:
    """Change the files of a folder; `a/pricing/x` is the file x in it."""
    for part in diff.split("--- a/pricing/")[1:]:
        name, _, rest = part.partition("\n")
        head, *body = rest.removesuffix("\n").split("\n")
        assert head == f"+++ b/pricing/{name}"
        old = (folder / name).read_text("utf-8").removesuffix("\n").split("\n")
        (folder / name).write_text("\n".join(patched(old, body)) + "\n", "utf-8")


def patched(old: list[str], body: list[str]) -> list[str]:
    """Return the new lines of one file."""
    new: list[str] = []
    at = counted = promised = 0
    for line in body:
        if found := HUNK.fullmatch(line):
            assert counted == promised
            start = int(found[1]) - 1
            new += old[at:start]
            at, counted, promised = start, 0, int(found[2]) + int(found[4])
            assert len(new) == int(found[3]) - 1
            continue
        sign, text = line[0], line[1:]
        counted += {" ": 2, "-": 1, "+": 1}[sign]
        if sign != "+":
            assert old[at] == text
            at += 1
        if sign != "-":
            new.append(text)
    assert counted == promised
    return new + old[at:]
