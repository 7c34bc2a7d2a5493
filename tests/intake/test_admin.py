"""The administration."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.themes.models import SectionTheme, Theme, ThemePin, ThemeTerm
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.intake.people import enter

pytestmark = pytest.mark.django_db

MODELS = [model for model in admin.site._registry if model._meta.app_label != "admin"]
# What the program makes for itself, and what has pages of our own.
INTERNALS = (
    *("minhashband", "sampledshingle", "textsignature", "pendingindexing", "marker", "doubt"),
    *("doubtreason", "section", "gap", "mention", "sectiontheme", "sitepage", "batchfile"),
    *("theme", "themeterm", "slogan", "sloganvariant", "registrychange", "registryeffect"),
    *("user", "group", "totpdevice", "staticdevice", "activity", "session", "apitoken"),
)


@pytest.fixture
def chief() -> Client:
    theme = Theme.objects.create(slug="a", name="代表家站")
    ThemeTerm.objects.create(theme=theme, text="代表", weight=3)
    first = store(WORK_CONFERENCE, "a.txt")
    ThemePin.objects.create(theme=theme, speech=first, decision="pin")
    return enter("admin")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_has_lists_filters_and_search(model) -> None:  # type: ignore[no-untyped-def]
    site = admin.site._registry[model]
    assert site.search_fields
    assert len(site.list_display) > 1


def find_list(model: type[Model]) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


def test_every_list_can_be_opened_and_searched_and_every_row_seen(chief: Client) -> None:
    for model in MODELS:
        base = find_list(model)
        assert chief.get(base).status_code == 200, base
        assert chief.get(base, {"q": "代表"}).status_code == 200, base
        row = model.objects.first()
        if row is not None:
            assert chief.get(f"{base}{row.pk}/change/").status_code == 200, base


def test_a_longer_list_asks_no_more_queries(
    chief: Client, django_assert_max_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    store(TRAINING, "b.txt")
    store(WORK_CONFERENCE.replace("二十二", "二十三"), "a.txt")
    for model in MODELS:
        with django_assert_max_num_queries(20, info=model.__name__):
            chief.get(find_list(model))


def test_what_was_received_or_parsed_cannot_be_changed(chief: Client) -> None:
    for name in ("revision", "upload"):
        model = apps.get_model("catalog", name)
        base = find_list(model)
        assert chief.get(f"{base}add/").status_code == 403, name
        row = model.objects.first()
        if row is not None:
            assert chief.post(f"{base}{row.pk}/change/", {}).status_code == 403, name
            assert chief.post(f"{base}{row.pk}/delete/", {}).status_code == 403, name


@pytest.mark.parametrize(
    ("action", "status"), [("withdraw_chosen", "withdrawn"), ("publish_chosen", "published")]
)
def test_speeches_are_published_and_withdrawn_together(
    action: str, status: str, chief: Client
) -> None:
    store(TRAINING, "b.txt", draft=True)
    chosen = list(Speech.objects.values_list("pk", flat=True))
    posted = {"action": action, "_selected_action": chosen}
    chief.post("/admin/catalog/speech/", posted)
    assert set(Speech.objects.values_list("status", flat=True)) == {status}


def test_a_date_saved_by_hand_sets_the_period(chief: Client) -> None:
    speech = Speech.objects.get()
    posted = {"title": "新题目", "delivered": "2020-02", "level": "county", "genre": ""}
    response = chief.post(f"/admin/catalog/speech/{speech.pk}/change/", posted)
    assert response.status_code == 302
    speech.refresh_from_db()
    assert (speech.title, str(speech.date_end)) == ("新题目", "2020-02-29")


def test_a_pin_saved_by_hand_tags_at_once(chief: Client) -> None:
    speech = Speech.objects.get()
    theme = Theme.objects.create(slug="b", name="机关党建")
    posted = {"theme": theme.pk, "speech": speech.pk, "section_key": "", "decision": "pin"}
    chief.post("/admin/themes/themepin/add/", posted)
    assert SectionTheme.objects.filter(theme=theme).count() == 1
    pin = ThemePin.objects.get(theme=theme)
    chief.post(f"/admin/themes/themepin/{pin.pk}/delete/", {"post": "yes"})
    assert not SectionTheme.objects.filter(theme=theme).exists()


def test_no_internals_are_shown(chief: Client) -> None:
    index = chief.get("/admin/").content.decode()
    assert "/admin/catalog/speech/" in index
    assert not [name for name in INTERNALS if f"/{name}/" in index]
    assert not [word for word in ("指纹分段", "取样片段", "TOTP", "Static") if word in index]


def test_nothing_is_deleted_in_bulk(chief: Client) -> None:
    for model in MODELS:
        assert "delete_selected" not in chief.get(find_list(model)).content.decode(), model
    chosen = {"action": "delete_selected", "_selected_action": [Speech.objects.get().pk]}
    chief.post("/admin/catalog/speech/", chosen | {"post": "yes"})
    assert Speech.objects.count() == 1


def test_a_deleted_speech_leaves_its_file(chief: Client) -> None:
    speech = Speech.objects.get()
    upload = speech.revisions.get().upload
    chief.post(f"/admin/catalog/speech/{speech.pk}/delete/", {"post": "yes"})
    assert not Speech.objects.exists()
    upload.refresh_from_db()


def test_the_lists_speak_chinese_even_of_codes(chief: Client) -> None:
    Speech.objects.update(level="county", genre="")
    page = chief.get("/admin/catalog/speech/").content.decode()
    assert "言库管理" in page
    assert ">县级</a>" in page
    assert ">county</a>" not in page


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_link_to_another_model_is_named_in_chinese(model) -> None:  # type: ignore[no-untyped-def]
    # The history library names its own link to the user.
    links = [f for f in model._meta.fields if f.is_relation and f.name != "history_user"]
    assert [link.name for link in links if str(link.verbose_name).isascii()] == []
