"""The breakdown page: a table whose every figure leads to its places, and small multiples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.pages.queries import Option
from corpus_app.research.breakdown_chart import draw_breakdown
from corpus_app.research.breakdown_counts import (
    CellTable,
    choose_measure,
    link_figure,
    make_point,
    read_cells,
)
from corpus_app.research.charts import Panel
from corpus_app.research.points import measure_point, name_measures, show_value
from corpus_app.research.study_page import Select, StudyPages, carry_choices, tell_limits
from search import (
    FIELD_LABELS,
    KEYS,
    Breakdown,
    BreakdownRequest,
    GroupCounts,
    KeyValue,
    SearchRequest,
    answer_breakdown,
    export_breakdown,
)

# More than these are for the file: a page of them is no table to read.
MOST_ROWS: Final = 200
MOST_COLUMNS: Final = 12


@dataclass(frozen=True)
class BreakdownCell:
    """A figure of the table and the address of its places, "" where there are none."""

    shown: str
    url: str


@dataclass(frozen=True)
class ShownGroup:
    """A value of the first key with its cells, the last of them that of all its speeches.

    searched and characters are what was looked through, share that of the highest row, 0 to 100.
    """

    label: str
    cells: list[BreakdownCell]
    searched: int
    characters: int
    share: float = 0.0
    is_sum: bool = False


@dataclass(frozen=True)
class BreakdownPage:
    """A breakdown as it is shown; heads name the values of a second key."""

    answer: Breakdown
    heads: list[str]
    rows: list[ShownGroup]
    panels: list[Panel]
    measures: list[Option]
    remarks: list[str]
    is_empty: bool
    # A query without words has speeches all the same.
    counts_speeches: bool = True

    @property
    def has_gaps(self) -> bool:
        """Tell whether a chart has a value of which there is no text."""
        return any(panel.gaps for panel in self.panels)

    @property
    def measure_label(self) -> str:
        """Return what is counted."""
        return name_measures()[choose_measure(self.answer)]

    @property
    def key_label(self) -> str:
        """Return what the rows are."""
        return str(FIELD_LABELS[self.answer.request.by[0]])


def draw_page(answer: Breakdown) -> BreakdownPage:
    """Return the page of an answer."""
    cells = read_cells(answer)
    columns = _choose_columns(answer, cells)
    return BreakdownPage(
        answer=answer,
        heads=[value.label for value in columns],
        rows=_list_rows(answer, cells, columns),
        panels=draw_breakdown(answer, cells, columns),
        measures=_list_measures(answer.request),
        remarks=_list_remarks(answer, columns),
        is_empty=not answer.total.speeches,
    )


def _choose_columns(answer: Breakdown, cells: CellTable) -> list[KeyValue]:
    """Return the columns of a second key, the most frequent where there are too many."""
    if len(answer.axes) == 1:
        return []
    sums = answer.sums[1]
    found = [value for value in answer.axes[1] if sums[value.value].speeches]
    most = sorted(found, key=lambda value: -_weigh(sums[value.value]))[:MOST_COLUMNS]
    return [value for value in answer.axes[1] if value in most]


def _weigh(figures: GroupCounts) -> int:
    return figures.speeches if figures.occurrences is None else figures.occurrences


def _list_rows(answer: Breakdown, cells: CellTable, columns: list[KeyValue]) -> list[ShownGroup]:
    """Return the rows of the first key's values, and the one of all together."""
    own = answer.sums[0]
    shown = answer.axes[0][:MOST_ROWS]
    measure = choose_measure(answer)
    values = [measure_point(make_point(own[one.value]), measure) or 0.0 for one in shown]
    most = max(values, default=0.0)
    rows = []
    for value, height in zip(shown, values, strict=True):
        across = [
            _make_cell(answer, cells.get((value.value, other.value)), value, other)
            for other in columns
        ]
        figures = own[value.value]
        made = [*across, _make_cell(answer, figures, value)]
        share = round(100 * height / most, 1) if most else 0.0
        rows.append(
            ShownGroup(value.label, made, figures.searched, figures.characters, share=share)
        )
    return [*rows, _make_sum(answer, columns)]


def _make_sum(answer: Breakdown, columns: list[KeyValue]) -> ShownGroup:
    across = [_make_cell(answer, answer.sums[1][one.value], one) for one in columns]
    made = [*across, _make_cell(answer, answer.total)]
    return ShownGroup(_("合计"), made, answer.total.searched, answer.total.characters, is_sum=True)


def _make_cell(answer: Breakdown, figures: GroupCounts | None, *places: KeyValue) -> BreakdownCell:
    measure = choose_measure(answer)
    shown = show_value(measure_point(make_point(figures), measure), measure)
    return BreakdownCell(shown, link_figure(answer, figures, *places))


def _list_measures(request: BreakdownRequest) -> list[Option]:
    return [
        Option(label, request.measure == each, "?" + request.to_querystring(measure=each))
        for each, label in name_measures().items()
    ]


def _list_remarks(answer: Breakdown, columns: list[KeyValue]) -> list[str]:
    remarks = tell_limits(answer.total.occurrences or 0, answer.total.speeches)
    if not answer.has_key and answer.total.speeches:
        remarks.append(_("检索式里没有可以数出次数的词语，只计篇数。"))
    if answer.overlaps:
        remarks.append(_("一篇讲话可以有几个主题，每个主题下各算一次，所以各行之和大于合计。"))
    if len(answer.axes[0]) > MOST_ROWS:
        words = _("表中只列前 %(shown)d 行，另有 %(hidden)d 行请导出查看。")
        hidden = len(answer.axes[0]) - MOST_ROWS
        remarks.append(words % {"shown": MOST_ROWS, "hidden": hidden})
    if columns and len(columns) < len(answer.axes[1]):
        words = _("表中只列出现最多的 %(shown)d 列，共 %(all)d 列，全部请导出查看。")
        remarks.append(words % {"shown": len(columns), "all": len(answer.axes[1])})
    return remarks


def offer_choices(asked: BreakdownRequest) -> dict[str, object]:
    """Return the fields of the form, and an example where nothing is asked."""
    keys = [(key, str(FIELD_LABELS[key])) for key in KEYS]
    second = asked.by[1] if len(asked.by) > 1 else ""
    others = [("", _("不再分")), *((key, word) for key, word in keys if key != asked.by[0])]
    example = BreakdownRequest(SearchRequest(text="监督"), by=("year", "level"))
    return {
        "selects": [
            Select("by", _("分组"), asked.by[0], keys),
            Select("by", _("再按"), second, others),
        ],
        "carried": carry_choices(asked, "by"),
        "example": "?" + example.to_querystring(),
    }


BREAKDOWN: Final = StudyPages(
    name="breakdown",
    named="分布",
    answer=answer_breakdown,
    draw=draw_page,
    export=export_breakdown,
    offer=offer_choices,
)
