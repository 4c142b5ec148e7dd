"""A table of the user's own, read by the names that aiaudit.yaml gives to its columns."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from aiaudit import schema
from aiaudit.errors import SettingsError, UnreadableError
from aiaudit.readers.reader import Reader
from aiaudit.usage import RAW_MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aiaudit.settings import Mapped

_TEXTS: Final = ("system_text", "prompt_text")
_OURS: Final = frozenset(
    {"call_id", "source_id", "row", "grain", "invalid", "has_images", *schema.TEXT_FEATURES}
) - {"has_images", "prompt_chars", "system_chars", "template_id"}
_SYNONYMS: Final = {"model": "model_raw"}
NAMES: Final = tuple(
    sorted(
        ({column.name for column in schema.CALLS} - _OURS)
        | {*RAW_MEASURES, *_TEXTS, *_SYNONYMS, "first_token_at"}
    )
)


def reader(mapping: Mapped, file: str, names: Sequence[str]) -> Reader:
    """Return the reader of a mapped file whose columns are `names`; one row is one call.

    Raises:
        SettingsError: the mapping names a column that we do not have.
        UnreadableError: the file lacks a column that is mapped.
    """
    given = [*mapping.columns, *mapping.values]
    _check(mapping.files, given)
    missing = [source for source in mapping.columns.values() if source not in names]
    if missing:
        raise UnreadableError(
            f"{file} has no column {missing[0]!r}, which aiaudit.yaml maps;"
            f" it has {', '.join(names[:12])}"
        )
    meant = {_SYNONYMS.get(name, name) for name in given}
    chosen = [f'{_quoted(source)} AS "{_as(name)}"' for name, source in mapping.columns.items()]
    chosen += [f'{_literal(value)} AS "{_as(name)}"' for name, value in mapping.values.items()]
    if "requests" not in meant:
        chosen.append("'1' AS requests")
    return Reader(
        id="mapped",
        family=f"mapped {mapping.files}",
        title="a table that aiaudit.yaml maps",
        carries="what the mapping names",
        found_by="readers.mapped in aiaudit.yaml",
        grain="bucket" if "requests" in meant else "call",
        holds="both",
        verified=False,
        signature=frozenset(),
        columns=dict.fromkeys(mapping.columns.values(), "VARCHAR"),
        select=f"SELECT {', '.join(chosen)} FROM export",
    )


def _check(files: str, given: Iterable[str]) -> None:
    mistakes = [
        f"readers.mapped, {files}: there is no column {name!r}{_nearest(name)}"
        for name in given
        if name not in NAMES
    ]
    if not mistakes and "started_at" not in given:
        mistakes = [f"readers.mapped, {files}: no column is mapped to started_at"]
    if mistakes:
        raise SettingsError("\n".join(mistakes))


def _nearest(name: str) -> str:
    near = get_close_matches(name, NAMES, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _as(name: str) -> str:
    return _SYNONYMS.get(name, name)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
