"""Citations of a speech, a section or chosen words, as the pages give them."""

from __future__ import annotations

import json

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop
from ninja import Query, Router

from corpus_app.api.parameters import CitationAsked
from corpus_app.api.problems import ProblemError
from corpus_app.api.schemas.vocabularies import CitationForm, CitationOut
from corpus_app.desk.citation import format_author_date, make_speech_item
from corpus_app.desk.citing import Options, describe_speech, list_passage_notices, write_forms
from corpus_app.desk.passages import (
    AskedPassage,
    MissingPassageError,
    Passage,
    PassageError,
    find_passage,
)

router = Router(tags=[gettext_noop("引用")])


@router.get(
    "/citations",
    response=CitationOut,
    summary=gettext_noop("引用格式"),
    description=gettext_noop(
        "讲话、章节或一段文字的各种引用格式（GB/T 7714、脚注、Markdown、BibTeX、RIS、CSL-JSON）。"
    ),
)
def cite(request: HttpRequest, asked: Query[CitationAsked]) -> CitationOut:
    """Answer with every form of citation of a passage."""
    passage = find_asked(asked)
    permalink = request.build_absolute_uri(reverse("permalink", args=[passage.code]))
    accessed = timezone.localdate().isoformat()
    options = Options(edition=asked.edition, style=asked.style)
    forms = write_forms(passage, permalink, accessed, options)
    record = describe_speech(passage.speech, accessed=accessed, permalink=permalink)
    item = make_speech_item(record)
    return CitationOut(
        speech=passage.speech.pk,
        revision=passage.revision.number,
        section=passage.key or None,
        start=passage.start,
        end=passage.end,
        title=passage.speech.title,
        path=list(passage.path),
        words=passage.words,
        notices=list_passage_notices(passage),
        permalink=permalink,
        in_text=format_author_date(item, edition=asked.edition),
        forms=[CitationForm(form=one.key, label=one.label, text=one.text) for one in forms],
        csl=next(json.loads(one.text) for one in forms if one.key == "csl-json"),
    )


def find_asked(asked: CitationAsked) -> Passage:
    """Return the published passage that is asked for."""
    if (asked.start is None) != (asked.end is None):
        raise ProblemError("passage", _("起止位置（start、end）须同时给出。"))
    if asked.start is not None and asked.end is not None and asked.start >= asked.end:
        raise ProblemError("passage", _("起点须在终点之前。"))
    wanted = AskedPassage(asked.speech, asked.section, asked.start, asked.end, asked.revision)
    try:
        return find_passage(wanted, AnonymousUser())
    except PassageError as error:
        raise ProblemError("passage", str(error)) from error
    except MissingPassageError:
        raise Http404 from None
