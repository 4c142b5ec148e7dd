"""Amazon Bedrock invocation logs: one record per call, from S3 or as CloudWatch streams them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.readers.reader import Export

KIND: Final = "ModelInvocationLog"
_TEXT: Final = (
    "schemaType", "timestamp", "accountId", "region", "requestId", "operation", "modelId",
    "inferenceRegion", "errorCode",
)  # fmt: skip
_JSON: Final = ("identity", "requestMetadata", "input", "output", "message", "@message")
COLUMNS: Final = dict.fromkeys(_TEXT, "VARCHAR") | dict.fromkeys(_JSON, "JSON")


def is_wrapped(message: object) -> bool:
    """Return whether a message of CloudWatch is an invocation log, as text or as an object."""
    if isinstance(message, dict):
        return message.get("schemaType") == KIND
    return isinstance(message, str) and f'"{KIND}"' in message


def _claims(record: Export) -> bool:
    wrapped = is_wrapped(record.get("message")) or is_wrapped(record.get("@message"))
    return record.get("schemaType") == KIND or wrapped


READER = Reader(
    id="bedrock-invocations",
    family="bedrock-invocations",
    title="Amazon Bedrock model invocation log (JSON lines of S3 or CloudWatch)",
    carries="calls with tokens, cache, region, caller, request metadata and prompts; no money",
    found_by=f"schemaType is {KIND}",
    grain="call",
    holds="json",
    verified=True,
    signature=frozenset({"schematype", "modelid"}),
    columns=COLUMNS,
    select=statement("bedrock_invocations"),
    claims=_claims,
)
