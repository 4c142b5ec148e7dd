"""The vendors' own exports: every endpoint, every header, every balance."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from taken import Taken, take, written

if TYPE_CHECKING:
    from pathlib import Path

TIMES: Final = "start_time,end_time,start_time_iso,end_time_iso"
DAY: Final = "1762128000,1762214400,2025-11-03T00:00:00+00:00,2025-11-04T00:00:00+00:00"


def download(tmp: Path, columns: str, cells: str) -> Taken:
    """Take in a dashboard download with one row of one day."""
    return take(tmp, written(tmp / "usage.csv", f"{TIMES},{columns}\n{DAY},{cells}\n"))


@pytest.mark.parametrize(
    ("columns", "cells", "operation", "counted"),
    [
        ("num_model_requests,model,input_tokens", "2.0,text-embedding-3-small,16.0", "embedding",
         {"requests": 2, "input_uncached": 16}),
        ("num_model_requests,model,input_tokens", "3.0,omni-moderation-latest,9.0", "moderation",
         {"requests": 3, "input_uncached": 9}),
        ("num_model_requests,model,images,source,size", "2.0,dall-e-3,4.0,image.generation,1024",
         "image", {"requests": 2, "images": 4}),
        ("num_model_requests,model,characters", "1.0,tts-1,400.0", "audio", {"requests": 1}),
        ("num_model_requests,model,seconds", "1.0,whisper-1,20.0", "audio", {"requests": 1}),
        ("num_requests,num_model_requests,model,context_level", "5.0,2.0,gpt-4o,low", "other",
         {"web_searches": 5, "requests": None}),
    ],
)  # fmt: skip
def test_a_download_of_any_endpoint_is_read(
    tmp_path: Path, columns: str, cells: str, operation: str, counted: dict[str, int | None]
) -> None:
    taken = download(tmp_path, columns, cells)
    (call,) = taken["calls"]
    assert taken.source["format"] == "openai-usage-csv"
    assert call["operation"] == operation
    assert {name: call[name] for name in counted} == counted


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        ("project_id,usage_bytes", "proj_a,2048.0"),
        ("project_id,num_sessions", "proj_a,3.0"),
        ("project_id,vector_store_id,num_requests", "proj_a,vs_1,7.0"),
    ],
)
def test_what_is_billed_without_a_model_is_no_call(
    tmp_path: Path, columns: str, cells: str
) -> None:
    assert download(tmp_path, columns, cells).reasons() == {"not a model call": 1}


def test_cached_audio_is_counted_once_beside_the_other_audio(tmp_path: Path) -> None:
    columns = (
        "num_model_requests,input_tokens,input_cached_tokens,output_tokens,output_audio_tokens"
    )
    audio = ",input_audio_tokens,input_cached_audio_tokens"
    (call,) = download(tmp_path, columns + audio, "1.0,1000.0,400.0,90.0,60.0,250.0,50.0")["calls"]
    assert (call["input_uncached"], call["audio_input"]) == (600, 250)
    assert (call["cache_read"], call["audio_cache_read"]) == (400, 50)
    assert (call["output"], call["audio_output"], call["invalid"]) == (90, 60, None)


def test_the_console_header_of_2025_is_read(tmp_path: Path) -> None:
    header = (
        "usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,"
        "usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,"
        "usage_input_tokens_cache_read,usage_output_tokens,web_search_count\n"
    )
    row = "2025-06-01,claude-sonnet-4-20250514,svc,Default,batch,10,20,30,40,50,6\n"
    (call,) = take(tmp_path, written(tmp_path / "tokens.csv", header + row))["calls"]
    names = ("input_uncached", "cache_write_5m", "cache_write_1h", "cache_read", "output")
    assert [call[name] for name in (*names, "web_searches")] == [10, 20, 30, 40, 50, 6]
    assert call["rate_class"] == "batch"


def test_the_newest_console_cost_header_is_read(tmp_path: Path) -> None:
    header = (
        "usage_date_utc,model,workspace,api_key,api_key_id,api_key_status,usage_type,"
        "context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed\n"
    )
    row = "2026-08-03,,Default,svc,apikey_1,active,,,,0.30,0.30,web_search,,\n"
    (charge,) = take(tmp_path, written(tmp_path / "costs.csv", header + row))["charges"]
    assert (charge["billed_cost"], charge["sku"]) == (Decimal("0.30"), "web_search")
    assert (charge["model_raw"], charge["token_class"]) == (None, None)


def test_a_granted_balance_is_used_but_not_billed(tmp_path: Path) -> None:
    text = (
        "user_id,start_time_iso,end_time_iso,model,wallet_type,cost,currency\n"
        "a,2026-07-25T00:00:00+08:00,2026-07-26T00:00:00+08:00,deepseek-chat,paid,2.5,USD\n"
        "a,2026-07-25T00:00:00+08:00,2026-07-26T00:00:00+08:00,deepseek-chat,granted,0.75,USD\n"
    )
    taken = take(tmp_path, written(tmp_path / "cost.csv", text))
    assert taken.total("charges", "billed_cost") == Decimal("2.5")
    assert taken.total("charges", "contracted_cost") == Decimal("3.25")
    assert {f"{charge['charge_start']}" for charge in taken["charges"]} == {"2026-07-24 16:00:00"}


def test_requests_without_tokens_stand_by_themselves(tmp_path: Path) -> None:
    text = (
        "utc_date,model,type,price,amount\n20260725,deepseek-chat,request_count,,3\n"
        "20260725,deepseek-chat,output_tokens,0.000006,1.5\n"
        "20260726,deepseek-chat,request_count,," + "9" * 5000 + "\n"
        "20260726,deepseek-chat,request_count,,²\n"
    )
    taken = take(tmp_path, written(tmp_path / "amount.csv", text))
    assert taken.totals()["requests"] == 3
    assert taken.reasons() == {"bad counter": 3}


def test_a_table_of_older_costs_is_in_dollars(tmp_path: Path) -> None:
    header = "timestamp,date,currency,name,cost,cost_in_major\n"
    text = f"{header}1720051200,2024-07-04,usd,GPT-4,1250,12.50\n"
    taken = take(tmp_path, written(tmp_path / "costs.csv", text))
    assert taken.source["format"] == "openai-costs-legacy"
    assert taken.total("charges", "billed_cost") == Decimal("12.50")


def test_a_table_of_older_usage_counts_cached_tokens_once(tmp_path: Path) -> None:
    text = (
        "aggregation_timestamp,n_requests,operation,snapshot_id,n_context_tokens_total,"
        "n_cached_context_tokens_total,n_generated_tokens_total\n"
        "1720000800,2,completion,gpt-4o-2024-05-13,100,30,7\n"
    )
    totals = take(tmp_path, written(tmp_path / "usage.csv", text)).totals()
    assert (totals["input_uncached"], totals["cache_read"], totals["output"]) == (70, 30, 7)


def test_a_download_without_written_times_is_read(tmp_path: Path) -> None:
    text = "start_time,end_time,num_model_requests,model,input_tokens,output_tokens\n"
    text += "1762128000,1762214400,2,gpt-4o-2024-08-06,100,7\n"
    taken = take(tmp_path, written(tmp_path / "usage.csv", text))
    assert taken.source["format"] == "openai-usage-csv"
    assert (taken.totals()["input_uncached"], taken.totals()["output"]) == (100, 7)


@pytest.mark.parametrize(
    ("unit", "line", "quantity", "counted"),
    [
        ("1000_tokens", "gpt-4o, input", "1.5", (Decimal(1500), "tokens")),
        ("", "gpt-4o, cached input", "900", (Decimal(900), "tokens")),
        ("images", "dall-e-3", "4", (Decimal(4), "images")),
        ("", "web search tool calls", "2", (Decimal(2), None)),
        ("", "gpt-4o, output", "", (None, None)),
    ],
)
def test_the_quantity_of_a_token_line_is_in_tokens(
    tmp_path: Path, unit: str, line: str, quantity: str, counted: tuple[Decimal | None, str | None]
) -> None:
    columns = f"{TIMES},amount_value,amount_currency,line_item,quantity,quantity_unit"
    row = f'{DAY},0.5,usd,"{line}",{quantity},{unit}'
    (charge,) = take(tmp_path, written(tmp_path / "costs.csv", f"{columns}\n{row}\n"))["charges"]
    assert (charge["quantity"], charge["unit"]) == counted
