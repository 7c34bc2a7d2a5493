"""Reads: published speeches in their current text, by what the pages are filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OrderBy,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    Window,
)
from django.db.models.functions import Length, Replace, RowNumber

from corpus_app.catalog.kept import keep_answers
from corpus_app.catalog.models import Section, Speech
from corpus_app.slogans.models import Mention, ParallelSentence, Slogan
from corpus_app.themes.models import SectionTheme

MANY_MEMBERS: Final = 5
FRAME: Final = (Section.Kind.OPENING, Section.Kind.CLOSING)
NEWEST: Final = (F("date_start").desc(nulls_last=True), OrderBy(F("pk"), descending=True))
_SPEECH: Final = "revision__speech"


def list_chosen(chosen: Mapping[str, Any]) -> QuerySet[Speech]:
    """Return the published speeches of the chosen theme, occasion, genre, level and year."""
    fields = {"year": "date_start__year", "genre": "genre", "level": "level"}
    speeches: QuerySet[Speech] = Speech.objects.narrow(
        **{field: [chosen[name]] for name, field in fields.items() if name in chosen}
    )
    for word in chosen.get("occasion", "").split():
        speeches = speeches.filter(Q(occasion__contains=word) | Q(title__contains=word))
    if "theme" in chosen:
        tags = SectionTheme.objects.about().filter(theme__slug=chosen["theme"])
        speeches = speeches.filter(current__in=tags.values("section__revision"))
    return speeches


def list_outlined(chosen: Mapping[str, Any]) -> QuerySet[Any, int]:
    """Return the ids of the chosen speeches that have points, in the order asked for."""
    roots = _list_points()
    speeches = list_chosen(chosen).filter(Exists(roots))
    # Counting is for those who ask: it reads every speech's outline.
    if {"min_points", "max_points"} & set(chosen) or chosen.get("sort") == "points":
        counted = roots.values("revision").annotate(count=Count("pk")).values("count")
        speeches = speeches.annotate(points=Subquery(counted))
    if {"min_chars", "max_chars"} & set(chosen) or chosen.get("sort") in {"long", "short"}:
        speeches = speeches.annotate(chars=Subquery(_list_ends()))
    for name in ("points", "chars"):
        for bound, test in (("min", "gte"), ("max", "lte")):
            if f"{bound}_{name}" in chosen:
                speeches = speeches.filter(**{f"{name}__{test}": chosen[f"{bound}_{name}"]})
    if "theme" in chosen and not chosen.get("sort"):
        return _sort_by_theme(speeches, chosen["theme"])
    by = {"long": "-chars", "short": "chars", "points": "-points"}.get(chosen.get("sort", ""))
    order = (by, *NEWEST) if by else NEWEST
    return speeches.order_by(*order).values_list("pk", flat=True)


def _list_points() -> QuerySet[Section]:
    roots = Section.objects.filter(revision=OuterRef("current"), depth=0)
    return roots.exclude(kind__in=FRAME).order_by()


def _list_ends() -> QuerySet[Section, Any]:
    # The roots cover the text, so the last one ends where the text does; measuring the
    # text itself would read every character of the corpus.
    roots = Section.objects.filter(revision=OuterRef("current"), depth=0)
    return roots.order_by("-position").values("end")[:1]


def _sort_by_theme(speeches: QuerySet[Speech], slug: str) -> QuerySet[Any, int]:
    # Grown from the tags: a sum asked for speech by speech takes seconds on 5,000 speeches.
    tags = SectionTheme.objects.about().filter(
        theme__slug=slug, section__revision__in=speeches.values("current")
    )
    speech = f"section__{_SPEECH}"
    newest = F(f"{speech}__date_start").desc(nulls_last=True)
    summed = tags.values(speech).annotate(strength=Sum("score"))
    return summed.order_by("-strength", newest, f"-{speech}").values_list(speech, flat=True)


def list_frame_parts(kind: str, chosen: Mapping[str, Any]) -> QuerySet[Section, int]:
    """Return the ids of the chosen speeches' openings (or closings), the newest first."""
    speeches = list_chosen(chosen)
    return (
        Section.objects.filter(kind=kind, depth=0, revision__in=speeches.values("current"))
        .order_by(F(f"{_SPEECH}__date_start").desc(nulls_last=True), f"-{_SPEECH}", "position")
        .values_list("pk", flat=True)
    )


def list_parallel_mentions(chosen: Mapping[str, Any]) -> QuerySet[Mention]:
    """Return where parallel phrases stand: in chosen speeches, on sections with the theme."""
    others = {name: value for name, value in chosen.items() if name != "theme"}
    speeches = list_chosen(others)
    mentions = Mention.objects.filter(
        slogan__kind=Slogan.Kind.PARALLEL, revision__in=speeches.values("current")
    )
    if "theme" in chosen:
        tags = SectionTheme.objects.about().filter(theme__slug=chosen["theme"])
        mentions = mentions.filter(section__in=tags.values("section"))
    return mentions


def list_parallel_sentences(chosen: Mapping[str, Any]) -> QuerySet[ParallelSentence]:
    """Return the parallel sentences of chosen speeches, on sections about the theme, newest first.

    They come with section, speech and text, so take a page of them.
    """
    others = {name: value for name, value in chosen.items() if name != "theme"}
    sentences = ParallelSentence.objects.filter(revision__in=list_chosen(others).values("current"))
    if "theme" in chosen:
        tags = SectionTheme.objects.about().filter(theme__slug=chosen["theme"])
        sentences = sentences.filter(section__in=tags.values("section"))
    if "words" in chosen:
        sentences = sentences.filter(words__contains=chosen["words"])
    sentences = sentences.filter(_ask_members(chosen))
    return (
        sentences.select_related(
            "section", "revision__speech__organisation", "revision__speech__speaker"
        )
        .defer("revision__raw", "revision__removed")
        .order_by(F(f"{_SPEECH}__date_start").desc(nulls_last=True), f"-{_SPEECH}", "start")
    )


def list_parallels(chosen: Mapping[str, Any]) -> QuerySet[Slogan, Any]:
    """Return the phrases that stand in the chosen speeches, the most used first.

    Each carries mention_count, speech_count and member_count.
    """
    phrases = Slogan.objects.filter(mentions__in=list_parallel_mentions(chosen).order_by())
    counted = phrases.annotate(
        mention_count=Count("mentions"),
        speech_count=Count("mentions__revision__speech", distinct=True),
        member_count=_count_members(),
    )
    if "words" in chosen:
        counted = counted.filter(text__contains=chosen["words"])
    return counted.filter(_ask_members(chosen)).order_by("-mention_count", "text")


def _ask_members(chosen: Mapping[str, Any]) -> Q:
    """Return the condition for the number of members asked for; MANY_MEMBERS means more, too."""
    number = int(chosen.get("members") or 0)
    if number >= MANY_MEMBERS:
        return Q(member_count__gte=number)
    return Q(member_count=number) if number else Q()


def _count_members() -> ExpressionWrapper:
    bare: Any = F("text")
    for comma in "、，,":
        bare = Replace(bare, Value(comma), Value(""))
    return ExpressionWrapper(Length("text") - Length(bare) + Value(1), output_field=IntegerField())


def list_newest_mentions(
    chosen: Mapping[str, Any], slogan_ids: Iterable[int], each: int
) -> QuerySet[Mention]:
    """Return up to each mentions of every slogan in the newest of the chosen, with their text."""
    newest = _find_newest(tuple(chosen.items()), tuple(slogan_ids), each)
    return (
        Mention.objects.filter(pk__in=newest)
        .select_related("section", "revision__speech__organisation", "revision__speech__speaker")
        .defer("revision__raw", "revision__removed")
        .order_by("slogan", *_list_newest())
    )


@keep_answers
def _find_newest(
    chosen: tuple[tuple[str, Any], ...], slogan_ids: tuple[int, ...], each: int
) -> list[int]:
    place = Window(RowNumber(), partition_by=F("slogan"), order_by=_list_newest())
    placed = list_parallel_mentions(dict(chosen)).filter(slogan__in=slogan_ids)
    found = placed.annotate(place=place).filter(place__lte=each)
    return list(found.values_list("pk", flat=True))


def _list_newest() -> list[OrderBy]:
    return [
        F(f"{_SPEECH}__date_start").desc(nulls_last=True),
        F(_SPEECH).desc(),
        F("start").asc(),
    ]
