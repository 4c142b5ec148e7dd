"""Writes one call: its wording, the context behind the wording, and its size in tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .call import Call, Message
from .grammar import grammar
from .workloads import DEVELOPMENT, Workload

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from .workloads import Mix, Span

# The gateway keeps the ends of a long text and says how much it left out.
_HEAD: Final = 400
_TAIL: Final = 170
_CHARS_PER_TOKEN: Final = 4
_ROLE_TOKENS: Final = 8
_DEVELOPMENT_SHARE: Final = 0.07
_NEW_THREAD: Final = 0.6
_DEVELOPMENT_CONTEXT: Final = 100_000
_UNREASONING: Final = ("gpt-4", "gpt-5.4-", "claude-haiku", "gemini-3.1")
_PRODUCTION_ONLY: Final = ("sentiment-monitor", "research-agent", "search-embeddings")


def between(span: Span, rng: Random) -> int:
    """Return a size from a span; small ones are more frequent than large ones."""
    share = rng.random()
    return span[0] + int((span[1] - span[0]) * share * share)


def mixed(mix: Mix, rng: Random) -> str:
    """Return a model by its share."""
    return rng.choices([model for model, _ in mix], [share for _, share in mix])[0]


def identity(kind: str, rng: Random) -> str:
    """Return a new id."""
    return f"{kind}-{rng.getrandbits(48):012x}"


class Desk:
    """Writes the calls of one use case on one day, from its own source of chance."""

    def __init__(self, workload: Workload, day: date, rng: Random) -> None:
        self.workload = workload
        self.day = day
        self.rng = rng
        self._words = grammar(workload.name)
        self._threads: dict[str, str] = {}

    def call(self, moment: int) -> Call:
        """Return a new call at this moment."""
        env = self.environment()
        mix = DEVELOPMENT if env == "dev" else self.workload.models
        model = mixed(mix, self.rng)
        messages, tokens = self.prompt(env)
        output, reasoning = self.answered(model)
        return Call(
            id=identity("chatcmpl", self.rng),
            workload=self.workload,
            env=env,
            started=moment,
            model=model,
            messages=messages,
            answer=self._words.say("answer", self.rng),
            prompt_tokens=tokens,
            prefix=self.workload.prefix,
            prefix_key=f"{self.workload.name}/{env}/{model}",
            decision=self.thread(self.workload.decision),
            session=self.thread("s") if self.workload.people else None,
            user=f"user-{100 + int(80 * self.rng.random())}" if self.workload.people else "",
            wait=int(900 * self.rng.random()),
            output=output,
            reasoning=reasoning,
        )

    def said(self, name: str) -> str:
        """Return a phrase of the use case."""
        return self._words.say(name, self.rng)

    def environment(self) -> str:
        """Return where the call was made; what runs by itself has no development."""
        if self.workload.name in _PRODUCTION_ONLY:
            return "prod"
        return "dev" if self.rng.random() < _DEVELOPMENT_SHARE else "prod"

    def answered(self, model: str) -> tuple[int, int]:
        """Return output and reasoning tokens; only some models reason."""
        output = between(self.workload.answer, self.rng)
        span = None if model.startswith(_UNREASONING) else self.workload.reasoning
        reasoning = between(span, self.rng) if span else 0
        return output + reasoning, reasoning

    def thread(self, kind: str | None) -> str | None:
        """Return the id of a piece of work that may take several calls."""
        if kind is None:
            return None
        if kind not in self._threads or self.rng.random() < _NEW_THREAD:
            self._threads[kind] = identity(kind, self.rng)
        return self._threads[kind]

    def prompt(self, env: str) -> tuple[tuple[Message, ...], int]:
        """Return the messages as the gateway stores them, and the tokens that were sent."""
        system = self._words.say("system", self.rng)
        alone = not system and "alone" in self._words
        text = self._words.say("alone" if alone else "user", self.rng)
        context = 0
        if self.workload.context:
            context = between(self.workload.context, self.rng)
            context = min(context, _DEVELOPMENT_CONTEXT) if env == "dev" else context
            text = self._stored(text, context * _CHARS_PER_TOKEN - len(system))
        messages = [{"role": "system", "content": system}] if system else []
        messages.append({"role": "user", "content": text})
        shown = sum(len(message["content"]) for message in messages)
        return tuple(messages), max(context, shown // _CHARS_PER_TOKEN + _ROLE_TOKENS)

    def _stored(self, text: str, length: int) -> str:
        """Return what the gateway keeps of a text of this length that begins so."""
        if length < _HEAD + _TAIL or "tail" not in self._words:
            return text
        tail = self._words.say("tail", self.rng)[-_TAIL:]
        head = text[:_HEAD]
        left_out = length - len(head) - len(tail)
        return f"{head}\n... (litellm_truncated skipped {left_out} chars) ...\n{tail}"
