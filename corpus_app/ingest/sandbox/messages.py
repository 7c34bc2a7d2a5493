"""What goes into the sandbox for one file and what comes out of it, as JSON that is checked.

What a sandbox says is not believed blindly: each value is read by its type."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from corpus_app.ingest.draft import Draft, RefusalCode
from corpus_app.ingest.formats.extracted import Converted, Outside
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.removal_rules import RemovalRule
from corpus_app.ingest.site import SiteEvidence
from corpus_app.ingest.tables.rows import TableSheet

# Before a request: the bytes of its record, and of the file.
SIZES: Final = struct.Struct("!QQ")
# How a reader ended, as subprocess has it: a signal's number below zero.
EXIT_CODE: Final = struct.Struct("!i")
Record = TypeVar("Record")
Reader = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Request:
    """How to parse the bytes that follow; converted where an outside program made them."""

    name: str
    limits: Limits
    rules: list[RemovalRule]
    converted: Converted | None = None
    evidence: SiteEvidence | None = None
    # Of a table: what its columns may be called; null for a speech.
    heads: list[str] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One of: the draft, why there is none, who else may read the file, what went wrong.

    Of a table its sheets instead of a draft; scanned are pages that a recogniser may read besides.
    """

    draft: Draft | None = None
    refused: tuple[RefusalCode, str] | None = None
    handover: tuple[RefusalCode, str, Outside, str] | None = None
    fault: str | None = None
    sheets: list[TableSheet] | None = None
    scanned: list[int] = field(default_factory=list)


def write_record(record: object) -> bytes:
    """Return the dataclass with all that is in it as JSON; reading gives an equal one back.

    Lone surrogates are kept as they are, for JSON's escapes would join two of them to one.
    """
    line = json.dumps(record, ensure_ascii=False, default=_list_fields, separators=(",", ":"))
    return line.encode("utf-8", "surrogatepass")


def read_record(kind: type[Record], data: bytes) -> Record:
    """Return the dataclass of this kind in the bytes; raise ValueError for anything else."""
    try:
        value = json.loads(data.decode("utf-8", "surrogatepass"))
        read: Record = _make_reader(cast(Any, kind))(value)
    except (RecursionError, TypeError) as error:
        raise ValueError(str(error)) from error
    return read


def _list_fields(record: object) -> list[object]:
    if not is_dataclass(record):
        raise TypeError(f"no record: {type(record)}")
    return [getattr(record, field.name) for field in fields(record)]


@cache
def _make_reader(kind: Any) -> Reader:
    """Return what reads a value of a type: a plain one, a choice, a list, a record and so on."""
    if is_dataclass(kind):
        return _make_record_reader(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _make_test(lambda value: isinstance(value, str) and value in arguments, kind)
    if origin in (Union, UnionType):
        readers = [_make_reader(argument) for argument in arguments if argument is not NoneType]
        return lambda value: None if value is None else readers[0](value)
    if origin is list or (origin is tuple and arguments[-1] is Ellipsis):
        each = _make_reader(arguments[0])
        return lambda values: origin(map(each, _expect(values, list)))
    if origin is tuple:
        items = [_make_reader(argument) for argument in arguments]
        return lambda values: tuple(
            item(value) for item, value in zip(items, _expect(values, list), strict=True)
        )
    if origin is dict:
        each = _make_reader(arguments[1])
        return lambda values: {key: each(value) for key, value in _expect(values, dict).items()}
    return lambda value: _expect(value, kind)


def _make_record_reader(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    readers = [_make_reader(hints[field.name]) for field in fields(kind)]

    def read(values: Any) -> Any:
        listed = _expect(values, list)
        return kind(*(reader(value) for reader, value in zip(readers, listed, strict=True)))

    return read


def _make_test(test: Callable[[Any], bool], kind: Any) -> Reader:
    def read(value: Any) -> Any:
        if not test(value):
            raise ValueError(f"{kind} expected")
        return value

    return read


def _expect(value: Any, kind: type) -> Any:
    # By type and not by isinstance: a bool is no number here.
    if type(value) is not kind:
        raise ValueError(f"{kind} expected")
    return value
