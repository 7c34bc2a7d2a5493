"""Loading the slogan registry."""

import copy
import json
from typing import Any

import pytest

from corpus_app.catalog.registry import read_told
from corpus_app.slogans.mentions import record_all
from corpus_app.slogans.models import Slogan, SloganVariant
from corpus_app.slogans.registry import load_slogans
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.places import ROOT

pytestmark = pytest.mark.django_db

ORGANS: dict[str, Any] = {
    "text": "四个机关",
    "kind": "counted",
    "members": ["政治机关", "权力机关", "工作机关", "代表机关"],
    "variants": ["四机关"],
    "standard": "建设“四个机关”",
    "source": {"document": "代表法", "quote": "自觉坚持", "date": "2025-03"},
    "sourced": True,
    "note": "",
}


def make_entries(**changes: Any) -> list[dict[str, Any]]:
    return [copy.deepcopy({**ORGANS, **changes})]


def test_a_slogan_comes_with_members_source_and_variants() -> None:
    assert load_slogans(make_entries())
    slogan = Slogan.objects.get()
    assert slogan.registered
    assert slogan.members == ORGANS["members"]
    assert (slogan.source_document, slogan.source_date) == ("代表法", "2025-03")
    assert [variant.text for variant in slogan.variants.all()] == ["四机关"]
    assert not load_slogans(make_entries())


def test_a_slogan_met_before_is_registered_and_keeps_its_mentions() -> None:
    store(WORK_CONFERENCE)
    met = Slogan.objects.get(text="四个机关")
    load_slogans(make_entries())
    met.refresh_from_db()
    assert met.registered
    assert met.members == ORGANS["members"]
    assert met.mentions.count() == 1


def test_a_variant_met_before_hands_its_mentions_over() -> None:
    store(WORK_CONFERENCE)
    load_slogans(make_entries(text="人大四个机关", variants=["四个机关"]))
    slogan = Slogan.objects.get(text="人大四个机关")
    assert slogan.mentions.count() == 1
    assert not Slogan.objects.filter(text="四个机关").exists()


def test_editors_changes_stay_and_the_rest_follows_the_file() -> None:
    load_slogans(make_entries())
    Slogan.objects.update(standard="编辑的写法")
    load_slogans(make_entries(standard="文件的新写法", note="新备注", variants=["四大机关"]))
    slogan = Slogan.objects.get()
    assert (slogan.standard, slogan.note) == ("编辑的写法", "新备注")
    assert [variant.text for variant in slogan.variants.all()] == ["四大机关"]
    Slogan.objects.all().delete()
    load_slogans(make_entries(note="又一备注"))
    assert not Slogan.objects.exists()


WRONG: dict[str, Any] = {
    "text": "把方向、管大局、促落实",
    "kind": "parallel",
    "members": [],
    "variants": ["把方向、管大局、保落实"],
    "standard": "把方向、管大局、促落实",
    "source": {"document": "工作条例", "quote": "把方向、管大局、保落实", "date": "2020-09"},
    "sourced": True,
    "note": "所引文件中的写法见异文。",
}
RIGHT: dict[str, Any] = {
    **WRONG,
    "text": "把方向、管大局、保落实",
    "formerly": "把方向、管大局、促落实",
    "variants": ["把方向、管大局、促落实"],
    "standard": "把方向、管大局、保落实",
    "note": "",
}


def store_both_wordings() -> None:
    store(
        "在全区人大工作会议上的讲话\n（2024年3月5日）\n李明\n同志们：\n"
        "要把方向、管大局、保落实。今后还要把方向、管大局、促落实。\n谢谢大家。"
    )


def test_a_corrected_wording_keeps_its_address_and_its_mentions() -> None:
    load_slogans([WRONG])
    store_both_wordings()
    before = Slogan.objects.get(text=WRONG["text"])
    mentions = set(before.mentions.values_list("pk", flat=True))
    assert len(mentions) == 2
    load_slogans([RIGHT])
    after = Slogan.objects.get(pk=before.pk)
    assert (after.text, after.standard, after.note) == (RIGHT["text"], RIGHT["standard"], "")
    assert [variant.text for variant in after.variants.all()] == RIGHT["variants"]
    assert set(after.mentions.values_list("pk", flat=True)) == mentions
    assert not Slogan.objects.filter(text=WRONG["text"]).exists()
    record_all()
    assert after.mentions.count() == 2
    assert Slogan.objects.filter(text__contains="把方向").count() == 1


def test_a_corrected_wording_leaves_what_an_editor_said() -> None:
    load_slogans([WRONG])
    Slogan.objects.update(standard="编辑的写法", note="编辑的备注")
    load_slogans([RIGHT])
    slogan = Slogan.objects.get()
    assert (slogan.standard, slogan.note) == ("编辑的写法", "编辑的备注")
    assert slogan.text == RIGHT["text"]


def test_a_wording_that_an_editor_deleted_or_corrected_is_not_touched() -> None:
    load_slogans([WRONG])
    Slogan.objects.all().delete()
    load_slogans([RIGHT])
    assert not Slogan.objects.exists()


def test_a_wording_that_an_editor_corrected_already_is_kept() -> None:
    load_slogans([WRONG])
    Slogan.objects.update(text=RIGHT["text"], standard="编辑的写法")
    load_slogans([RIGHT])
    assert Slogan.objects.get().standard == "编辑的写法"


def test_a_corrected_wording_takes_over_what_speeches_have_of_it() -> None:
    load_slogans([WRONG])
    SloganVariant.objects.all().delete()
    store_both_wordings()
    assert Slogan.objects.count() == 2
    kept = Slogan.objects.get(text=WRONG["text"]).pk
    load_slogans([RIGHT])
    assert Slogan.objects.get().pk == kept
    assert Slogan.objects.get().mentions.count() == 2


def test_an_entry_without_source_says_so() -> None:
    load_slogans(make_entries(source=None, sourced=False))
    slogan = Slogan.objects.get()
    assert (slogan.sourced, slogan.source_document) == (False, "")


def test_the_shipped_registry_loads() -> None:
    entries = json.loads((ROOT / "fixtures" / "slogans.json").read_text("utf-8"))
    load_slogans(entries)
    assert Slogan.objects.filter(registered=True).count() == len(entries) >= 150
    assert all(s.source_document for s in Slogan.objects.filter(sourced=True))


def test_what_of_the_file_is_not_taken_and_what_is_new_is_told() -> None:
    load_slogans(make_entries())
    assert read_told("slogans") == []
    Slogan.objects.update(note="编辑的备注")
    other = Slogan.objects.create(text="别的提法", kind="quoted", registered=True)
    SloganVariant.objects.create(slogan=other, text="四大机关")
    fresh = make_entries(text="两个联系", variants=[])
    load_slogans([*make_entries(note="系统的备注", variants=["四机关", "四大机关"]), *fresh])
    told = "\n".join(read_told("slogans"))
    assert "没有用系统的：备注" in told
    assert "异写没有加入，因为已登记在别处：四大机关" in told
    assert "新增提法“两个联系”" in told
    Slogan.objects.filter(text="两个联系").update(registered=False, retired=True)
    load_slogans([*make_entries(), *make_entries(text="两个联系", variants=[], note="又一备注")])
    assert "提法“两个联系”没有载入" in "\n".join(read_told("slogans"))
