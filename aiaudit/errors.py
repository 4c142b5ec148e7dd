"""Every failure that a user can cause, and the exit code that it ends in.

AuditError                    exit 3: the input cannot be audited
├── UnreadableError           a file is claimed, then broken
├── UnrecognisedError         no reader claims a file, or two do
├── NoInputError              nothing to audit was given
UsageError                    exit 2: wrong usage
├── SettingsError             aiaudit.yaml says something that we do not know
└── CatalogueError            a price is missing, malformed or valid twice
GateError                     exit 1 or 4: done and written, but a gate that was asked for failed
IntegrityError                exit 70: our own promise is broken (a lost row, a key twice): a bug
"""

from __future__ import annotations

from typing import ClassVar


class AiauditError(Exception):
    """A failure with one clear sentence and an exit code."""

    exit_code: ClassVar[int] = 70


class AuditError(AiauditError):
    """The input cannot be audited."""

    exit_code: ClassVar[int] = 3


class UnreadableError(AuditError):
    """A file that a reader claimed, or that must be one, cannot be read to its end."""


class UnrecognisedError(AuditError):
    """No reader claims a file, or more than one does."""


class NoInputError(AuditError):
    """The paths that were given hold nothing to audit."""


class UsageError(AiauditError):
    """The command was called with something that it does not know."""

    exit_code: ClassVar[int] = 2


class SettingsError(UsageError):
    """A settings file has one or more mistakes; the message has a line for each."""


class CatalogueError(UsageError):
    """A price sheet or an overlay is malformed; the message has a line for each mistake."""


class GateError(AiauditError):
    """The audit is written, and a gate that the user asked for failed."""

    exit_code: ClassVar[int] = 1


class StrictError(GateError):
    """The audit is written, but with `--strict` it is not usable as it is."""

    exit_code: ClassVar[int] = 4


class IntegrityError(AiauditError):
    """A promise of the program itself is broken: a row lost, a key twice, a sum that is off."""
