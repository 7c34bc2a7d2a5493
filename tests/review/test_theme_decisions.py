"""A theme on a section: pinned or excluded by an editor, and proposed for sections like it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from corpus_app.catalog.models import Speech
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.review.bulk.applying import apply_change, undo_change
from corpus_app.review.bulk.sections import prepare_sections
from corpus_app.review.models import BulkChange
from corpus_app.themes.models import SectionTheme, Theme, ThemePin, ThemeTerm
from corpus_app.themes.similarity import find_similar
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.intake.people import enter
from tests.intake.scraped import take

pytestmark = pytest.mark.django_db
HEADING = "改进作风"


@pytest.fixture
def editor_client() -> Client:
    return enter("editor")


@pytest.fixture
def theme(db: None) -> Theme:
    theme = Theme.objects.create(slug="conduct", name="作风建设")
    ThemeTerm.objects.create(theme=theme, text="改进作风", weight=3)
    return theme


@pytest.fixture
def speeches(theme: Theme) -> list[Speech]:
    """Two speeches with a section of one heading, and one without."""
    other = WORK_CONFERENCE.replace("青芜县", "芦汀县").replace("2023年5月6日", "2022年4月9日")
    other = other.replace("林知远", "周闻笛").replace("下到村组", "走到田头")
    return [store(WORK_CONFERENCE, "a.txt"), store(other, "b.txt"), store(TRAINING, "c.txt")]


def read_section(speech: Speech) -> str:
    speech.refresh_from_db()
    assert speech.current is not None
    return speech.current.sections.get(heading__contains=HEADING).key


def list_about(speech: Speech, theme: Theme) -> set[str]:
    tags = SectionTheme.objects.about().filter(theme=theme, section__revision=speech.current)
    return {tag.section.key for tag in tags.select_related("section")}


def decide(client: Client, speech: Speech, theme: Theme, action: str, base: int = 1) -> str:
    data = {"theme": theme.slug, "section": read_section(speech), "base": base, "action": action}
    return client.post(reverse("review_theme", args=[speech.pk]), data)["Location"]


def test_a_refusal_takes_the_theme_from_the_section_and_from_no_other(
    editor_client: Client, theme: Theme, speeches: list[Speech]
) -> None:
    first, second, _third = speeches
    assert read_section(first) in list_about(first, theme)
    where = decide(editor_client, first, theme, "exclude")
    assert list_about(first, theme) == set()
    assert read_section(second) in list_about(second, theme)
    assert where.startswith(reverse("theme_similar", args=[first.pk]))
    decide(editor_client, first, theme, "auto")
    assert read_section(first) in list_about(first, theme)


def test_sections_like_it_change_once_approved_and_one_undo_takes_it_back(
    editor_client: Client, theme: Theme, speeches: list[Speech]
) -> None:
    first, second, third = speeches
    page = editor_client.get(decide(editor_client, first, theme, "exclude")).content.decode()
    assert second.title in page
    assert third.title not in page
    assert second.current is not None
    similar = second.current.sections.get(key=read_section(second))
    data = {
        "theme": theme.slug,
        "section": read_section(first),
        "decision": "exclude",
        "similar": [str(similar.pk)],
    }
    answer = editor_client.post(reverse("theme_similar", args=[first.pk]), data)
    change = BulkChange.objects.get()
    assert answer["Location"] == change.get_absolute_url()
    preview = editor_client.get(answer["Location"]).content.decode()
    assert "作风建设" in preview
    assert read_section(second) in list_about(second, theme)
    assert apply_change(change)
    assert list_about(second, theme) == set()
    assert undo_change(change, None)
    assert read_section(second) in list_about(second, theme)
    assert list_about(first, theme) == set()


def test_a_pin_is_proposed_where_the_theme_is_not_yet(theme: Theme, speeches: list[Speech]) -> None:
    first, second, _third = speeches
    ThemeTerm.objects.all().delete()
    pinned = Theme.objects.create(slug="other", name="另一主题")
    assert first.current is not None
    section = first.current.sections.get(key=read_section(first))
    found = find_similar(section, pinned, "pin")
    assert (second.pk, read_section(second)) in {
        (one.section.revision.speech_id, one.section.key) for one in found
    }
    assert all(one.section.pk != section.pk for one in found)


def test_what_somebody_decided_is_not_proposed(theme: Theme, speeches: list[Speech]) -> None:
    first, second, _third = speeches
    assert first.current is not None
    section = first.current.sections.get(key=read_section(first))
    assert find_similar(section, theme, "exclude")
    ThemePin.objects.create(theme=theme, speech=second, decision="pin")
    assert find_similar(section, theme, "exclude") == []


def test_a_text_revised_after_the_preview_is_left_alone(
    theme: Theme, speeches: list[Speech]
) -> None:
    _first, second, _third = speeches
    assert second.current is not None
    section = second.current.sections.select_related("revision__speech").get(
        key=read_section(second)
    )
    change = prepare_sections(theme, "exclude", [section], "甲", None)
    revise_text(second, 1, [], [take(section.revision.raw, "每月开放两天，")])
    assert apply_change(change)
    assert change.items.get().state == "refused"
    assert not ThemePin.objects.exists()


def test_an_outdated_page_decides_nothing(
    editor_client: Client, theme: Theme, speeches: list[Speech]
) -> None:
    decide(editor_client, speeches[0], theme, "exclude", base=7)
    assert not ThemePin.objects.exists()


def test_the_theme_page_shows_mentions_apart_and_why(
    client: Client, theme: Theme, speeches: list[Speech]
) -> None:
    SectionTheme.objects.filter(section__revision=speeches[1].current).update(
        bearing="mention", reason=""
    )
    page = client.get(theme.get_absolute_url()).content.decode()
    assert "标题点明" in page
    assert speeches[1].title not in page
    apart = client.get(f"{theme.get_absolute_url()}?bearing=mention").content.decode()
    assert speeches[1].title in apart
    assert "排除这一节" not in page
