"""Every statement of the program: one SELECT, portable, exact about money, losing no row."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

import pytest
import sqlglot
from sqlglot import exp

from aiaudit import levers, readers

FILES: Final = {
    file.name.removesuffix(".sql"): file.read_text("utf-8")
    for file in (files("aiaudit") / "sql").iterdir()
    if file.name.endswith(".sql")
}
SELECTS: Final = {f"reader {reader.id}": reader.select for reader in readers.registry()}
REWRITES: Final = {f"lever {lever.id}": lever.rewrite for lever in (*levers.ORDER, levers.ROUTER)}
STATEMENTS: Final = {**FILES, **SELECTS, **REWRITES}

MONEY: Final = re.compile(r"cost|pico|list|contracted|billed|amount|price", re.IGNORECASE)
# An instant as a fraction, a digest that differs between engines, an answer that is nearly right.
BANNED_FUNCTIONS: Final = re.compile(r"epoch|hash|approx_.*|dow|dayofweek|random|now|today")

DROPPING: Final = (
    "where", "group", "having", "distinct", "limit", "offset", "qualify", "joins", "laterals",
)  # fmt: skip

every_statement = pytest.mark.parametrize("name", sorted(STATEMENTS))
every_select = pytest.mark.parametrize("name", sorted(SELECTS))


def tree(name: str) -> exp.Query:
    statements = sqlglot.parse(STATEMENTS[name], dialect="duckdb")
    assert len(statements) == 1
    assert isinstance(statements[0], exp.Query)
    return statements[0]


def functions(statement: exp.Expr) -> set[str]:
    """Return every function's name, as it is written and as sqlglot understands it."""
    found = statement.find_all(exp.Func)
    return {
        (call.name if isinstance(call, exp.Anonymous) else call.sql_name()).lower()
        for call in found
    }


@every_statement
def test_every_statement_is_one_query(name: str) -> None:
    assert isinstance(tree(name), exp.Query)


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_first_line_names_the_table_and_says_what_a_row_is(name: str) -> None:
    assert re.match(rf"-- {re.escape(name)}: \S.{{10,}}\n", FILES[name])


@every_statement
def test_every_column_has_a_name(name: str) -> None:
    assert all(tree(name).named_selects)


@every_statement
def test_every_statement_stays_in_the_portable_subset(name: str) -> None:
    statement = tree(name)
    assert not [join for join in statement.find_all(exp.Join) if join.method == "ASOF"]
    assert not list(statement.find_all(exp.Pivot)), "PIVOT or UNPIVOT"
    assert not [star for star in statement.find_all(exp.Star) if star.args.get("replace")]
    assert not [a for a in statement.find_all(exp.ArrayAgg) if a.find(exp.Order)], "ordered list"
    banned = {found for found in functions(statement) if BANNED_FUNCTIONS.fullmatch(found)}
    assert not banned


@pytest.mark.parametrize("name", [n for n in sorted(STATEMENTS) if MONEY.search(STATEMENTS[n])])
def test_money_is_never_divided_and_never_a_float(name: str) -> None:
    statement = tree(name)
    assert not list(statement.find_all(exp.Div)), "a quotient of decimals is a float"
    types = {cast.to.this for cast in statement.find_all(exp.Cast)}
    assert not types & {exp.DataType.Type.DOUBLE, exp.DataType.Type.FLOAT}
    numbers = [n for n in statement.find_all(exp.Literal) if n.is_number]
    assert not [n.name for n in numbers if "." in n.name or "e" in n.name.lower()]


@every_select
def test_a_reader_cannot_drop_or_multiply_a_row(name: str) -> None:
    statement = tree(name)
    assert isinstance(statement, exp.Select)
    for select in statement.find_all(exp.Select):
        for clause in DROPPING:
            assert not select.args.get(clause), f"{name} has {clause.upper()}"
    assert not list(statement.find_all(exp.Explode, exp.Unnest, exp.Lateral)), "rows out of a list"
    assert {table.name for table in statement.find_all(exp.Table)} == {"export"}


@pytest.mark.parametrize("name", sorted(REWRITES))
def test_a_lever_never_says_what_it_saves(name: str) -> None:
    assert not [column for column in tree(name).named_selects if MONEY.search(column)]


def test_no_statement_is_forgotten() -> None:
    assert len(FILES) > 30
    assert len(SELECTS) == len(list(readers.registry()))
