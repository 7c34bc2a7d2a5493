"""The page of two speeches, sentence by sentence, with their numbers, parts and tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.catalog.addresses import link_speech
from corpus_app.ingest.outline.sections import OutlineSection
from corpus_app.pages.downloads import Download, list_downloads
from corpus_app.pages.queries import Option
from corpus_app.research.comparing.quantities import NumberPair
from corpus_app.research.comparing.rows import ROW_KINDS, ComparedRow, RowKind
from corpus_app.research.comparing.shown import (
    ShownComparedRow,
    ShownMatch,
    ShownNumber,
    ShownPart,
    ShownTask,
)
from corpus_app.research.comparing.speeches import ComparedSpeech, SpeechComparison
from corpus_app.research.comparing.tasks import Degree
from corpus_app.text.difference import DiffSpan, compare_with_numbers

View = Literal["rows", "numbers", "tasks", "parts"]
VIEWS: Final[dict[View, str | Promise]] = {
    "rows": gettext_lazy("逐句"),
    "numbers": gettext_lazy("数字"),
    "tasks": gettext_lazy("任务与回顾"),
    "parts": gettext_lazy("结构"),
}
KIND_NAMES: Final[dict[RowKind, str | Promise]] = {
    "kept": gettext_lazy("未改"),
    "reworded": gettext_lazy("改写"),
    "moved": gettext_lazy("移位"),
    "dropped": gettext_lazy("删去"),
    "new": gettext_lazy("新增"),
}
DEGREE_NAMES: Final[dict[Degree, str | Promise]] = {
    "close": gettext_lazy("很相近"),
    "alike": gettext_lazy("相近"),
    "slight": gettext_lazy("略相近"),
}
PER_PAGE: Final = 200
# A longer difference is no help: both stretches are shown whole.
_LONGEST: Final = 4_000
# Changed single characters between two changes are no words that stayed.
_LEAST_KEPT: Final = 2


@dataclass(frozen=True)
class ComparisonPage:
    """One view of a comparison; choices lead to the rows of a kind, tabs to the other views."""

    comparison: SpeechComparison
    view: View
    kind: str
    pager: Page[ComparedRow]
    rows: list[ShownComparedRow]
    tabs: list[Option]
    choices: list[Option]
    downloads: list[Download]
    notes: list[str]

    @property
    def querystring(self) -> str:
        """Return the parameters without the page."""
        return urlencode(_ask(self.view, self.kind))

    @property
    def numbers(self) -> list[ShownNumber]:
        """Return the numbers as they are shown."""
        return [show_number(self.comparison, one) for one in self.comparison.numbers]

    @property
    def tasks(self) -> list[ShownTask]:
        """Return the tasks as they are shown."""
        return list(_show_tasks(self.comparison))

    @property
    def ahead_named(self) -> bool:
        """Tell whether a heading of the first speech says that what follows lies ahead."""
        return self.comparison.first.has_named("outlook")

    @property
    def back_named(self) -> bool:
        """Tell whether a heading of the second speech says that what follows looks back."""
        return self.comparison.second.has_named("review")

    @property
    def parts(self) -> list[ShownPart]:
        """Return the parts as they are shown."""
        return list(_show_parts(self.comparison))


def read_view(params: Mapping[str, str]) -> View:
    """Return the view asked for, the rows by default."""
    return next((view for view in VIEWS if view == params.get("view")), "rows")


def read_kind(params: Mapping[str, str]) -> str:
    """Return the kind of rows asked for, "" for all."""
    asked = params.get("kind", "")
    return asked if asked in ROW_KINDS else ""


def choose_rows(comparison: SpeechComparison, kind: str) -> list[ComparedRow]:
    """Return the rows of a kind, all for ""."""
    return [row for row in comparison.texts.rows if not kind or row.kind == kind]


def build_comparison_page(
    comparison: SpeechComparison, params: Mapping[str, str]
) -> ComparisonPage:
    """Return the page that the parameters ask for: view, kind, page."""
    view, kind = read_view(params), read_kind(params)
    pager = Paginator(choose_rows(comparison, kind), PER_PAGE).get_page(params.get("page"))
    ids = [comparison.first.speech.pk, comparison.second.speech.pk]
    counts = comparison.texts.counts
    every = Option(f"{_('全部')} {sum(counts.values())}", not kind, "?")
    return ComparisonPage(
        comparison=comparison,
        view=view,
        kind=kind,
        pager=pager,
        rows=list(show_rows(comparison, list(pager.object_list))) if view == "rows" else [],
        tabs=[Option(str(name), one == view, f"?view={one}") for one, name in VIEWS.items()],
        choices=[
            every,
            *(
                Option(f"{KIND_NAMES[one]} {counts[one]}", one == kind, f"?kind={one}")
                for one in ROW_KINDS
                if counts[one]
            ),
        ],
        downloads=list_downloads(
            reverse("speech_comparison_export", args=ids), urlencode(_ask(view, kind))
        ),
        notes=comparison.list_notes(),
    )


def _ask(view: View, kind: str) -> dict[str, str]:
    asked = {"view": view if view != "rows" else "", "kind": kind if view == "rows" else ""}
    return {name: value for name, value in asked.items() if value}


def show_rows(
    comparison: SpeechComparison, rows: Sequence[ComparedRow]
) -> Iterator[ShownComparedRow]:
    """Yield the rows with what differs; where another part begins, with the names of both."""
    last: tuple[str, str] | None = None
    for row in rows:
        first, second = comparison.first, comparison.second
        parts = first.finder.find(row.first), second.finder.find(row.second)
        head = _name(parts[0]), _name(parts[1])
        begins = last is None or any(
            name and name != old for name, old in zip(head, last, strict=True)
        )
        last = tuple(n or o for n, o in zip(head, last or ("", ""), strict=True))  # type: ignore[assignment]
        spans = _compare(comparison, row)
        yield ShownComparedRow(
            row=row,
            name=KIND_NAMES[row.kind],
            first=tuple(span for span in spans if span.kind != "added"),
            second=tuple(span for span in spans if span.kind != "deleted"),
            first_url=link_stretch(first, row.first),
            second_url=link_stretch(second, row.second),
            head=head if begins and any(head) else None,
        )


def _compare(comparison: SpeechComparison, row: ComparedRow) -> tuple[DiffSpan, ...]:
    old, new = comparison.texts.cut_first(row), comparison.texts.cut_second(row)
    if row.first and row.second and len(old) + len(new) <= _LONGEST:
        return compare_with_numbers(old, new, _LEAST_KEPT)
    spans = (DiffSpan("deleted", old), DiffSpan("added", new))
    return tuple(span for span in spans if span.text)


def _name(part: OutlineSection | None) -> str:
    return part.name if part else ""


def link_stretch(side: ComparedSpeech, span: tuple[int, int] | None) -> str:
    """Return the address of a stretch of a speech, in the revision that was compared."""
    if span is None:
        return ""
    return link_speech(side.speech.pk, span=span, revision=side.revision)


def show_number(comparison: SpeechComparison, pair: NumberPair) -> ShownNumber:
    """Return two numbers with the change in words."""
    difference, growth = pair.difference, pair.growth
    sign = "+" if difference > 0 else ""
    change = _("不变")
    if difference and growth is not None:
        change = f"{sign}{growth:.1%}"
    elif difference:
        points = _("%(count)s 个百分点") % {"count": f"{sign}{difference.normalize():f}"}
        change = (
            points if pair.first.unit in ("%", "百分点") else f"{sign}{difference.normalize():f}"
        )
    return ShownNumber(
        name=pair.name,
        first=pair.first.text,
        second=pair.second.text,
        change=change,
        rises=difference > 0,
        falls=difference < 0,
        first_url=link_stretch(comparison.first, pair.first.span),
        second_url=link_stretch(comparison.second, pair.second.span),
    )


def _show_tasks(comparison: SpeechComparison) -> Iterator[ShownTask]:
    first, second = comparison.first, comparison.second
    for task in comparison.tasks:
        matches = [
            ShownMatch(
                second.text[slice(*one.span)],
                link_stretch(second, one.span),
                DEGREE_NAMES[one.degree],
            )
            for one in task.matches
        ]
        yield ShownTask(first.text[slice(*task.span)], link_stretch(first, task.span), matches)


def _show_parts(comparison: SpeechComparison) -> Iterator[ShownPart]:
    for pair in comparison.sections:
        page = 1 + (pair.row - 1) // PER_PAGE if pair.row else 1
        yield ShownPart(
            first=_name(pair.first),
            second=_name(pair.second),
            first_url=_link_part(comparison.first, pair.first),
            second_url=_link_part(comparison.second, pair.second),
            counts=[
                (KIND_NAMES[kind], pair.counts[kind]) for kind in ROW_KINDS if kind in pair.counts
            ],
            url=f"?page={page}#row-{pair.row}" if pair.row else "",
        )


def _link_part(side: ComparedSpeech, part: OutlineSection | None) -> str:
    return link_speech(side.speech.pk, part.key) if part else ""
