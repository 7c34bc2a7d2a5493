"""Names that the product gives are told in the reader's language; those people give stay."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.utils import translation

from corpus_app.batches.models import Batch, Rereading
from corpus_app.batches.rereading import describe_scope, start_rereading
from corpus_app.batches.services import make_batch
from corpus_app.intake.models import RemovalRule
from corpus_app.intake.rereading.choosing import RereadingScope
from tests.catalog.speeches import TRAINING, store

pytestmark = pytest.mark.django_db


def test_a_batch_nobody_named_is_named_in_the_language_of_whoever_looks() -> None:
    batch = make_batch("  ")
    with translation.override("zh-hans"):
        told = str(batch)
    with translation.override("en"):
        assert str(batch) != told
    assert told.startswith("上传 20")
    assert str(make_batch(origin=Batch.Origin.INBOX)).startswith("收件夹 20")
    assert str(make_batch("四月来稿")) == "四月来稿"


def test_a_rereading_is_named_in_the_language_of_whoever_looks() -> None:
    one = start_rereading(RereadingScope(drafts=True), User.objects.create(username="a"))
    one.refresh_from_db()
    with translation.override("zh-hans"):
        assert one.title == "全部草稿"
    with translation.override("en"):
        assert one.title.isascii()


def test_each_scope_has_its_name() -> None:
    speech, batch = store(TRAINING, "b.txt"), make_batch("四月来稿")
    rule = RemovalRule.objects.create(text="某某网", kind="advert")
    names = {
        "全部讲话": RereadingScope(),
        f"《{speech.title}》": RereadingScope(speeches=[speech.pk]),
        "批次“四月来稿”": RereadingScope(batch=batch.pk),
        f"批次“{batch.pk + 1}”": RereadingScope(batch=make_batch().pk),
        "规则“某某网”涉及的讲话": RereadingScope(rule=rule.pk),
        "“99% 网”的文件": RereadingScope(site="99% 网"),
        "“人大网”的文件": RereadingScope(source="人大网", drafts=True),
    }
    for name, scope in names.items():
        assert describe_scope(scope).title == name


def test_names_of_before_are_taken_apart_and_peoples_own_left() -> None:
    batches = ["上传 2026-03-01 09:30", "收件夹 2026-03-01 09:30", "上传 三月"]
    made = [Batch.objects.create(name=name) for name in batches]
    names = ["全部草稿", "批次“四月”", "规则“网”涉及的讲话", "“人大网”的文件", "别的"]
    rereadings = [Rereading.objects.create(name=name) for name in names]
    import_module("corpus_app.batches.migrations.0003_kinds_of_names").take_names_apart(apps, None)
    for one in (*made, *rereadings):
        one.refresh_from_db()
    assert [batch.name for batch in made] == ["", "", "上传 三月"]
    assert [one.kind for one in rereadings] == ["drafts", "batch", "rule", "site", "named"]
    assert [one.title for one in rereadings] == names
