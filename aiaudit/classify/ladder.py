"""Label every call: the user's word first, then proof, then words, then nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiaudit import text
from aiaudit.classify import needs, rules
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.engine import Engine
    from aiaudit.pricing import Tiers
    from aiaudit.settings import Settings


def classify(engine: Engine, settings: Settings, tiers: Tiers) -> tuple[str, ...]:
    """Make `labelled`, one row per call of `calls`; return the names of rules that never matched.

    The first evidence counts: the user's rule; metadata that prove the kind of work; the vote of
    the calls of one template; hand-written rules over the words; the family alone; else none.
    The needed tier is a hypothesis from task and structure, and never from a price.
    """
    unmatched = rules.apply(engine, settings.rules)
    needs.install(engine, settings.use_cases, tiers)
    engine.create("proven", statement("proven"), key=("call_id",))
    engine.create("template_votes", statement("template_votes"), key=("template_id",))
    engine.create("labelled", statement("labelled"), key=("call_id",))
    return unmatched


def describe() -> str:
    """Return the name and the version of the classifier, for the record of a run."""
    return f"hand rules {text.VERSION}"
