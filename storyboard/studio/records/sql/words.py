"""What the statements share, and what databases call by other names. Knows no table of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    Table,
    Text,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from storyboard.studio.records.sql.tables import ROWID

ZERO: ColumnElement[int] = literal_column("0")
ONE: ColumnElement[int] = literal_column("1")
EMPTY: ColumnElement[str] = literal_column("''")


class instr(GenericFunction[int]):
    """Where in a text another one begins: 0 for nowhere."""

    inherit_cache = True


class later(GenericFunction[float]):
    """The greater of two times."""

    inherit_cache = True


class clock(GenericFunction[float]):
    """What time it is where the database is, in unix seconds."""

    inherit_cache = True


class json_each(GenericFunction[str]):
    """The items of a JSON list of texts, a row each."""

    inherit_cache = True


@compiles(json_each, "postgresql")
def _items(element: json_each, compiler: SQLCompiler, **settings: Any) -> str:
    [text] = element.clauses
    return f"json_array_elements_text(CAST({compiler.process(text, **settings)} AS JSON))"


@compiles(clock)
def _julian(element: clock, compiler: SQLCompiler, **settings: Any) -> str:
    del element, compiler, settings
    return "(julianday('now') - 2440587.5) * 86400.0"


@compiles(clock, "postgresql")
def _epoch(element: clock, compiler: SQLCompiler, **settings: Any) -> str:
    del element, compiler, settings
    return "CAST(extract(epoch FROM clock_timestamp()) AS DOUBLE PRECISION)"


@compiles(instr, "postgresql")
def _strpos(element: instr, compiler: SQLCompiler, **settings: Any) -> str:
    return f"strpos{compiler.process(element.clause_expr, **settings)}"


@compiles(later)
def _max(element: later, compiler: SQLCompiler, **settings: Any) -> str:
    return f"max{compiler.process(element.clause_expr, **settings)}"


@compiles(later, "postgresql")
def _greatest(element: later, compiler: SQLCompiler, **settings: Any) -> str:
    return f"greatest{compiler.process(element.clause_expr, **settings)}"


def items_of(text: ColumnElement[str]) -> ColumnElement[str]:
    """Return the column of a JSON list's items."""
    return json_each(text).table_valued("value").c.value


def given(table: Table, name: str, column: str = "") -> BindParameter[Any]:
    """Return a value that is given by name, of the type that a column has."""
    return bindparam(name, type_=table.c[column or name].type)


def is_owners(table: Table) -> ColumnElement[bool]:
    """Return whether a row is the given user's."""
    return (table.c.partner_id == given(table, "partner_id")) & (
        table.c.user_id == given(table, "user_id")
    )


def begins(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Return whether a text begins with the one that is given by name."""
    start = bindparam(name, type_=Text())
    return func.substr(column, ONE, func.length(start)) == start


def has_id(table: Table) -> ColumnElement[bool]:
    """Return whether a row is the one with the given id."""
    return table.c.id == given(table, "id")


def count_of(table: Table) -> Select[Any]:
    """Return the statement that counts rows."""
    return select(func.count().label("count")).select_from(table)


def newest(table: Table) -> tuple[ColumnElement[Any], ...]:
    """Return the order in which the row that was made last is the first."""
    return table.c.created_at.desc(), age_of(table).desc()


def columns_of(table: Table) -> list[ColumnElement[Any]]:
    """Return the columns that rows are read with."""
    return [column for column in table.c if column.name != ROWID]


def age_of(table: FromClause) -> ColumnElement[int]:
    """Return what is the greater the later a row was added."""
    return table.c[_age(table)]


def ages_of(table: FromClause) -> list[ColumnElement[int]]:
    """Return the same for an order, none of a table whose rows have no age."""
    return [table.c[name] for name in ("seq", ROWID) if name in table.c]


def _age(table: FromClause) -> str:
    return "seq" if "seq" in table.c else ROWID


def added(table: Table, *names: str, **fixed: ColumnElement[Any]) -> Insert:
    """Return the statement that adds a row of the given values, as the latest.

    PostgreSQL's `INSERT` is one that SQLite has word by word.
    """
    return insert(table).values(_values(table, names, fixed)).inline()


def added_below(
    counted: Select[Any], table: Table, *names: str, **fixed: ColumnElement[Any]
) -> Insert:
    """Return the same for a row that is added where fewer than `most` are counted."""
    values = _values(table, names, fixed)
    few = counted.scalar_subquery() < bindparam("most", type_=BigInteger())
    labelled = [value.label(name) for name, value in values.items()]
    return insert(table).from_select([*values], select(*labelled).where(few))


def _values(
    table: Table, names: Iterable[str], fixed: Mapping[str, ColumnElement[Any]]
) -> dict[str, ColumnElement[Any]]:
    """Return what a new row has.

    Writes are one at a time: see `Store.write`. No sequence has to be kept in step with rows that
    a snapshot brings back.
    """
    values: dict[str, ColumnElement[Any]] = {name: given(table, name) for name in names}
    if "seq" in table.c or ROWID in table.c:
        before = table.alias("before")
        last = func.coalesce(func.max(age_of(before)), ZERO)
        values[_age(table)] = select(last + ONE).scalar_subquery()
    return values | dict(fixed)
