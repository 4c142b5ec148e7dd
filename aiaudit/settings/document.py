"""Open a settings file as a tree of YAML nodes, each of which knows its line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import yaml

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES: Final = 262_144
MOST_MISTAKES: Final = 100
_MOST_DEPTH: Final = 12


class Place(Protocol):
    """A place in a file: line and column, both from 0."""

    @property
    def line(self) -> int:
        """Return the line."""

    @property
    def column(self) -> int:
        """Return the column."""


class Mistakes:
    """Everything that is wrong with the settings, so that it is said all at once."""

    def __init__(self) -> None:
        """Start without a mistake."""
        self._found: list[tuple[tuple[int, int], str]] = []
        self.file = "aiaudit.yaml"

    def at(self, mark: Place | None, sentence: str) -> None:
        """Note a mistake at a place of the file."""
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self._found.append((place, f"{self.file}:{place[0]}:{place[1]}: {sentence}"))

    def elsewhere(self, name: str, sentence: str) -> None:
        """Note a mistake in a variable or a flag."""
        self._found.append(((0, 0), f"{name}: {sentence}"))

    @property
    def are_plenty(self) -> bool:
        """Return whether there are more than anyone would read."""
        return len(self._found) >= MOST_MISTAKES

    def lines(self) -> list[str]:
        """Return a sentence for each mistake, in the order of the file, up to a hundred."""
        lines = [line for _, line in sorted(self._found)]
        if self.are_plenty:
            return [*lines[:MOST_MISTAKES], f"{self.file}: and more; these come first"]
        return lines


def tree(path: Path, mistakes: Mistakes) -> yaml.Node | None:
    """Return the root of a settings file; None when it is empty or no YAML that we take."""
    mistakes.file = path.name
    text = _text(path, mistakes)
    if text is None:
        return None
    try:
        if not _is_tame(text, mistakes):
            return None
        root: yaml.Node | None = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mistakes.at(error.problem_mark, f"this is not YAML: {error.problem}")
    except yaml.YAMLError:
        mistakes.at(None, "this is not YAML: it holds a character that YAML does not allow")
    else:
        return root
    return None


def _text(path: Path, mistakes: Mistakes) -> str | None:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) <= MOST_BYTES:
            return content.decode("utf-8-sig")
        mistakes.at(None, f"the file is larger than {MOST_BYTES // 1024} KiB")
    except FileNotFoundError:
        mistakes.at(None, "there is no such file")
    except OSError:
        mistakes.at(None, "the file cannot be read")
    except UnicodeDecodeError:
        mistakes.at(None, "the file is not UTF-8 text")
    return None


def _is_tame(text: str, mistakes: Mistakes) -> bool:
    """Return whether the file is plain: no alias that could grow, no tag, no abyss."""
    depth = documents = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if complaint := _complaint(event, depth, documents):
            mistakes.at(event.start_mark, complaint)
            return False
    return True


def _complaint(event: yaml.Event, depth: int, documents: int) -> str | None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "anchors (&) and aliases (*) are not taken here; write the value out"
    if getattr(event, "tag", None):
        return "tags (!) are not taken here; write the plain value"
    if any("\ud800" <= char <= "\udfff" for char in getattr(event, "value", "")):
        return "half a character (\\ud800 to \\udfff) is no text; write the character itself"
    if depth > _MOST_DEPTH:
        return f"this is nested deeper than {_MOST_DEPTH} levels"
    return "a second document begins here; only one is taken" if documents > 1 else None
