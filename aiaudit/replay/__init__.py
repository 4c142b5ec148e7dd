"""Replay: past calls under one lever after another, priced after each."""

from aiaudit.replay.certainty import Classes
from aiaudit.replay.run import LeverResult, Replayed, replay

__all__ = ["Classes", "LeverResult", "Replayed", "replay"]
