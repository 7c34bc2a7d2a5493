"""How a query was read, in the words that search, concordance and trends share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from corpus_app.pages.queries import Option
from search import RunReading


@dataclass(frozen=True)
class ShownReading:
    """Sentences on runs that were read otherwise than typed, and the ways to choose from."""

    sentences: list[str]
    options: list[Option]


def show_reading(
    runs: Iterable[RunReading], match: str, link: Callable[[str], str]
) -> ShownReading:
    """Return how the runs were read; link gives the address of the same query read in a way.

    Without a run of several words there is nothing to choose.
    """
    runs = list(dict.fromkeys(runs))
    labels = {"auto": _("自动"), "exact": _("原文连续"), "words": _("各词都有")}
    options = [Option(label, match == way, link(way)) for way, label in labels.items()]
    sentences = [_spell(run) for run in runs]
    return ShownReading(sentences, options if runs or match != "auto" else [])


def _spell(run: RunReading) -> str:
    told = {
        ("exact", "found"): _("“%(text)s”按原文连续的字查。"),
        ("exact", "asked"): _("“%(text)s”按原文连续的字查。"),
        ("words", "asked"): _("“%(text)s”按各词都出现查，不要求连在一起。"),
        ("words", "question"): _("“%(text)s”是问句，查含有其中词语的，最切题的在前。"),
        ("words", "long"): _("“%(text)s”较长，查含有其中词语的，最切题的在前。"),
        ("words", "nowhere"): _("库中没有连续的“%(text)s”，改查含有其中词语的，最切题的在前。"),
        ("field", "nowhere"): _("正文里没有“%(text)s”，改按讲话人、单位、地区、来源、日期查。"),
    }[run.way, run.reason]
    return told % {"text": run.text}
