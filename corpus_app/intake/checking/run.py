"""All checks in order; the index last, for the other repairs change what it must hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from django.db import DatabaseError, InterfaceError

import search
from corpus_app.intake.checking.database import check_database, report_damage
from corpus_app.intake.checking.finding import Finding
from corpus_app.intake.checking.lost_decisions import check_lost_decisions, check_lost_pins
from corpus_app.intake.checking.lost_words import check_lost_words
from corpus_app.intake.checking.replaced_speeches import check_replaced_speeches
from corpus_app.intake.checking.speeches import check_speeches
from corpus_app.intake.checking.uploads import check_uploads
from corpus_app.intake.indexing import index_pending
from corpus_app.outages import describe_outage, name_outage


class Check(Protocol):
    """Yields what differs in one area, mended with repair."""

    def __call__(self, *, repair: bool) -> Iterator[Finding]: ...


# Of packages above this one, which add theirs when the program starts.
_FURTHER: Final[list[Check]] = []


def add_check(check: Check) -> None:
    """Have check_everything make this check too."""
    if check not in _FURTHER:
        _FURTHER.append(check)


def check_everything(*, repair: bool = False) -> Iterator[Finding]:
    """Yield every difference between uploads, database and index; mend them with repair."""
    for check in _list_checks():
        try:
            yield from check(repair=repair)
        except (DatabaseError, InterfaceError) as error:
            if (outage := name_outage(error)) is not None:
                # Nothing is damaged, and nothing else can be found now.
                yield Finding("database", "database_unreachable", describe_outage(outage))
                return
            # A page that only this check reads; the others may still find something.
            yield report_damage(error)


def _list_checks() -> list[Check]:
    return [
        check_database,
        check_uploads,
        *_FURTHER,
        check_lost_decisions,
        check_lost_pins,
        check_replaced_speeches,
        check_speeches,
        check_lost_words,
        check_search_index,
    ]


def check_search_index(*, repair: bool) -> Iterator[Finding]:
    """Yield where the index differs from the published speeches; with repair, index again."""
    before = search.check_index()
    left = before
    if before and repair:
        try:
            left = _repair_index(before)
        except search.EngineUnreachableError:
            left = search.check_index()
    if repair:
        index_pending()
    for difference in before:
        yield Finding(
            "index",
            difference.kind,
            difference.message,
            difference.speech_id,
            repaired=repair and difference not in left,
        )


def _repair_index(found: list[search.Difference]) -> list[search.Difference]:
    """Index again what differs, everything where that does not do; return what still differs."""
    single = [each.speech_id for each in found if each.speech_id is not None]
    if len(single) == len(found):
        search.index_speeches(single)
        left = search.check_index()
        if not left:
            return left
    search.rebuild_index()
    return search.check_index()
