"""However a file is packed or broken: it is read whole, or refused with a sentence."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import sys
import zipfile
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pytest
from pyarrow import parquet
from taken import call, lines, take, written

from aiaudit.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CALLS: Final = [call(number) for number in range(1, 4)]


def table(records: list[dict[str, Any]]) -> bytes:
    rows = [",".join(str(value) for value in record.values()) for record in records]
    return ("\r\n".join([",".join(records[0]), *rows]) + "\r\n").encode()


def array(records: list[dict[str, Any]]) -> bytes:
    return json.dumps(records, indent=2).encode()


MARK: Final = b"\xef\xbb\xbf"
WRAPPINGS: Final[dict[str, Callable[[list[dict[str, Any]]], bytes]]] = {
    "plain.jsonl": lines,
    "no last line end.jsonl": lambda records: lines(records).rstrip(b"\n"),
    "windows.jsonl": lambda records: lines(records).replace(b"\n", b"\r\n"),
    "blank lines.jsonl": lambda records: lines(records).replace(b"\n", b"\n\n  \n"),
    "marked.jsonl": lambda records: MARK + lines(records),
    "array.jsonl": lambda records: json.dumps(records).encode(),
    "pretty array.json": array,
    "marked array.json": lambda records: MARK + array(records),
    "pretty objects.json": lambda records: b"\n".join(
        json.dumps(record, indent=2).encode() for record in records
    ),
    "one line.jsonl": lambda records: lines(records).replace(b"\n", b""),
    "utf-16.json": lambda records: json.dumps(records).encode("utf-16"),
    "utf-16 without a mark.json": lambda records: json.dumps(records).encode("utf-16-le"),
    "utf-16 the other way.csv": lambda records: table(records).decode().encode("utf-16-be"),
    "piped.csv": lambda records: table(records).replace(b",", b"|"),
    "with a hint.csv": lambda records: b"sep=;\r\n" + table(records).replace(b",", b";"),
    "packed.jsonl.gz": lambda records: gzip.compress(lines(records)),
    "packed without saying so.log": lambda records: gzip.compress(lines(records)),
    "packed.jsonl.bz2": lambda records: bz2.compress(lines(records)),
    "packed.jsonl.xz": lambda records: lzma.compress(lines(records)),
    "packed.jsonl.zst": lambda records: pa.compress(lines(records), codec="zstd", asbytes=True),
    "table.csv": table,
    "marked table.csv": lambda records: MARK + table(records),
    "lower-case.csv": lambda records: table(records).replace(b"Time", b"time"),
    "semicolons.csv": lambda records: table(records).replace(b",", b";"),
    "tabs.tsv": lambda records: table(records).replace(b",", b"\t"),
    "export[1].jsonl": lines,
}


def test_the_same_is_read_from_every_wrapping(tmp_path: Path) -> None:
    expected = {}
    for place, (name, wrap) in enumerate(WRAPPINGS.items()):
        records = [call(10 * place + number) for number in range(1, 4)]
        written(tmp_path / "in" / name, wrap(records))
        expected[name] = sum(record["prompt_tokens"] for record in records)
    taken = take(tmp_path, tmp_path / "in")
    names = {source["source_id"]: source["file"] for source in taken["sources"]}
    found = dict.fromkeys(expected, 0)
    for row in taken["calls"]:
        found[names[row["source_id"]]] += row["input_uncached"]
    assert found == expected
    blank = {source["file"]: source["blank"] for source in taken["sources"] if source["blank"]}
    assert blank == {"blank lines.jsonl": 6}


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_zip_with_one_file_is_that_file(tmp_path: Path) -> None:
    one = zipped(tmp_path / "one.zip", **{"log.jsonl": lines(CALLS)})
    assert take(tmp_path, one).source["file"] == "one.zip"


def test_parquet_is_read_by_its_column_names(tmp_path: Path) -> None:
    parquet.write_table(pa.Table.from_pylist(CALLS), tmp_path / "log.parquet")
    totals = take(tmp_path, tmp_path / "log.parquet").totals()
    assert (totals["input_uncached"], totals["output"]) == (600, 60)


def test_a_line_of_twenty_megabytes_is_a_call_like_any_other(tmp_path: Path) -> None:
    long = call(2, messages=[{"role": "user", "content": "word " * 4_200_000}])
    taken = take(tmp_path, written(tmp_path / "log.jsonl", [call(1), long, call(3)]))
    assert taken.source["loaded"] == 3
    assert [row["prompt_chars"] for row in taken["calls"] if row["row"] == 2] == [21_000_000]


BROKEN: Final[dict[str, tuple[bytes, str]]] = {
    "cut.jsonl.gz": (
        gzip.compress(lines(CALLS) * 500)[:-40],
        "cut.jsonl.gz cannot be read to its end",
    ),
    "cut.jsonl.zst": (
        bytes(pa.compress(lines(CALLS) * 500, codec="zstd", asbytes=True))[:-40],
        "cut.jsonl.zst cannot be read to its end",
    ),
    "cut.jsonl.bz2": (
        bz2.compress(lines(CALLS) * 500)[:-40],
        "cut.jsonl.bz2 cannot be read to its end",
    ),
    "cut.jsonl.xz": (
        lzma.compress(lines(CALLS) * 500)[:-40],
        "cut.jsonl.xz cannot be read to its end",
    ),
    "bent.jsonl.gz": (gzip.compress(lines(CALLS))[:-8] + b"\0" * 8, "bent.jsonl.gz cannot be read"),
    "cut.json": (json.dumps(CALLS).encode()[:-30], "cut.json was taken for LiteLLM spend logs"),
    "deep.json": (b'[{"request_id":' + b"[" * 200_000, "deep.json"),
}


def test_a_file_that_breaks_off_leaves_nothing_and_says_which(tmp_path: Path) -> None:
    good = written(tmp_path / "good.jsonl", CALLS)
    broken = [written(tmp_path / name, content) for name, (content, _) in BROKEN.items()]
    taken = take(tmp_path, good, *broken)
    assert taken.source["file"] == "good.jsonl"
    assert taken.totals()["input_uncached"] == 600
    sentences = [str(failure) for failure in taken.intake.failures]
    assert len(sentences) == len(BROKEN)
    for _, sentence in BROKEN.values():
        assert [found for found in sentences if sentence in found]


def test_a_bomb_is_refused_before_it_fills_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["aiaudit.intake.plain"], "_SMALL", 1 << 20)
    bomb = written(tmp_path / "bomb.gz", gzip.compress(b"a" * (1 << 24)))
    with pytest.raises(UnreadableError, match=r"bomb.gz unpacks to more than 300 times its size"):
        take(tmp_path, bomb)
