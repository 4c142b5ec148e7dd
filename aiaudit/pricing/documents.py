"""Read hand-written YAML strictly: every mistake with its line, no number through a float."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import yaml

from aiaudit.pricing import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

# BaseLoader leaves every scalar as text, which is stricter than the safe loader, not looser. What
# a scalar might be besides text is not looked up: nobody asks, and it takes a fifth of the time.
_LOADER: Final = type(
    "Loader",
    (getattr(yaml, "CBaseLoader", yaml.BaseLoader),),
    {"resolve": lambda *_: "tag:yaml.org,2002:str"},
)
_NUMBER: Final = re.compile(r"\d{1,12}(\.\d{1,18})?")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One node of a document: its file and line, and the list that collects mistakes."""

    node: yaml.Node
    file: str
    mistakes: list[str]

    @property
    def place(self) -> str:
        """Return file:line."""
        return f"{self.file}:{self.node.start_mark.line + 1}"

    @property
    def empty(self) -> bool:
        """Return whether the document says null here."""
        return nodes.is_null(self.node)

    def refuse(self, what: str) -> None:
        """Note a mistake at this line."""
        self.mistakes.append(f"{self.place}: {what}")

    def fields(self, known: Iterable[str], required: Iterable[str] = ()) -> Fields:
        """Return the keys of a mapping; unknown, repeated and missing ones are mistakes."""
        found = self.pairs()
        known = tuple(known)
        for key, entry in found.items():
            if key not in known:
                entry.refuse(f"unknown key '{key}'{_nearest(key, known)}")
        for key in required:
            if key not in found or found[key].empty:
                self.refuse(f"'{key}' is missing")
        return Fields(self, {key: entry for key, entry in found.items() if key in known})

    def pairs(self) -> dict[str, Entry]:
        """Return the keys of a mapping whose keys are names."""
        if self.empty:
            return {}
        if not isinstance(self.node, yaml.MappingNode):
            self.refuse("expected keys with values here")
            return {}
        found: dict[str, Entry] = {}
        for key, value in self.node.value:
            entry = Entry(value, self.file, self.mistakes)
            if str(key.value) in found:
                entry.refuse(f"'{key.value}' is given twice")
            found[str(key.value)] = entry
        return found

    def items(self) -> list[Entry]:
        """Return the members of a list."""
        if self.empty:
            return []
        if not isinstance(self.node, yaml.SequenceNode):
            self.refuse("expected a list here")
            return []
        return [Entry(node, self.file, self.mistakes) for node in self.node.value]

    def text(self) -> str | None:
        """Return a scalar as it is written."""
        if self.empty:
            return None
        if not isinstance(self.node, yaml.ScalarNode):
            self.refuse("expected one value here")
            return None
        return str(self.node.value).strip()

    def decimal(self) -> Decimal | None:
        """Return an amount; negative, scientific and infinite ones are mistakes."""
        text = self.text()
        if text is None:
            return None
        if _NUMBER.fullmatch(text):
            return Decimal(text)
        self.refuse(f"'{text}' is not an amount")
        return None

    def whole(self) -> int | None:
        """Return a whole number."""
        number = self.decimal()
        if number is not None and number != int(number):
            self.refuse(f"'{number}' is not a whole number")
        return None if number is None else int(number)

    def flag(self) -> bool | None:
        """Return true or false."""
        text = self.text()
        if text in (None, "true", "false"):
            return None if text is None else text == "true"
        self.refuse(f"'{text}' is neither true nor false")
        return None

    def choice(self, words: Iterable[str]) -> str | None:
        """Return one of these words."""
        text, words = self.text(), tuple(words)
        if text is None or text in words:
            return text
        self.refuse(f"'{text}' is none of {', '.join(words)}")
        return None

    def instant(self) -> datetime | None:
        """Return a UTC time without a zone; a bare day is its midnight."""
        text = self.text()
        if text is None:
            return None
        try:
            if _DAY.fullmatch(text):
                return datetime.fromisoformat(text)
            instant = datetime.fromisoformat(text)
        except ValueError:
            self.refuse(f"'{text}' is neither a day (2026-01-31) nor a time with its zone")
            return None
        if instant.tzinfo is None:
            self.refuse(f"'{text}' has no zone; write it as 2026-01-31T00:00:00Z")
            return None
        return instant.astimezone(UTC).replace(tzinfo=None)

    def day(self) -> date | None:
        """Return a calendar day."""
        instant = self.instant()
        return None if instant is None else instant.date()


@dataclass(frozen=True, slots=True)
class Fields:
    """The known keys of one mapping."""

    entry: Entry
    found: dict[str, Entry]

    def get(self, key: str) -> Entry:
        """Return the entry under a key; an empty one when it is absent."""
        absent = yaml.ScalarNode("", "", self.entry.node.start_mark)
        return self.found.get(key) or Entry(absent, self.entry.file, self.entry.mistakes)


def parse(text: str, file: str, mistakes: list[str]) -> Entry | None:
    """Return the root of a document; broken, repeated or bottomless ones are mistakes."""
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        mistakes.append(f"{file}:{line}: not valid YAML ({getattr(error, 'problem', None)})")
        return None
    except RecursionError:
        mistakes.append(f"{file}:1: nested too deeply")
        return None
    if root is None:
        mistakes.append(f"{file}:1: the file is empty")
        return None
    entry = Entry(root, file, mistakes)
    if (wild := nodes.wild(root)) is None:
        return entry
    Entry(wild, file, mistakes).refuse("YAML anchors and deep nests are not supported here")
    return None


def _nearest(word: str, words: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(words), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""
