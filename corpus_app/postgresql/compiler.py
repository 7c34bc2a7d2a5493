"""Queries written as SQLite would read them; Django looks for these classes by their names."""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.postgresql import compiler
from django.db.models import Count, Func, IntegerField, JSONField
from django.db.models.expressions import Col, ColPairs, OrderBy, Ref
from django.db.models.fields.json import ContainedBy, DataContains, HasKeyLookup, KeyTransform
from django.db.models.functions import Left, LPad, Repeat, Right, Substr
from django.db.models.lookups import BuiltinLookup, IsNull
from django.db.models.sql.compiler import SQLAggregateCompiler, SQLDeleteCompiler, SQLUpdateCompiler
from django.db.models.sql.constants import LOUTER
from django.db.models.sql.where import AND, WhereNode

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]
# Functions of texts that take no number of 64 bits, as which all columns of numbers are kept.
_OF_PLACES: Final = (Left, LPad, Repeat, Right, Substr)
# What looks into JSON, whose columns are texts.
_INTO_JSON: Final = (ContainedBy, DataContains, HasKeyLookup, KeyTransform)
# Escapes that JSON allows and jsonb does not: NUL, and half of a pair.
_REFUSED: Final = (
    r"(?<!\\)((?:\\\\)*)(?:\\u0000|\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]..)"
)
_AS_JSONB: Final = rf"regexp_replace({{}}, '{_REFUSED}', '\1\\ufffd', 'g')::jsonb"


def _shorten_numbers(function: Func) -> Func:
    shortened = function.copy()
    shortened.set_source_expressions(
        [
            Func(source, template="(%(expressions)s)::integer", output_field=IntegerField())
            if isinstance(source.output_field, IntegerField)
            else source
            for source in function.get_source_expressions()
        ]
    )
    return shortened


def _leaves_out_empty(where: WhereNode, column: Col) -> bool:
    """Return whether all rows that meet the conditions have a value in the column, for certain."""
    if where.connector != AND or (where.negated and len(where.children) > 1):
        return False
    for child in where.children:
        if isinstance(child, WhereNode):
            found = not where.negated and _leaves_out_empty(child, column)
        elif isinstance(child, IsNull):
            found = child.lhs == column and bool(child.rhs) is where.negated
        else:
            # Nothing compares with what is empty.
            compared = isinstance(child, BuiltinLookup) and child.lhs == column
            found = compared and not where.negated
        if found:
            return True
    return False


class SQLCompiler(compiler.SQLCompiler):
    """Orders what is empty before all else, and behind it where the order is turned round."""

    # How many questions into JSON one is in.
    _keys = 0

    def compile(self, node: Any) -> Any:
        """Return the SQL of an expression and its parameters."""
        if isinstance(node, OrderBy) and self._leaves_open(node):
            node = node.copy()
            node.nulls_last = True if node.descending else None
            node.nulls_first = None if node.descending else True
        if isinstance(node, _OF_PLACES):
            node = _shorten_numbers(node)
        keys = isinstance(node, _INTO_JSON)
        self._keys += keys
        try:
            sql, params = super().compile(node)
        finally:
            self._keys -= keys
        if self._keys and isinstance(node, Col) and isinstance(node.target, JSONField):
            sql = _AS_JSONB.format(sql)
        return sql, params

    def get_select_for_update_of_arguments(self) -> list[str]:
        """Lock rows of the model itself: what is joined may be none, and no none can be locked."""
        if self.query.select_for_update_of or self.klass_info is None:
            of: list[str] = super().get_select_for_update_of_arguments()
            return of
        return [self.quote_name_unless_alias(self.query.get_initial_alias())]

    def _leaves_open(self, order: OrderBy) -> bool:
        if order.nulls_first or order.nulls_last:
            return False
        source: Any = order.expression
        if isinstance(source, Ref):
            (source,) = source.get_source_expressions()
        if isinstance(source, Col):
            # An index gives what has no empty values in either order.
            table = self.query.alias_map.get(source.alias)
            may_be_empty = source.target.null or getattr(table, "join_type", None) == LOUTER
            return may_be_empty and not _leaves_out_empty(self.query.where, source)
        return not isinstance(source, ColPairs | Count)


class SQLInsertCompiler(compiler.SQLInsertCompiler):
    """Sends many rows as arrays, whose types bear no order."""

    def assemble_as_sql(self, fields: Any, value_rows: Any) -> Any:
        """Return placeholders and parameters."""
        placeholders, params = super().assemble_as_sql(fields, value_rows)
        if isinstance(placeholders, compiler.InsertUnnest):
            bare = [one.replace(' COLLATE "C"', "") for one in placeholders]
            placeholders = compiler.InsertUnnest(bare)
        return placeholders, params
