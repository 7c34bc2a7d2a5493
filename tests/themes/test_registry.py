"""Loading the theme registry."""

import copy
import json
from typing import Any

import pytest

from corpus_app.catalog.registry import read_told
from corpus_app.themes.models import Theme, ThemeTerm
from corpus_app.themes.registry import load_themes
from tests.places import ROOT

pytestmark = pytest.mark.django_db

PARENT: dict[str, Any] = {
    "slug": "lvzhi",
    "name": "代表履职",
    "parent": None,
    "order": 1,
    "description": "旧说明",
    "terms": [{"text": "代表履职", "weight": 3.0}, {"text": "议案", "weight": 1.0}],
    "exclude": ["提案委员会"],
    "related": ["jianyi"],
}
CHILD: dict[str, Any] = {
    **PARENT,
    "slug": "jianyi",
    "name": "代表建议",
    "parent": "lvzhi",
    "related": [],
}


def make_entries(**changes: Any) -> list[dict[str, Any]]:
    return copy.deepcopy([{**PARENT, **changes}, CHILD])


def test_themes_come_with_terms_parents_and_relations() -> None:
    assert load_themes(make_entries())
    child = Theme.objects.get(slug="jianyi")
    assert child.parent is not None
    assert child.parent.slug == "lvzhi"
    assert [theme.slug for theme in child.related.all()] == ["lvzhi"]
    terms = child.parent.terms.values_list("text", "weight", "excluded")
    assert set(terms) == {("代表履职", 3.0, False), ("议案", 1.0, False), ("提案委员会", 1.0, True)}


def test_loading_the_same_again_changes_nothing() -> None:
    load_themes(make_entries())
    assert not load_themes(make_entries())
    assert Theme.objects.count() == 2


def test_untouched_values_follow_the_file() -> None:
    load_themes(make_entries())
    terms = [{"text": "代表履职", "weight": 2.0}, {"text": "走访", "weight": 1.0}]
    assert load_themes(make_entries(description="新说明", terms=terms, related=[]))
    theme = Theme.objects.get(slug="lvzhi")
    assert theme.description == "新说明"
    assert not theme.related.exists()
    assert set(theme.terms.filter(excluded=False).values_list("text", "weight")) == {
        ("代表履职", 2.0),
        ("走访", 1.0),
    }


def test_what_an_editor_changed_or_deleted_stays_so() -> None:
    load_themes(make_entries())
    theme = Theme.objects.get(slug="lvzhi")
    Theme.objects.filter(pk=theme.pk).update(description="编辑写的说明")
    theme.terms.filter(text="议案").update(weight=2.5)
    theme.terms.filter(text="代表履职").delete()
    ThemeTerm.objects.create(theme=theme, text="编辑加的词")
    Theme.objects.filter(slug="jianyi").delete()
    terms = [{"text": "代表履职", "weight": 1.5}, {"text": "议案", "weight": 1.5}]
    load_themes(make_entries(description="新说明", terms=terms))
    theme.refresh_from_db()
    assert theme.description == "编辑写的说明"
    kept = set(theme.terms.filter(excluded=False).values_list("text", "weight"))
    assert kept == {("议案", 2.5), ("编辑加的词", 1.0)}
    assert not Theme.objects.filter(slug="jianyi").exists()


def test_the_shipped_registry_loads() -> None:
    entries = json.loads((ROOT / "fixtures" / "themes.json").read_text("utf-8"))
    assert load_themes(entries)
    assert Theme.objects.count() == len(entries) >= 18
    assert Theme.objects.exclude(parent=None).exists()


def test_what_of_the_file_is_not_taken_and_what_is_new_is_told() -> None:
    load_themes(make_entries())
    assert read_told("themes") == []
    stays, goes = make_entries()[0]["slug"], {"slug": "extra", "parent": None, "related": []}
    Theme.objects.filter(slug=stays).update(description="编辑的说明")
    ThemeTerm.objects.filter(theme__slug=stays).update(weight=1.5)
    Theme.objects.create(slug="own", name="编辑所增")
    extra = {**make_entries()[0], **goes, "name": "系统新增", "terms": []}
    taken = {**extra, "slug": "taken", "name": "编辑所增"}
    changed = make_entries(description="系统的新说明")
    for term in changed[0]["terms"]:
        term["weight"] = 2.5
    load_themes([*changed, extra, taken])
    told = "\n".join(read_told("themes"))
    assert "的说明保持编辑的写法" in told
    assert "的主题词保持编辑的设定" in told
    assert "新增主题“系统新增”" in told
    assert "主题“编辑所增”没有载入" in told
    assert Theme.objects.get(slug=stays).description == "编辑的说明"
    Theme.objects.filter(slug="extra").update(retired=True)
    load_themes([*changed, {**extra, "description": "又一说明"}])
    assert "已由编辑停用" in "\n".join(read_told("themes"))
