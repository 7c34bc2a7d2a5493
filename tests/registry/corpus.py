"""A small corpus with a registry, and its rows as plain values; places and people are invented."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Q

from corpus_app.registry.models import RegistryChange
from corpus_app.registry.planning import Asked
from corpus_app.registry.rows import TABLES, Rows, read_rows
from corpus_app.registry.running import prepare_change, run, save_change, undo_change
from corpus_app.registry.slogan_plans import FIELDS as SLOGAN_FIELDS
from corpus_app.slogans.mentions import record_all
from corpus_app.slogans.models import Mention, Slogan, SloganVariant
from corpus_app.themes.models import SectionTheme, Theme, ThemePin, ThemeTerm
from corpus_app.themes.tagging import retag_all
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

TAG = ("theme_id", "section_id", "score", "evidence", "pinned", "bearing", "reason", "named_at")
PLACE = ("slogan_id", "revision_id", "section_id", "start", "end")


def store_corpus() -> None:
    """Store two published speeches and a draft, three themes, two slogans and two decisions."""
    stations = make_theme("stations", {"代表家站": 3, "票决": 2, "人大工作": 1})
    training = make_theme("training", {"培训班": 3, "代表法": 2, "学好法律": 3})
    make_theme("work", {"作风": 3, "党组": 2, "学习": 1, "民生实事": 3}, below=stations)
    organs = Slogan.objects.create(text="四个机关", kind="counted", registered=True)
    SloganVariant.objects.create(slogan=organs, text="让人民满意的机关")
    Slogan.objects.create(text="一步一个脚印", kind="quoted", registered=True)
    first = store(WORK_CONFERENCE, "a.txt")
    second = store(TRAINING, "b.txt", draft=True)
    ThemePin.objects.create(theme=training, speech=first, section_key="2", decision="pin")
    ThemePin.objects.create(theme=training, speech=second, section_key="1", decision="exclude")
    retag_all()
    record_all()


def make_theme(slug: str, terms: dict[str, float], below: Theme | None = None) -> Theme:
    """Return a new theme; a term's weight below 0 makes it one that does not count."""
    theme = Theme.objects.create(slug=slug, name=slug, parent=below)
    ThemeTerm.objects.bulk_create(
        ThemeTerm(theme=theme, text=text, weight=abs(weight), excluded=weight < 0)
        for text, weight in terms.items()
    )
    return theme


def ask_theme(theme: Theme | None, **values: Any) -> Asked:
    """Return the asking for new values of a theme; terms are (text, weight, excluded)."""
    kept: dict[str, Any] = {"slug": "new", "name": "新主题", "parent_id": None, "order": 0}
    kept |= {"description": "", "related": [], "terms": []}
    if theme is not None:
        terms = theme.terms.values_list("text", "weight", "excluded")
        kept |= {name: getattr(theme, name) for name in ("name", "parent_id", "order")}
        kept |= {"terms": [list(term) for term in terms]}
    return {"act": "theme", "id": theme.pk if theme else None, "values": kept | values}


def ask_slogan(slogan: Slogan | None, **values: Any) -> Asked:
    """Return the asking for new values of a slogan."""
    shown = slogan or Slogan(kind="quoted")
    kept: dict[str, Any] = {name: getattr(shown, name) for name in SLOGAN_FIELDS}
    kept["variants"] = [one.text for one in slogan.variants.all()] if slogan else []
    return {"act": "slogan", "id": slogan.pk if slogan else None, "values": kept | values}


def measure(asked: Asked) -> RegistryChange:
    """Return the change that was asked for, measured on the whole corpus."""
    change = prepare_change(asked, None)
    assert run(change, seconds=60)
    return change


def save(change: RegistryChange) -> None:
    """Save a change and tag all texts by it."""
    save_change(change, None)
    assert run(change, seconds=60)


def undo(change: RegistryChange) -> None:
    """Undo a change and tag all texts anew."""
    undo_change(change, None)
    assert run(change, seconds=60)


def read_registry() -> Rows:
    """Return all rows of the registry."""
    rows: Rows = {}
    for table in TABLES:
        rows |= read_rows(table, Q())
    return rows


def read_tags() -> set[tuple[Any, ...]]:
    """Return all tags with their evidence, without their ids."""
    rows = SectionTheme.objects.values_list(*TAG)
    return {(*row[:3], str(row[3]), *row[4:]) for row in rows}


def read_mentions() -> set[tuple[Any, ...]]:
    """Return all mentions, without their ids."""
    return set(Mention.objects.values_list(*PLACE))


def count_tags() -> Counter[tuple[str, int, int]]:
    """Return how sections stand to themes: ("theme:5", section id) by bearing."""
    return Counter(
        (f"theme:{theme}", section, bearing)
        for theme, section, bearing in SectionTheme.objects.values_list(
            "theme_id", "section_id", "bearing"
        )
    )
