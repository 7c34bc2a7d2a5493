"""What every row of an exported table says of its speech, whatever else the row shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.catalog.days import choose_day, name_day_kind
from corpus_app.catalog.limits import LEVEL_LABELS, PUBLIC
from corpus_app.catalog.models import Section, Speech
from corpus_app.ingest.vocabulary import label_genre, label_level
from corpus_app.themes.models import SectionTheme
from search.presentation.sheets import Cell
from search.query.values import COMPLETENESS

Row = TypeVar("Row")
# Rows whose speeches are read at a time, in three queries; databases limit their parameters.
_BATCH: Final = 500
# By how many numbers a date has: "2024", "2024-04", "2024-04-05".
_PRECISIONS: Final[tuple[str | Promise, ...]] = (
    gettext_lazy("年"),
    gettext_lazy("月"),
    gettext_lazy("日"),
)
_FIELDS: Final = (
    "level",
    "genre",
    "speaker__name",
    "organisation__name",
    "place",
    "source__name",
    "delivered",
    "published",
    "updated",
    "completeness",
    "title_inferred",
    "is_sample",
    "current__suspects",
    "access",
    "licence",
)


class RowPlace(NamedTuple):
    """A row's speech, and the key of its section, "" for the speech as a whole."""

    speech_id: int
    section_key: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A section of a speech, with the name of a theme where one is tagged."""

    start: int
    end: int
    theme: str = ""
    mentioned: bool = False


def list_speech_columns() -> list[str]:
    """Return the names of the columns, in the reader's language."""
    return [
        _("级别"),
        _("体裁"),
        _("讲话人"),
        _("单位"),
        _("地区"),
        _("来源"),
        _("主题"),
        _("仅提及的主题"),
        _("日期精度"),
        _("日期性质"),
        _("质量标记"),
        _("可见范围"),
        _("授权说明"),
    ]


def attach_speech_cells(
    rows: Iterable[Row], locate: Callable[[Row], RowPlace]
) -> Iterator[tuple[Row, list[Cell]]]:
    """Yield each row with its cells under list_speech_columns, a batch in memory at a time.

    A row of a section names what the section, one above or one below it is about, and apart
    what these only mention; a row of a whole speech all of the speech's. What is not known is an
    empty cell.
    """
    iterator = iter(rows)
    while batch := list(islice(iterator, _BATCH)):
        places = [locate(row) for row in batch]
        cells = _read_cells(set(places))
        yield from ((row, cells[place]) for row, place in zip(batch, places, strict=True))


def name_precision(date: str) -> str:
    """Return how precise a stored date is: 年, 月 or 日; 无日期 for none."""
    return str(_PRECISIONS[min(date.count("-"), 2)]) if date else _("无日期")


def _read_cells(places: set[RowPlace]) -> dict[RowPlace, list[Cell]]:
    speech_ids = {place.speech_id for place in places}
    speeches = {
        row["pk"]: row for row in Speech.objects.filter(pk__in=speech_ids).values("pk", *_FIELDS)
    }
    themes = _find_themes(places, speech_ids)
    return {place: _make_cells(speeches.get(place.speech_id), *themes[place]) for place in places}


def _make_cells(
    speech: dict[str, Any] | None, themes: list[str], mentioned: list[str]
) -> list[Cell]:
    if speech is None:
        return [""] * len(list_speech_columns())
    day = choose_day(speech["delivered"], speech["published"], speech["updated"])
    level, genre = label_level(speech["level"]), label_genre(speech["genre"])
    return [
        _(level) if level else "",
        _(genre) if genre else "",
        speech["speaker__name"] or "",
        speech["organisation__name"] or "",
        speech["place"],
        speech["source__name"] or "",
        _("、").join(themes),
        _("、").join(mentioned),
        name_precision(day.value),
        name_day_kind(day.kind),
        _("；").join(_list_flags(speech, day.kind)),
        str(LEVEL_LABELS[speech["access"]]) if speech["access"] != PUBLIC else "",
        speech["licence"],
    ]


def _list_flags(speech: dict[str, Any], day_kind: str) -> Iterator[str]:
    """Yield what whoever counts or quotes the speech must know."""
    if speech["completeness"] != Speech.Completeness.COMPLETE:
        yield _(COMPLETENESS[speech["completeness"]])
    if not day_kind:
        yield _("日期不详")
    elif day_kind != "delivered":
        yield _("日期系%(kind)s") % {"kind": name_day_kind(day_kind)}
    if speech["title_inferred"]:
        yield _("标题系代拟")
    kinds = [suspect["kind"] for suspect in speech["current__suspects"] or ()]
    if slips := len(kinds) - kinds.count("placeholder"):
        yield _("疑似差错 %(count)d 处") % {"count": slips}
    if "placeholder" in kinds:
        yield _("有字隐去")
    if speech["is_sample"]:
        yield _("示例文稿")


def _find_themes(
    places: set[RowPlace], speech_ids: set[int]
) -> dict[RowPlace, tuple[list[str], list[str]]]:
    """Return the themes each place is about and those only mentioned, in the registry's order."""
    tags: dict[int, list[_Stretch]] = {}
    tagged = SectionTheme.objects.exclude(bearing=SectionTheme.Bearing.CARRIED).filter(
        section__revision__speech__in=speech_ids,
        section__revision__speech__current=F("section__revision"),
    )
    columns = ("section__revision__speech", "section__start", "section__end", "theme__name")
    for speech, start, end, name, bearing in tagged.order_by("theme").values_list(
        *columns, "bearing"
    ):
        mentioned = bearing == SectionTheme.Bearing.MENTION
        tags.setdefault(speech, []).append(_Stretch(start, end, name, mentioned))
    sections = _find_sections({place for place in places if place.section_key})
    return {
        place: _part_themes(
            tag
            for tag in tags.get(place.speech_id, ())
            if not place.section_key or _is_nested(tag, sections.get(place))
        )
        for place in places
    }


def _part_themes(tags: Iterable[_Stretch]) -> tuple[list[str], list[str]]:
    """Return the names of the themes that are spoken of, and of those that are only mentioned."""
    listed = list(tags)
    about = dict.fromkeys(tag.theme for tag in listed if not tag.mentioned)
    mentioned = dict.fromkeys(tag.theme for tag in listed if tag.theme not in about)
    return list(about), list(mentioned)


def _is_nested(tag: _Stretch, section: _Stretch | None) -> bool:
    """Return whether one of the two lies in the other, as search has it."""
    if section is None:
        return False
    above = tag.start <= section.start and section.end <= tag.end
    return above or (section.start <= tag.start and tag.end <= section.end)


def _find_sections(places: set[RowPlace]) -> dict[RowPlace, _Stretch]:
    rows = Section.objects.filter(
        revision__speech__in={place.speech_id for place in places},
        revision__speech__current=F("revision"),
        key__in={place.section_key for place in places},
    ).order_by()
    found = rows.values_list("revision__speech", "key", "start", "end")
    return {RowPlace(speech, key): _Stretch(start, end) for speech, key, start, end in found}
