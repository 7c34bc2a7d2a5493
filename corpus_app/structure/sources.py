"""Where copied words come from, in a line that goes along with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech

# Turns a path of the site into a whole address, as HttpRequest.build_absolute_uri does.
Locate = Callable[[str], str]
_UNITS: Final = "年月日"
_INNER_MARKS: Final = str.maketrans("《》", "〈〉")


def name_source(speech: Speech, address: str) -> str:
    """Return title, body, date and address in one line: 《…》，…，2023年5月6日，https://…"""
    # Inside 《》 stand 〈〉 (GB/T 15834).
    title = f"《{speech.title.translate(_INNER_MARKS)}》"
    if speech.title_inferred:
        title += _("（标题系代拟）")
    parts = [title, str(speech.organisation or ""), _spell_date(speech.date), address]
    return "，".join(part for part in parts if part)


def link_place(revision: Revision, key: str) -> str:
    """Return the path that leads to the section even after the speech has a new revision."""
    if not key:
        return revision.speech.get_absolute_url()
    path = reverse("section", args=[revision.speech_id, key])
    return f"{path}?rev={revision.number}"


def add_source(words: str, source: str, *, has_gap: bool) -> str:
    """Return the words with their source below, and with a notice where text is missing."""
    notice = [_("［原文此处有缺失］")] if has_gap else []
    return "\n".join([words, *notice, f"（{source}）"])


def _spell_date(value: str) -> str:
    # What is copied goes into a Chinese text, whatever language the pages are shown in.
    parts = value.split("-") if value else []
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, _UNITS, strict=False))
