"""An archive acts as a folder: every file in it has its own account, and none leads out of it."""

from __future__ import annotations

import gzip
import io
import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING, Final

import pytest
from taken import call, lines, take, written

from aiaudit.errors import UnreadableError, UnrecognisedError

if TYPE_CHECKING:
    from pathlib import Path

ONE: Final = lines([call(1)])
TWO: Final = lines([call(2), call(3)])


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("link.jsonl")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


MEMBERS: Final = {
    "a/one.jsonl": ONE,
    "b/two.jsonl.gz": gzip.compress(TWO),
    "notes.txt": b"Meeting at noon\n",
    "__MACOSX/a/._one.jsonl": b"\0\5\x16\7",
    "a/.hidden.jsonl": lines([call(9)]),
}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.zip", zipped(MEMBERS)),
        ("x.tar", tarred(MEMBERS, "w")),
        ("x.tgz", tarred(MEMBERS)),
        ("x.tar.xz", tarred(MEMBERS, "w:xz")),
        ("x.tar.bz2", tarred(MEMBERS, "w:bz2")),
    ],
)
def test_every_file_in_an_archive_is_a_source_of_its_own(
    tmp_path: Path, name: str, content: bytes
) -> None:
    taken = take(tmp_path, written(tmp_path / name, content))
    found = {source["file"]: source["loaded"] for source in taken["sources"]}
    assert found == {f"{name}/a/one.jsonl": 1, f"{name}/b/two.jsonl.gz": 2}
    assert taken.intake.unrecognised == (f"{name}/notes.txt",)
    assert taken.intake.failures == ()


def test_archives_may_lie_in_archives_and_not_without_end(tmp_path: Path) -> None:
    inner = zipped({"deep.jsonl": TWO, "more.jsonl": lines([call(4)])})
    taken = take(tmp_path, written(tmp_path / "x.zip", zipped({"a.jsonl": ONE, "in.zip": inner})))
    assert {source["file"] for source in taken["sources"]} == {
        "x.zip/a.jsonl", "x.zip/in.zip/deep.jsonl", "x.zip/in.zip/more.jsonl",
    }  # fmt: skip
    for _ in range(3):
        inner = zipped({"in.zip": inner})
    taken = take(tmp_path, written(tmp_path / "x.zip", zipped({"a.jsonl": ONE, "in.zip": inner})))
    assert len(taken["sources"]) == 1
    assert "is an archive in an archive in an archive" in str(taken.intake.failures[0])


def test_a_name_inside_leads_nowhere_else(tmp_path: Path) -> None:
    names = ("../../up.jsonl", "/etc/abs.jsonl", "..\\..\\back.jsonl", "a\x1b[2J.jsonl")
    members = {name: lines([call(place)]) for place, name in enumerate(names)}
    taken = take(tmp_path, written(tmp_path / "in" / "x.zip", zipped(members)))
    assert {source["file"] for source in taken["sources"]} == {
        "x.zip/up.jsonl", "x.zip/etc/abs.jsonl", "x.zip/back.jsonl", "x.zip/a\ufffd[2J.jsonl",
    }  # fmt: skip
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out"}
    assert not list((tmp_path / "out").iterdir())


def test_two_of_one_name_are_two(tmp_path: Path) -> None:
    content = zipped({"a.jsonl": ONE, "/a.jsonl": ONE})
    taken = take(tmp_path, written(tmp_path / "x.zip", content))
    assert sorted(source["file"] for source in taken["sources"]) == [
        "x.zip/a.jsonl", "x.zip/a.jsonl (2)",
    ]  # fmt: skip
    assert taken.totals()["requests"] == 1


def test_a_broken_archive_gives_what_came_before_the_break(tmp_path: Path) -> None:
    more = {f"{number}.jsonl": lines([call(number)] * 3000) for number in range(2, 9)}
    content = tarred({"one.jsonl": ONE} | more)
    cut = written(tmp_path / "cut.tar.gz", content[: len(content) // 2])
    taken = take(tmp_path, cut)
    assert "cut.tar.gz/one.jsonl" in {source["file"] for source in taken["sources"]}
    assert "cut.tar.gz cannot be read to its end" in str(taken.intake.failures[0])
    bent = bytearray(zipped({"one.jsonl": ONE, "two.jsonl": TWO * 100}))
    bent[len(ONE) + 200] ^= 0xFF
    taken = take(tmp_path, written(tmp_path / "bent.zip", bytes(bent)))
    assert [source["file"] for source in taken["sources"]] == ["bent.zip/one.jsonl"]
    assert len(taken.intake.failures) == 1


def test_an_archive_is_refused_before_it_fills_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = sys.modules["aiaudit.intake.archive"]
    monkeypatch.setattr(archive, "_SMALL", 1 << 20)
    bomb = written(tmp_path / "bomb.zip", zipped({"a": b"a" * (1 << 23), "b": b"b" * (1 << 23)}))
    with pytest.raises(UnreadableError, match=r"bomb.zip unpacks to more than 300 times its size"):
        take(tmp_path, bomb)
    monkeypatch.setattr(archive, "_MOST_FILES", 2)
    many = written(tmp_path / "many.zip", zipped({f"{n}.jsonl": ONE for n in range(3)}))
    taken = take(tmp_path, many)
    assert len(taken["sources"]) == 2
    assert "many.zip holds more than 2 files" in str(taken.intake.failures[0])


def test_an_archive_without_a_known_file_says_so(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"Meeting at noon\n", "b.txt": b"And at one\n"})
    with pytest.raises(UnrecognisedError, match="none of the 2 files"):
        take(tmp_path, written(tmp_path / "x.zip", content))
    with pytest.raises(UnrecognisedError, match=r"x.zip is in no format"):
        take(tmp_path, written(tmp_path / "x.zip", zipped({})))
