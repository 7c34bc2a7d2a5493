"""Where copied words come from, in a line that goes along with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.urls import reverse

from corpus_app.catalog.days import write_day
from corpus_app.catalog.models import Revision, Speech

# Turns a path of the site into a whole address, as HttpRequest.build_absolute_uri does.
Locate = Callable[[str], str]
# What is copied goes into a Chinese text, whatever language the pages are shown in.
SAMPLE_WARNING: Final = "示例文稿，内容均为虚构，不得引用为依据"
_INNER_MARKS: Final = str.maketrans("《》", "〈〉")


def name_source(speech: Speech, address: str) -> str:
    """Return title, speaker (else body), date and address in one line: 《…》，…，2023年5月6日，https://…

    The speech comes with speaker and organisation.
    """
    # Inside 《》 stand 〈〉 (GB/T 15834).
    title = f"《{speech.title.translate(_INNER_MARKS)}》"
    if speech.title_inferred:
        title += "（标题系代拟）"
    author = str(speech.speaker or speech.organisation or "")
    warning = SAMPLE_WARNING if speech.is_sample else ""
    parts = [title, author, write_day(speech.day), warning, address]
    return "，".join(part for part in parts if part)


def link_place(revision: Revision, key: str) -> str:
    """Return the path that leads to the section even after the speech has a new revision."""
    if not key:
        return revision.speech.get_absolute_url()
    path = reverse("section", args=[revision.speech_id, key])
    return f"{path}?rev={revision.number}"
