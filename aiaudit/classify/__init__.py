"""What each call was for, and the tier that it needs: evidence, never a price."""

from aiaudit.classify.ladder import classify, describe
from aiaudit.classify.lines import answers

__all__ = ["answers", "classify", "describe"]
