"""Whoosh's fields for Haystack's: words by our segmenter, nothing stored twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from haystack.constants import DJANGO_CT, ID
from haystack.exceptions import SearchBackendError
from haystack.fields import FacetField
from whoosh import fields
from whoosh.analysis import Analyzer, RegexTokenizer, Token
from whoosh.columns import NumericColumn

from search.analysis.words import cut_for_index, cut_words

# Parts the values of a multi-value field; it stands in no text, a comma may.
SEPARATOR: Final = "\x1f"
# The object's key as a number, so that scores of all hits are told without reading them.
KEY: Final = "django_key"
_NUMERIC: Final[dict[str, type]] = {"integer": int, "float": float}


class WordAnalyzer(Analyzer):
    """The words of search.analysis with true positions and character offsets.

    In mode "query" inner words are left out, so that a query word is one term.
    """

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Token]:
        """Yield one token object again and again, as Whoosh's own analyzers do."""
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        words = cut_words(value) if mode == "query" else cut_for_index(value)
        for word in words:
            token.text = word.text
            token.boost = 1.0
            token.stopped = False
            if keeporiginal:
                token.original = value[word.start : word.end]
            if positions:
                token.pos = start_pos + word.position
            if chars:
                token.startchar = start_char + word.start
                token.endchar = start_char + word.end
            yield token


def build_schema(search_fields: Mapping[str, Any]) -> tuple[str, fields.Schema]:
    """Return the name of the document field and the schema for Haystack's fields."""
    document = [each.index_fieldname for each in search_fields.values() if each.document]
    if not document:
        raise SearchBackendError("No search index has a document field.")
    # The identifier says of which row the document is.
    columns = {ID: fields.ID(stored=True, unique=True), DJANGO_CT: fields.ID()}
    columns[KEY] = fields.COLUMN(NumericColumn("q"))
    for each in search_fields.values():
        columns[each.index_fieldname] = _make_field(each)
    return document[0], fields.Schema(**columns)


def _make_field(field: Any) -> fields.FieldType:
    if field.is_multivalued:
        return _make_multivalue(field)
    if field.field_type in ("date", "datetime"):
        return fields.DATETIME(stored=field.stored, sortable=True)
    if field.field_type in _NUMERIC:
        numtype = _NUMERIC[field.field_type]
        # One term for each value: nobody asks the engine for ranges of numbers.
        return fields.NUMERIC(
            numtype=numtype, stored=field.stored, signed=True, sortable=True, shift_step=0
        )
    if field.field_type == "boolean":
        return fields.BOOLEAN(stored=field.stored)
    if isinstance(field, FacetField):
        return fields.ID(sortable=True)
    # Without positions: the engine ranks words, exact strings are the arrays' business.
    return fields.TEXT(
        analyzer=field.analyzer or WordAnalyzer(),
        phrase=False,
        stored=field.stored,
        field_boost=field.boost,
    )


def _make_multivalue(field: Any) -> fields.FieldType:
    column = fields.KEYWORD(stored=True, scorable=True, field_boost=field.boost)
    column.analyzer = RegexTokenizer(rf"[^{SEPARATOR}]+")
    return column
