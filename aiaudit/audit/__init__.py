"""One audit from door to door: the table of contents of the program."""

from aiaudit.audit.run import Outcome, run

__all__ = ["Outcome", "run"]
