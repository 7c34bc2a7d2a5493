"""Passages that a speech shares with others, or with one."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from corpus_app.api.cursors import take_place, write_cursor
from corpus_app.api.links import link_next
from corpus_app.api.parameters import ReuseAsked
from corpus_app.api.schemas.reuse import (
    ReusedPassageOut,
    ReuseOut,
    ReuseShares,
    list_formulas,
)
from corpus_app.api.schemas.shared import StudiedCorpus
from corpus_app.catalog.models import Speech
from search import (
    LABELS,
    TOLD,
    LocatedReuse,
    ReusedPassage,
    compare_speeches,
    describe_rule,
    locate_in_speech,
    read_index_version,
    read_passages,
)

router = Router(tags=[gettext_noop("研究")])


@router.get(
    "/reuse",
    response=ReuseOut,
    summary=gettext_noop("与其他讲话相同的段落"),
    description=gettext_noop(
        "一篇讲话与其他讲话相同的段落，分借用、同出一源、短句相同、套语；"
        "给出 other 则逐段对照两篇，改动较多的也能找出。"
    ),
)
def reuse(request: HttpRequest, asked: Query[ReuseAsked]) -> ReuseOut:
    """Answer with a page of passages in the order of the speech."""
    speech = _find(asked.speech)
    scope = f"reuse {asked.speech} {asked.other} {asked.label}"
    first = take_place(asked.cursor, scope)
    located, passages = _read(speech, asked, first)
    total = len(located.list_rows(_choose(asked)))
    following = first + asked.limit
    cursor = write_cursor(scope, [following]) if following < total else None
    return ReuseOut(
        speech=speech.pk,
        other=asked.other,
        characters=len(located.text),
        total=total,
        labels={str(name): count for name, count in located.count_labels().items()},
        shares=ReuseShares(**{name: round(part, 4) for name, part in located.shares.items()}),
        items=[ReusedPassageOut.of(one) for one in passages],
        formulas=[] if first else list_formulas(located),
        left_out=located.found.left_out,
        rule=describe_rule(),
        next_cursor=cursor,
        next=link_next(request, cursor),
        corpus=StudiedCorpus.of(located.searched, read_index_version() or ""),
        stale=located.stale,
    )


def _read(
    speech: Speech, asked: ReuseAsked, first: int
) -> tuple[LocatedReuse, list[ReusedPassage]]:
    """Return what was found, and the passages of the page."""
    if asked.other is not None:
        pair = compare_speeches(speech, _find(asked.other)) if asked.other != speech.pk else None
        if pair is None:
            raise Http404
        chosen = [one for one in pair.passages if one.label in _choose(asked)]
        return pair.located, chosen[first : first + asked.limit]
    located = locate_in_speech(speech)
    if located is None:
        raise Http404
    rows = located.list_rows(_choose(asked))
    return located, read_passages(located, rows[first : first + asked.limit])


def _choose(asked: ReuseAsked) -> Sequence[str]:
    """Return the labels asked for; without any all, formulas for a pair alone."""
    return asked.label or (TOLD if asked.other is None else LABELS)


def _find(speech_id: int) -> Speech:
    found = Speech.objects.published().filter(pk=speech_id).first()
    if found is None:
        raise Http404
    return found
