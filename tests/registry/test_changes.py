"""Changes of themes and slogans: the preview is what happens, and one undo is the way back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, strategies as st

from corpus_app.registry.models import RegistryChange
from corpus_app.registry.planning import Asked
from corpus_app.registry.running import NothingAskedError
from corpus_app.slogans.mentions import record_all
from corpus_app.slogans.models import Slogan
from corpus_app.themes.models import Theme
from corpus_app.themes.tagging import retag_all
from tests.registry.corpus import (
    ask_slogan,
    ask_theme,
    measure,
    read_mentions,
    read_registry,
    read_tags,
    save,
    store_corpus,
    undo,
)
from tests.thoroughness import draw

pytestmark = pytest.mark.django_db

# Words that stand in the texts, alone, inside one another and across; and one that does not.
WORDS = (
    *("代表家站", "代表", "人大", "人大工作", "学习", "机关", "作风建设", "民生实事", "站点"),
    *("群众", "把学习成果", "选举法", "走访", "最大公约数", "脚印", "代表 家站"),
)
WORDINGS = (
    *("四个机关", "民有所呼、我有所应", "脚踏实地", "代表家站", "全县人大工作", "办实事、求实效"),
    *("全“过程”人民民主", "勤走访", "人大工作会议"),
)
terms = st.dictionaries(
    st.sampled_from(WORDS), st.tuples(st.sampled_from((1.0, 2.0, 3.0)), st.booleans()), max_size=5
)
slugs = st.sampled_from(("stations", "training", "work"))
texts = st.sampled_from(("四个机关", "一步一个脚印"))
asks = st.one_of(
    st.tuples(st.just("theme"), st.none() | slugs, terms),
    st.tuples(st.just("theme-merge"), slugs, slugs),
    st.tuples(st.just("theme-retire"), slugs, st.none()),
    st.tuples(
        st.just("slogan"),
        st.none() | texts,
        st.tuples(st.sampled_from(WORDINGS), st.lists(st.sampled_from(WORDINGS), max_size=2)),
    ),
    st.tuples(st.just("slogan-merge"), texts, texts),
    st.tuples(st.just("slogan-retire"), texts, st.none()),
)


def find_asked(act: str, name: str | None, values: Any) -> Asked | None:
    """Return the asking that was drawn, None where a form would refuse it."""
    if act == "theme":
        theme = Theme.objects.get(slug=name) if name else None
        listed = [[text, weight, out] for text, (weight, out) in values.items()]
        return ask_theme(theme, terms=listed)
    if act == "slogan":
        text, variants = values
        slogan = Slogan.objects.get(text=name) if name else None
        taken = Slogan.objects.filter(text=text).exclude(pk=slogan.pk if slogan else 0)
        registered = Slogan.objects.filter(registered=True, text__in=[text, *variants])
        if (slogan and taken.exists()) or registered.exclude(text=name or "").exists():
            return None
        wanted = [one for one in dict.fromkeys(variants) if one not in (text, name)]
        return ask_slogan(slogan, text=text, variants=wanted)
    model: Any = Theme if act.startswith("theme") else Slogan
    field = "slug" if act.startswith("theme") else "text"
    asked = {"act": act, "id": model.objects.get(**{field: name}).pk}
    if values is None:
        return asked
    other = model.objects.get(**{field: values}).pk
    return None if other == asked["id"] else asked | {"into": other}


def read_effects(change: RegistryChange) -> set[tuple[Any, ...]]:
    """Return what the preview says, slogans by their words, for new ones have no id yet."""
    rows = change.effects.exclude(kind="other").values_list(
        "subject", "name", "section_id", "kind", "before", "after"
    )
    return {(name if subject[0] == "s" else subject, *rest) for subject, name, *rest in rows}


def compare_tags(before: set[Any], after: set[Any]) -> set[tuple[Any, ...]]:
    """Return what a preview should have said, from all tags before and after, one by one."""
    about = [{(tag[0], tag[1]) for tag in tags if tag[5] == "about"} for tags in (before, after)]
    stood = [{(tag[0], tag[1]): tag[5] for tag in tags} for tags in (before, after)]
    return {
        (f"theme:{theme}", section, kind, *(one.get((theme, section), "") for one in stood))
        for kind, places in (("gained", about[1] - about[0]), ("lost", about[0] - about[1]))
        for theme, section in places
    }


def find_new_theme(rows: set[Any]) -> set[tuple[Any, ...]]:
    """Return the effects with the id that a new theme has got."""
    newest = Theme.every.order_by("-pk").values_list("pk", flat=True)[0]
    return {(f"theme:{newest}" if row[0] == "theme:-1" else row[0], *row[1:]) for row in rows}


@draw(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=asks)
def test_the_preview_is_what_happens_and_undo_is_as_before(drawn: Any, corpus: None) -> None:
    with transaction.atomic():
        asked = find_asked(*drawn)
        if asked is not None:
            compare_with_brute_force(asked)
        transaction.set_rollback(True)


def compare_with_brute_force(asked: Asked) -> None:
    registry, tags, mentions = read_registry(), read_tags(), read_mentions()
    try:
        change = measure(asked)
    except NothingAskedError:
        return
    told = read_effects(change)
    assert (registry, tags, mentions) == (read_registry(), read_tags(), read_mentions())
    save(change)
    saved_tags, saved_mentions = read_tags(), read_mentions()
    # The oracle: everything is looked through once more, whatever the change's words are.
    assert retag_all() == []
    assert record_all() == []
    names = dict(Slogan.objects.values_list("pk", "text"))
    moved = {
        (names[place[0]], place[2], kind, "", "")
        for kind, places in (
            ("gained", saved_mentions - mentions),
            ("lost", mentions - saved_mentions),
        )
        for place in places
    }
    assert find_new_theme(told) == compare_tags(tags, saved_tags) | moved
    undo(change)
    assert (registry, tags, mentions) == (read_registry(), read_tags(), read_mentions())


@pytest.fixture
def corpus() -> None:
    store_corpus()
