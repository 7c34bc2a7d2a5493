"""What lists show many times over, written as HTML at once: a page has hundreds of each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any, Final

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, pgettext

from corpus_app.pages.queries import CountedChoice
from corpus_app.pages.typesetting.markup import CITE_MORE
from corpus_app.text.excerpts import MarkedText

register = template.Library()
_LONGEST_STEP: Final = 28


@register.filter
def marked(pieces: Iterable[MarkedText]) -> SafeString:
    """Return the pieces of an excerpt as escaped HTML, the marked ones as marks."""
    return SafeString(
        "".join(
            f"<mark>{escape(piece.text)}</mark>" if piece.marked else escape(piece.text)
            for piece in pieces
        )
    )


@register.filter
def steps(path: Iterable[Any]) -> SafeString:
    """Return the headings above a passage (steps with a label, or words), the topmost first."""
    labels = (getattr(step, "label", step) for step in path)
    return SafeString(
        "".join(f'<span class="step">{escape(_shorten(label))}</span>' for label in labels)
    )


def _shorten(label: str) -> str:
    return label if len(label) <= _LONGEST_STEP else label[: _LONGEST_STEP - 1] + "…"


@register.simple_tag
def passage_tools(
    speech_id: int, key: str = "", start: int | None = None, end: int | None = None
) -> SafeString:
    """Return the links that cite and gather a section, or characters of a text.

    Scripts turn them into one-click copying and gathering.
    """
    asked = f"&amp;section={escape(key)}" if key else ""
    if start is not None:
        asked += f"&amp;start={start}&amp;end={end}"
    address = f"{_find_citing(get_script_prefix())}?speech={speech_id}{asked}"
    return SafeString(
        f'<span class="passage-tools ui"><a href="{address}" rel="nofollow" data-cite>'
        f'{_("引用")}</a>{CITE_MORE}<a href="{address}#gather" rel="nofollow" data-gather>'
        f"{pgettext('action', '摘编')}</a></span>"
    )


@cache
def _find_citing(_prefix: str) -> str:
    return reverse("cite")


@register.filter
def counted_choices(choices: Iterable[CountedChoice]) -> SafeString:
    """Return the choices of a filter as items of a list, each with its count."""
    return SafeString("".join(map(_write_choice, choices)))


def _write_choice(choice: CountedChoice) -> str:
    current, said = "", ""
    if choice.selected:
        current = ' aria-current="true"'
        words = _("（已选，点击去掉）")
        said = f'<span class="visually-hidden">{words}</span>'
    return (
        f'<li><a href="{escape(choice.url)}" rel="nofollow"{current}>{escape(choice.label)}{said}'
        f'</a> <span class="number faint">{choice.count:,}</span></li>\n'
    )
