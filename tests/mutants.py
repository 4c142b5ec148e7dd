"""Seeded damage to exports: cut, renamed, of other types, with flipped bytes, or repeated."""

from __future__ import annotations

import bz2
import gzip
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
from pyarrow import csv, parquet

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

SAMPLES: Final = sorted(
    path
    for path in (Path(__file__).parent / "readers").glob("*/sample.*")
    if not path.name.endswith(".golden.json") and path.parent.name != "mapped"
)


def cut(content: bytes, chance: random.Random) -> bytes:
    """Return the beginning of a file."""
    return content[: chance.randrange(1, len(content))]


def cut_line(content: bytes, chance: random.Random) -> bytes:
    """Return a file one line of which breaks off."""
    lines = content.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    lines[place] = lines[place][: chance.randrange(len(lines[place]))] + b"\n"
    return b"".join(lines)


def renamed(content: bytes, chance: random.Random) -> bytes:
    """Return a file in which one name has become another that nobody knows."""
    names = re.findall(rb'"([A-Za-z_]\w+)"\s*:', content) or re.split(
        rb"[,;\t]", content.splitlines()[0]
    )
    name = chance.choice(names)
    return re.sub(rb"\b" + re.escape(name.strip(b'"')) + rb"\b", b"qzqz", content)


def retyped(content: bytes, chance: random.Random) -> bytes:
    """Return a file in which one number has become something else."""
    numbers = list(re.finditer(rb"(?<=[:,\s])-?\d+(\.\d+)?(?=[,}\]\s])", content))
    if not numbers:
        return content
    found = chance.choice(numbers)
    other = chance.choice(
        [b'"many"', b"null", b"true", b"[]", b"{}", b"-1", b"1.5", b'""', b"1e999"]
    )
    return content[: found.start()] + other + content[found.end() :]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Return a file in which one to three bytes are others."""
    bent = bytearray(content or b" ")
    for _ in range(chance.randint(1, 3)):
        bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
    return bytes(bent)


def repeated(content: bytes, chance: random.Random) -> bytes:
    """Return lines of which a block stands there once more, the first line kept apart."""
    lines = content.splitlines(keepends=True)
    lines[-1] = lines[-1].rstrip(b"\n") + b"\n"
    head = 0 if lines[0].startswith(b"{") else 1
    first = chance.randrange(head, len(lines))
    block = lines[first : chance.randint(first + 1, len(lines))]
    at = chance.randint(head, len(lines))
    return b"".join([*lines[:at], *block, *lines[at:]])


LOSING: Final = (cut, cut_line, renamed, retyped)


def packed(kind: str) -> Callable[[bytes], bytes]:
    """Return what packs a file."""
    ways: dict[str, Callable[[bytes], bytes]] = {
        "gz": gzip.compress,
        "bz2": bz2.compress,
        "zst": lambda content: bytes(pa.compress(content, codec="zstd", asbytes=True)),
        "zip": _zipped,
        "parquet": _parquet,
    }
    return ways[kind]


def _zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.jsonl", content)
        archive.writestr("two.jsonl", content)
    return out.getvalue()


def _parquet(content: bytes) -> bytes:
    out = io.BytesIO()
    parquet.write_table(csv.read_csv(io.BytesIO(content)), out)
    return out.getvalue()
