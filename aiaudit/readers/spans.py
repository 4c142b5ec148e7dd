"""A span of a tracer as a flat row: the many names that conventions gave to the same facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aiaudit.readers.attributes import attributes, first, mapping, objects
from aiaudit.readers.conversation import Asked, asked, count, shows_image
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiaudit.readers.attributes import Attributes
    from aiaudit.readers.reader import Flat

_USAGE: Final = "gen_ai.usage."
_LABEL: Final = ("metadata.", "traceloop.association.properties.", "langfuse.trace.metadata.",
                 "langfuse.observation.metadata.", "ai.telemetry.metadata.")  # fmt: skip


def _labels(*names: str) -> tuple[str, ...]:
    """Return where users put their own labels; the first name also stands alone."""
    return (names[0], *(f"{place}{name}" for place in _LABEL for name in names))


# Column -> the attributes that may hold it; the first that is there is taken.
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "provider": ("gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system",
                 "ai.model.provider", "llm.vendor", "mlflow.llm.provider"),
    "host": ("server.address", "gen_ai.openai.api_base", "llm.openai.api_base", "openai.api_base"),
    "task": ("gen_ai.operation.name", "llm.request.type"),
    "kind": ("openinference.span.kind", "mlflow.spanType", "traceloop.span.kind",
             "langfuse.observation.type", "langsmith.span.kind"),
    "step": ("ai.operationId",),
    "asked_model": ("gen_ai.request.model", "llm.request.model", "llm.request.model_name",
                    "ai.model.id", "langfuse.observation.model.name"),
    "model": ("gen_ai.response.model", "llm.response.model", "llm.response.model_name",
              "ai.response.model", "llm.model_name", "mlflow.llm.model"),
    "response_id": ("gen_ai.response.id", "llm.response.id", "ai.response.id"),
    "input": (f"{_USAGE}input_tokens", f"{_USAGE}prompt_tokens", "llm.usage.prompt_tokens",
              "llm.token_count.prompt", "ai.usage.promptTokens", "ai.usage.inputTokens",
              "ai.usage.tokens", "mlflow.chat.tokenUsage.input_tokens"),
    "output": (f"{_USAGE}output_tokens", f"{_USAGE}completion_tokens",
               "llm.usage.completion_tokens", "llm.token_count.completion",
               "ai.usage.completionTokens", "ai.usage.outputTokens",
               "mlflow.chat.tokenUsage.output_tokens"),
    "cache_read": (f"{_USAGE}cache_read.input_tokens", f"{_USAGE}cache_read_input_tokens",
                   f"{_USAGE}cache_read_tokens", f"{_USAGE}details.cache_read_tokens",
                   f"{_USAGE}details.cache_read_input_tokens", f"{_USAGE}details.cached_tokens",
                   "llm.usage.cache_read_input_tokens",
                   "llm.token_count.prompt_details.cache_read", "ai.usage.cachedInputTokens",
                   "mlflow.chat.tokenUsage.cache_read_input_tokens"),
    "cache_write": (f"{_USAGE}cache_creation.input_tokens", f"{_USAGE}cache_creation_input_tokens",
                    f"{_USAGE}cache_write_tokens", f"{_USAGE}details.cache_write_tokens",
                    f"{_USAGE}details.cache_creation_input_tokens",
                    "llm.usage.cache_creation_input_tokens",
                    "llm.token_count.prompt_details.cache_write",
                    "mlflow.chat.tokenUsage.cache_creation_input_tokens"),
    "reasoning": (f"{_USAGE}reasoning.output_tokens", f"{_USAGE}reasoning_tokens",
                  f"{_USAGE}details.reasoning_tokens", "llm.usage.reasoning_tokens",
                  "llm.token_count.completion_details.reasoning", "ai.usage.reasoningTokens"),
    "audio_input": ("llm.token_count.prompt_details.audio",),
    "audio_output": ("llm.token_count.completion_details.audio",),
    "total": (f"{_USAGE}total_tokens", "llm.usage.total_tokens", "llm.token_count.total",
              "ai.usage.totalTokens", "mlflow.chat.tokenUsage.total_tokens"),
    "cost": (f"{_USAGE}cost", "gen_ai.cost.total_cost", "llm.cost.total",
             "mlflow.llm.cost.total_cost"),
    "tier": ("openai.response.service_tier", "gen_ai.openai.response.service_tier",
             "openai.request.service_tier", "gen_ai.openai.request.service_tier"),
    "effort": ("gen_ai.request.reasoning_effort", "gen_ai.request.reasoning.level"),
    "most": ("gen_ai.request.max_tokens", "gen_ai.request.max_completion_tokens",
             "llm.request.max_tokens", "ai.settings.maxTokens", "ai.settings.maxOutputTokens"),
    "form": ("gen_ai.request.structured_output_schema", "ai.schema"),
    "form_kind": ("gen_ai.output.type",),
    "ttfc_s": ("gen_ai.response.time_to_first_chunk", "gen_ai.server.time_to_first_token"),
    "ttfc_ms": ("ai.response.msToFirstChunk",),
    "error": ("error.type", "exception.type"),
    "http_status": ("http.response.status_code", "http.status_code"),
    "session_id": ("gen_ai.conversation.id", "session.id", "langfuse.session.id",
                   *_labels("session_id", "sessionId", "thread_id", "conversation_id")),
    "user_id": ("user.id", "enduser.id", "langfuse.user.id", "llm.user", "gen_ai.user",
                *_labels("user_id", "userId")),
    "agent": ("gen_ai.agent.name", "agent.name", "graph.node.name"),
    "use_case": (*_labels("use_case", "feature", "app", "task", "workflow"),
                 "traceloop.workflow.name", "ai.telemetry.functionId", "gen_ai.prompt.name",
                 "langfuse.trace.name"),
    "decision_id": _labels("decision_id"),
    "outcome": _labels("outcome"),
    "team": _labels("team"),
    "environment": ("deployment.environment.name", "deployment.environment",
                    "langfuse.environment", *_labels("environment", "env")),
    "project": ("service.name",),
}  # fmt: skip
_HEAD: Final = ("trace_id", "span_id", "parent_id", "name", "started_at", "ended_at",
                "first_token_at", "failed", "failure", "part", "requests", "beside",
                "outside", "aside")  # fmt: skip
_ASKED: Final = ("system_text", "prompt_text", "messages", "tools", "has_images")
COLUMNS: Final = dict.fromkeys((*_HEAD, *_NAMES, *_ASKED), "VARCHAR")
SELECT: Final = statement("spans")

_INDEXED: Final = re.compile(
    r"(?:gen_ai\.prompt|llm\.input_messages|llm\.prompts)\.(\d{1,6})\.(?:message\.)?"
    r"(role|content|contents\.\d+\.message_content\.(?:text|type))"
)
_TOOL: Final = re.compile(r"(?:llm\.tools|llm\.request\.functions)\.(\d{1,6})\.")
_ANSWER: Final = re.compile(r'"id": ?"((?:chatcmpl|cmpl|resp|msg|gen)[-_][\w-]{6,100})"')
_WHOLE: Final = ("gen_ai.input.messages", "ai.prompt.messages", "ai.prompt", "gen_ai.prompt",
                 "input.value", "traceloop.entity.input", "mlflow.spanInputs",
                 "langfuse.observation.input", "gen_ai.content.prompt")  # fmt: skip
_EVENTS: Final = {"gen_ai.system.message": "system", "gen_ai.user.message": "user"}


def flattened(head: Flat, found: Attributes, inherited: Mapping[str, object]) -> Flat:
    """Return the row of a span from its own attributes, and those of what it belongs to."""
    for packed in ("metadata", "mlflow.chat.tokenUsage", "mlflow.llm.cost"):
        if isinstance(found.get(packed), str):
            inner = mapping(found[packed]).items()
            found |= {f"{packed}.{name}": value for name, value in inner}
    told = {**inherited, **found}
    row = head | {name: first(told, *names) for name, names in _NAMES.items()}
    parameters = mapping(found.get("llm.invocation_parameters"))
    row["most"] = row["most"] or first(parameters, "max_tokens", "max_completion_tokens")
    row["effort"] = row["effort"] or first(parameters, "reasoning_effort")
    row["form"] = row["form"] or first(parameters, "response_format")
    row["tier"] = row["tier"] or first(parameters, "service_tier")
    if not row["response_id"]:
        answer = _ANSWER.search((first(found, "output.value", "mlflow.spanOutputs") or "")[:400])
        row["response_id"] = answer[1] if answer else None
    return row | _texts(found)


def events(value: object) -> Attributes:
    """Return what the events of a span say of it: the messages asked, and what went wrong."""
    found: Attributes = {}
    for event in objects(value):
        inner = attributes(event.get("attributes"))
        role = _EVENTS.get(str(event.get("name")))
        if role:
            place = len(found)
            found[f"gen_ai.prompt.{place}.role"] = role
            found[f"gen_ai.prompt.{place}.content"] = inner.get("content") or event.get("body")
        for name in ("exception.type", "gen_ai.content.prompt", "gen_ai.prompt"):
            if inner.get(name):
                found["gen_ai.content.prompt" if name == "gen_ai.prompt" else name] = inner[name]
    return found


def _texts(found: Attributes) -> Flat:
    whole = next((found[name] for name in _WHOLE if found.get(name)), None)
    told = _indexed(found)
    if told.prompt is None and whole is not None:
        told = asked(whole)
    system = asked([{"role": "system", "content": first(found, "gen_ai.system_instructions")}])
    offered = {match[1] for match in map(_TOOL.match, found) if match}
    tools = found.get("gen_ai.tool.definitions") or found.get("ai.prompt.tools")
    return {
        "system_text": told.system or system.system,
        "prompt_text": told.prompt,
        "messages": None if told.messages is None else str(told.messages),
        "tools": str(len(offered)) if offered else count(tools or found.get("mlflow.chat.tools")),
        "has_images": "true" if isinstance(whole, str) and shows_image(whole) else None,
    }


def _indexed(found: Attributes) -> Asked:
    """Return what was asked where every part of every message is an attribute of its own."""
    messages: dict[int, dict[str, object]] = {}
    for name, value in found.items():
        if (match := _INDEXED.fullmatch(name)) and not name.endswith(".type"):
            message = messages.setdefault(int(match[1]), {})
            part = "role" if match[2] == "role" else "content"
            message[part] = f"{message[part]} {value}" if part in message else value
    return asked([messages[place] for place in sorted(messages)]) if messages else Asked()
