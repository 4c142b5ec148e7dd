"""The gateway's spend log: each call as a row of LiteLLM's table, in one file a week."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from .clock import iso

if TYPE_CHECKING:
    from .call import Call

Row = dict[str, Any]

_CAPS: Final = {"code-review": 4096, "contract-review": 16_000, "route-planning": 16_000}
_API: Final = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "gemini": "https://generativelanguage.googleapis.com",
    "azure": "https://brightwater-chat.example.com",
}


def dumped(value: Row) -> str:
    """Return compact JSON with its keys in the order of the table."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_row(call: Call) -> Row:
    """Return the columns of the table; text as far as the gateway stored it."""
    ended = call.started + call.latency
    streamed = call.workload.people and call.error is None and not call.gateway_hit
    first = call.started + 240 + call.wait // 2 + call.prompt_tokens // 100
    alias = _key(call)
    return {
        "request_id": call.id,
        "call_type": call.workload.operation,
        "api_key": hashlib.sha256(alias.encode()).hexdigest(),
        # The table holds a double: its shortest digits are those of the exact amount.
        "spend": float(call.spend),
        "total_tokens": call.prompt_tokens + call.output,
        "prompt_tokens": call.prompt_tokens,
        "completion_tokens": call.output,
        "startTime": iso(call.started),
        "endTime": iso(ended),
        "completionStartTime": iso(min(first, ended) if streamed else ended),
        "request_duration_ms": call.latency,
        "model": call.model,
        "model_group": _group(call.model),
        "custom_llm_provider": call.provider,
        "api_base": _API[call.provider],
        "user": call.user,
        "metadata": _metadata(call, alias),
        "cache_hit": "True" if call.gateway_hit else _no_hit(call),
        "request_tags": _tags(call),
        "team_id": _team_id(call),
        "end_user": "",
        "messages": list(call.messages),
        "response": _response(call),
        "proxy_server_request": _request(call),
        "session_id": call.session,
        "status": "failure" if call.error else "success",
        "agent_id": call.workload.name if call.workload.tools else None,
    }


def _no_hit(call: Call) -> str:
    return "False" if call.workload.gateway_cache else "None"


def _key(call: Call) -> str:
    return f"svc-{call.workload.name}-{call.env}" if call.workload.team else "shared-key"


def _group(model: str) -> str:
    """Return the name that clients ask for."""
    return model.removesuffix("-20251001").removesuffix("-2024-08-06")


def _tags(call: Call) -> list[str]:
    if not call.workload.team:
        return []
    return [f"feature:{call.workload.name}", f"env:{call.env}"]


def _team_id(call: Call) -> str:
    return "team-" + call.workload.team.lower().replace(" ", "-") if call.workload.team else ""


def _metadata(call: Call, alias: str) -> Row:
    error = call.error
    return {
        "user_api_key_alias": alias,
        "user_api_key_team_id": _team_id(call) or None,
        "user_api_key_team_alias": call.workload.team or None,
        "spend_logs_metadata": {"decision_id": call.decision} if call.decision else None,
        "usage_object": _usage(call) if call.prompt_tokens else None,
        "error_information": {
            "error_code": error.code,
            "error_class": error.name,
            "llm_provider": call.provider,
            "error_message": error.message,
        }
        if error
        else None,
        "attempted_retries": call.attempt - 1,
        "max_retries": 2,
        "attempted_fallbacks": 1 if call.fallback_from else 0,
        "original_model_group": _group(call.fallback_from or call.model),
    }


def _usage(call: Call) -> Row:
    usage: Row = {
        "prompt_tokens": call.prompt_tokens,
        "completion_tokens": call.output,
        "total_tokens": call.prompt_tokens + call.output,
        "prompt_tokens_details": {"cached_tokens": call.cache_read},
    }
    if call.reasoning:
        usage["completion_tokens_details"] = {"reasoning_tokens": call.reasoning}
    if call.provider == "anthropic":
        usage["cache_read_input_tokens"] = call.cache_read
        usage["cache_creation_input_tokens"] = call.cache_write
        usage["prompt_tokens_details"]["cache_creation_tokens"] = call.cache_write
    return usage


def _response(call: Call) -> Row:
    if call.error or not call.answer:
        return {}
    message = {"role": "assistant", "content": call.answer}
    return {"choices": [{"finish_reason": "stop", "index": 0, "message": message}]}


def _request(call: Call) -> Row:
    """Return what the client asked for beside the messages."""
    asked: Row = {"model": _group(call.fallback_from or call.model)}
    if cap := call.workload.cap or _CAPS.get(call.workload.name):
        asked["max_tokens"] = cap
    if call.workload.effort and call.reasoning:
        asked["reasoning_effort"] = call.workload.effort
    if call.workload.schema:
        asked["response_format"] = {"type": "json_schema"}
    if call.workload.tools:
        asked["tools"] = [
            {"type": "function", "function": {"name": name}} for name in call.workload.tools
        ]
    return asked
