"""Labels of sections: kept in the index in the source language, shown in the reader's."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.utils.translation import gettext, override

from corpus_app.catalog.models import Section

# A heading is shown in one line of a path.
_LABEL_LENGTH: Final = 60


def make_label(section: Section) -> str:
    """Return marker and heading, or the part's name in the source language, to be indexed."""
    label = f"{section.marker}{section.heading}"
    if not label:
        # One index serves readers of every language, whoever published the speech.
        with override(None):
            label = str(section.get_kind_display())
    return label if len(label) <= _LABEL_LENGTH else f"{label[: _LABEL_LENGTH - 1]}…"


def translate_label(label: str) -> str:
    """Return an indexed label as the reader sees it: names of parts in the reader's language."""
    return gettext(label) if label in _list_part_names() else label


@cache
def _list_part_names() -> frozenset[str]:
    with override(None):
        return frozenset(str(name) for name in Section.Kind.labels)
