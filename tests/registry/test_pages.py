"""The editors' pages of themes and slogans."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from corpus_app.access.models import Activity
from corpus_app.catalog.registry import read_registry as read_registry_file
from corpus_app.intake.importing.shipped import locate_fixture
from corpus_app.registry import running
from corpus_app.registry.forms import ThemeForm, write_theme
from corpus_app.registry.models import RegistryChange
from corpus_app.registry.slogan_form import SloganForm, write_slogan
from corpus_app.slogans.models import Slogan
from corpus_app.slogans.registry import load_slogans
from corpus_app.themes.models import SectionTheme, Theme
from corpus_app.themes.registry import load_themes
from corpus_app.themes.tagging import retag_all
from tests.intake.people import enter
from tests.registry.corpus import read_registry, read_tags, store_corpus

pytestmark = pytest.mark.django_db

SOURCED = {
    "standard": "落实四项承诺，接受监督",
    "source_document": "蒲原市代表工作条例",
    "source_place": "第九条第二款",
    "source_date": "2021-03",
    "source_quote": "代表应当落实“四项承诺”、接受监督。",
    "sourced": "on",
}


@pytest.fixture
def editor() -> Client:
    store_corpus()
    return enter("editor")


def read_form(client: Client, address: str) -> dict[str, Any]:
    """Return what a browser would send of the form at the address, untouched."""
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in sent.items() if value is not None and value is not False}


def post_form(client: Client, address: str, **values: Any) -> Any:
    return client.post(address, read_form(client, address) | values, follow=True)


def take_step(client: Client, action: str, number: int | None = None) -> Any:
    change = number or RegistryChange.objects.latest("pk").pk
    return client.post(f"/intake/registry/changes/{change}/run/", {"action": action}, follow=True)


def read_words(answer: Any) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", answer.content.decode()))


def edit_stations(client: Client, **values: Any) -> Any:
    theme = Theme.objects.get(slug="stations")
    return post_form(client, f"/intake/registry/themes/{theme.pk}/", **values)


def test_a_theme_is_changed_previewed_saved_and_undone(editor: Client) -> None:
    before = read_registry(), read_tags()
    shown = edit_stations(editor, names="作风建设\n民生实事", name="家站", hints="")
    said = read_words(shown)
    assert "预览：主题“家站”" in said
    assert "stations·名称stations家站" in said
    assert "主题词代表家站（3）（去掉）" in said
    assert "主题词作风建设（3）" in said
    assert "…一是改进作风" in said or "作风建设" in said
    assert (read_registry(), read_tags()) == before
    saved = take_step(editor, "save")
    assert "已保存" in read_words(saved)
    theme = Theme.objects.get(slug="stations")
    assert (theme.name, theme.former_names) == ("家站", ["stations"])
    tagged = SectionTheme.objects.about().filter(theme=theme)
    assert {tag.evidence[0][0] for tag in tagged} <= {"作风建设", "民生实事", "票决"}
    recorded = Activity.objects.filter(kind="vocabulary").values_list("username", "subject")
    assert list(recorded) == [("editor", "主题“家站”")]
    assert "已撤销" in read_words(take_step(editor, "undo"))
    assert (read_registry(), read_tags()) == before


def test_a_killed_tagging_goes_on_and_pages_say_so_meanwhile(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = Theme.objects.get(slug="stations")
    edit_stations(editor, names="作风建设")
    change = RegistryChange.objects.get()
    monkeypatch.setattr(running, "PORTION", 1)
    running.save_change(change, None)
    # One text is done, then the process ends: what comes next knows the database alone.
    running.tag_portion(change)
    assert change.seen == 1
    for address in ("/themes/", "/themes/stations/", "/slogans/"):
        assert "正在重新标注" in read_words(editor.get(address)), address
    assert "已查1/2篇" in read_words(editor.get("/intake/registry/themes/"))
    assert "已查1/2篇" in read_words(editor.get(change.get_absolute_url()))
    while running.work_off():
        pass
    change.refresh_from_db()
    assert (change.state, change.seen) == ("applied", 2)
    assert retag_all() == []
    assert SectionTheme.objects.filter(theme=theme).exists()
    assert "正在重新标注" not in read_words(editor.get("/themes/stations/"))


def test_what_two_editors_send_at_once_does_not_overwrite(editor: Client) -> None:
    theme = Theme.objects.get(slug="stations")
    address = f"/intake/registry/themes/{theme.pk}/"
    opened = read_form(editor, address)
    edit_stations(editor, description="先存的说明")
    take_step(editor, "save")
    answer = editor.post(address, opened | {"name": "后到的名称"})
    assert answer.status_code == 422
    said = read_words(answer)
    assert "已被别人改动" in said
    assert "现有内容：先存的说明" in said
    assert RegistryChange.objects.count() == 1
    # Having seen it, the second editor decides; what was sent stands in the form still.
    sent = answer.context["form"]
    again = {name: sent[name].value() for name in sent.fields if sent[name].value() is not None}
    shown = editor.post(address, again | {"description": "先存的说明"}, follow=True)
    assert "名称stations后到的名称" in read_words(shown)
    assert "先存的说明" not in read_words(shown)


def test_a_preview_of_another_registry_is_not_saved(editor: Client) -> None:
    edit_stations(editor, names="作风建设")
    first = RegistryChange.objects.get()
    slogan = Slogan.objects.get(text="一步一个脚印")
    post_form(editor, f"/intake/registry/slogans/{slogan.pk}/", note="另一位编辑所记")
    take_step(editor, "save")
    before = read_registry()
    assert "预览已过时" in read_words(take_step(editor, "save", first.pk))
    assert read_registry() == before
    page = read_words(editor.get(first.get_absolute_url()))
    assert "下面的数字已过时" in page
    assert "保存并重新标注" not in page
    take_step(editor, "again", first.pk)
    take_step(editor, "save", first.pk)
    first.refresh_from_db()
    assert first.state == "applied"


def test_what_was_changed_since_is_not_undone_over(editor: Client) -> None:
    edit_stations(editor, description="第一次")
    take_step(editor, "save")
    first = RegistryChange.objects.get()
    edit_stations(editor, description="第二次")
    take_step(editor, "save")
    page = read_words(editor.get(first.get_absolute_url()))
    assert "请先撤销后面的改动" in page
    take_step(editor, "undo", first.pk)
    assert Theme.objects.get(slug="stations").description == "第二次"
    take_step(editor, "undo")
    take_step(editor, "undo", first.pk)
    assert Theme.objects.get(slug="stations").description == ""


BROKEN_THEMES: list[tuple[dict[str, str], str]] = [
    ({"name": " "}, "这个字段是必填项"),
    ({"names": "代表家站\n党"}, "“党”只有一个字"),
    ({"names": "代表家站\n代表 家站"}, "视为相同"),
    ({"names": "代表家站", "hints": "代表家站"}, "写了两遍"),
    ({"names": "代表家站", "excluded": "代表家站"}, "写了两遍"),
    ({"names": "代表家站 12"}, "权重应大于0"),
    ({"name": "training"}, "已有主题“training”"),
    ({"names": "代" * 61}, "超过60字"),
]
BROKEN_SLOGANS: list[tuple[dict[str, str], str]] = [
    ({"text": "实"}, "只有一个字"),
    ({"text": "“四个机关”"}, "已登记在“四个机关”之下"),
    ({"text": "四项承诺", "variants": "四個機關"}, "已登记在“四个机关”之下"),
    ({"text": "四项承诺", "variants": "四项承诺"}, "写了两遍"),
    ({"text": "四项承诺", "standard": "落实四项承诺"}, "出处文件的正式名称"),
    ({"text": "四项承诺", **SOURCED, "standard": "落实五项承诺"}, "没有这一表述"),
    ({"text": "四项承诺", **SOURCED, "source_place": ""}, "条款、段落，或者网址"),
    ({"text": "四项承诺", **SOURCED, "source_date": "去年"}, "日期写作"),
    ({"text": "四项承诺", "successor": "四个机关"}, "新旧两条都须有"),
    ({"text": "四项承诺", "successor": "没有的"}, "没有登记这一提法"),
]


def test_what_would_break_the_registry_is_refused_and_told(editor: Client) -> None:
    before = read_registry()
    themes = [(edit_stations(editor, **values), told) for values, told in BROKEN_THEMES]
    address = "/intake/registry/slogans/new/"
    slogans = [
        (editor.post(address, {"kind": "quoted", **values}), told)
        for values, told in BROKEN_SLOGANS
    ]
    untold = [
        told
        for answer, told in (*themes, *slogans)
        if answer.status_code != 422 or told not in read_words(answer)
    ]
    assert untold == []
    assert read_registry() == before
    assert not RegistryChange.objects.exists()


def test_a_standard_wording_is_read_back_with_its_source(editor: Client) -> None:
    values = {"text": "四项承诺", "kind": "counted", **SOURCED}
    editor.post("/intake/registry/slogans/new/", values)
    take_step(editor, "save")
    slogan = Slogan.objects.get(text="四项承诺")
    assert slogan.standard_wording == SOURCED["standard"]
    said = read_words(editor.get(slogan.get_absolute_url()))
    assert "蒲原市代表工作条例第九条第二款2021年3月" in said


def test_a_word_that_is_everywhere_is_warned_of_with_the_number(editor: Client) -> None:
    said = read_words(edit_stations(editor, names="代表\n法律\n学习\n工作"))
    assert re.search(r"将见于2篇，占全库的100%", said)


def test_merging_and_retiring_lead_on_and_come_back(editor: Client) -> None:
    before = read_registry(), read_tags()
    theme, into = Theme.objects.get(slug="stations"), Theme.objects.get(slug="training")
    address = f"/intake/registry/themes/{theme.pk}/"
    shown = editor.post(address, {"action": "merge", "into": into.pk}, follow=True)
    assert "主题“stations”并入“training”" in read_words(shown)
    take_step(editor, "save")
    assert editor.get("/themes/stations/")["Location"] == "/themes/training/"
    assert "这一主题已并入“training”" in read_words(editor.get(address))
    take_step(editor, "undo")
    assert (read_registry(), read_tags()) == before
    editor.post(address, {"action": "retire"})
    take_step(editor, "save")
    assert not Theme.objects.filter(slug="stations").exists()
    editor.post(address, {"action": "revive"})
    take_step(editor, "save")
    assert read_tags() == before[1]


def test_the_form_comes_back_as_it_was_sent_and_discarding_forgets(editor: Client) -> None:
    theme = Theme.objects.get(slug="stations")
    shown = edit_stations(editor, names="作风建设", description="写了一半")
    change = RegistryChange.objects.get()
    back = f"/intake/registry/themes/{theme.pk}/?from={change.pk}"
    assert back in shown.content.decode()
    assert "写了一半" in editor.get(back).content.decode()
    take_step(editor, "discard")
    assert not RegistryChange.objects.exists()
    old = RegistryChange.objects.create(title="上月所看", state="prepared")
    saved = RegistryChange.objects.create(title="上月所存", state="applied")
    RegistryChange.objects.update(made_at=timezone.now() - timedelta(days=8))
    edit_stations(editor, description="另一稿")
    titles = set(RegistryChange.objects.values_list("title", flat=True))
    assert (old.title in titles, saved.title in titles) == (False, True)
    assert "写了一半" not in editor.get(back).content.decode()


def test_the_pages_ask_the_database_as_often_for_many_effects_as_for_few(
    editor: Client,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    edit_stations(editor, names="作风建设")
    change = RegistryChange.objects.get()
    with django_assert_max_num_queries(22):
        editor.get(change.get_absolute_url())
    for address in ("themes", "slogans", "changes"):
        with django_assert_max_num_queries(12, info=address):
            editor.get(f"/intake/registry/{address}/")


@pytest.mark.slow
def test_what_comes_with_the_product_can_be_opened_and_sent_back_untouched() -> None:
    load_themes(read_registry_file(locate_fixture("themes.json")))
    load_slogans(read_registry_file(locate_fixture("slogans.json")))
    changed = []
    things: list[tuple[str, Any, Any]] = [
        *(("theme", one, ThemeForm(write_theme(one), theme=one)) for one in Theme.objects.all()),
        *(
            ("slogan", one, SloganForm(write_slogan(one), slogan=one))
            for one in Slogan.objects.select_related("superseded_by")
        ),
    ]
    for act, thing, form in things:
        asked = {"act": act, "id": thing.pk}
        if not form.is_valid():
            changed.append((thing, form.errors.as_text()))
            continue
        before, after = running.make_plan(asked | {"values": form.read_values()}).list_changed()
        if before != after:
            changed.append((thing, str(after)))
    assert len(things) > 200
    assert changed == []
