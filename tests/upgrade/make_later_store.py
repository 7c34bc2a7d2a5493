"""Make store-0.2.0.dev.tar.gz: what a commit of 0.2.0.dev kept, with rows in every table.

The store is made by the commit's own code, from its own folder, into an empty data folder:

    git archive --prefix=old/ 09cab7da | tar x -C /tmp
    export CORPUS_DATA_DIR=$(mktemp -d)
    (cd /tmp/old && python manage.py bootstrap --no-samples)
    (cd /tmp/old && PYTHONPATH=. python .../tests/upgrade/make_later_store.py STORE.tar.gz)

It asks only for what commits have in common: commands, models, and a few services where they are
there. What these leave empty gets a row made up from the model. Places and people are invented.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import random
import re
import sqlite3
import sys
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
sys.path.insert(0, str(Path.cwd()))

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import models  # noqa: E402

from corpus_app.catalog.models import Speech  # noqa: E402
from corpus_app.intake.models import RemovalRule  # noqa: E402
from corpus_app.themes.models import Theme, ThemePin  # noqa: E402

WORDS = re.findall(
    r"\w+",
    "代表 群众 人大 监督 立法 调研 基层 履职 会议 建议 落实 服务 联系 报告 审议 决定 选举 培训 "
    "学习 工作 发展 改革 民主 法治 乡镇 街道 平台 站点 接待 走访",
)
PEOPLE = ("顾念安", "林知远", "沈望舒", "陆清和")
PLACES = ("临溪县", "青芜县", "松陵县", "月浦区")


def write_speech(seed: int) -> str:
    """Return a short speech with four parts, a gap and a set expression."""
    draw = random.Random(seed)
    place, speaker = PLACES[seed], PEOPLE[seed]
    lines = [f"在{place}人大工作会议上的讲话", f"（{2020 + seed}年4月5日）"]
    lines += [f"{place}人大常委会主任 {speaker}", "", "同志们："]
    for number in "一二三四":
        lines.append(f"{number}、{''.join(draw.choices(WORDS, k=5))}")
        words = ("".join(draw.choices(WORDS, k=8)) for _ in range(4))
        lines.append("。".join(f"我们要{one}" for one in words) + "。")
    lines.append("以下内容开通会员后可见，此处隐藏120字")
    lines.append("让我们画出“最大公约数”，发展全过程人民民主，既要问需于民，又要问计于民。")
    return "\n".join(lines) + "\n"


def import_texts() -> None:
    """Take in four speeches, one of them as a draft, and two that are much alike."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed in range(4):
            (folder / f"讲话{seed}.txt").write_text(write_speech(seed), "utf-8")
        twin = write_speech(0).replace("建议", "议案", 2).replace("临溪县", "溪北市")
        (folder / "讲话9.txt").write_text(twin, "utf-8")
        with suppress(SystemExit):
            call_command("import_speeches", name)


def decide() -> None:
    """Leave what people leave: values, themes, a rule, a slogan's note, a theme's words."""
    user = User.objects.get(username="editor")
    speech = Speech.objects.order_by("pk").first()
    assert speech is not None
    speech.occasion = "县委人大工作会议"
    speech.save()
    with suppress(ImportError):
        from corpus_app.intake.revisions.editing import correct

        correct(speech, {"speaker_role": "县人大常委会主任"}, {})
    theme = Theme.objects.first()
    assert theme is not None
    ThemePin.objects.create(theme=theme, speech=speech, section_key="1", decision="pin")
    theme.terms.create(text="编辑所加的词")
    Theme.objects.filter(pk=theme.pk).update(description="编辑所写")
    apps.get_model("slogans.Slogan").objects.filter(text="最大公约数").update(note="编辑所记")
    RemovalRule.objects.create(text="某某网提醒您", kind="advert", example=speech, made_by=user)
    add_basket(user, speech)


def add_basket(user: User, speech: Speech) -> None:
    """Gather a passage and a heading."""
    from corpus_app.desk import passages, services

    asked: Any = getattr(passages, "AskedPassage", None) or passages.Asked
    basket = services.create_basket(user, "备用材料")
    services.add_heading(basket, "一、总的要求", 1)
    entry = services.add_passage(basket, passages.find_passage(asked(speech.pk, "1"), user))
    services.write_note(entry, "可引用")


def send_batch() -> None:
    """One file that was taken in and one that waits."""
    from corpus_app.batches import claiming, processing, services

    user = User.objects.get(username="editor")
    batch = services.make_batch("四月来稿", user=user)
    for seed in (2, 3):
        text = write_speech(seed).replace("人大", "人大常委会")
        services.add_file(batch, f"夹/来稿{seed}.txt", text.encode())
    services.close_batch(batch)
    file = claiming.claim_next("worker")
    assert file is not None
    processing.process_file(file)


def fill_empty() -> list[str]:
    """Make one row in each table that has none; return their labels."""
    made = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._default_manager.exists():
            make_row(model)
            made.append(model._meta.label)
    return made


def make_row(model: type[models.Model]) -> models.Model:
    """Store a row of the model with a value in each field that needs one."""
    values = {}
    for field in model._meta.concrete_fields:
        if field.primary_key and not field.is_relation and isinstance(field, models.AutoField):
            continue
        if field.has_default() and not field.is_relation:
            continue
        if field.is_relation and field.related_model is model:
            continue
        values[field.name] = choose_value(field)
    row = model(**values)
    models.Model.save_base(row, raw=True, force_insert=True)
    return row


VALUES: dict[type, Any] = {
    models.DateTimeField: dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC),
    models.DateField: dt.date(2026, 11, 30),
    models.BooleanField: False,
    models.IntegerField: 1,
    models.FloatField: 1.0,
    models.GenericIPAddressField: "127.0.0.1",
    models.UUIDField: "12345678123456781234567812345678",
    models.Field: "a1",
}


def choose_value(field: Any) -> Any:
    """Return a value that the field may have."""
    if field.is_relation:
        known = field.related_model._default_manager.order_by("-pk").first()
        return known or make_row(field.related_model)
    if field.choices:
        return next(iter(field.flatchoices))[0]
    return next(value for kind, value in VALUES.items() if isinstance(field, kind))


def pack(target: Path, made: list[str]) -> None:
    """Write the archive: store.sql, told.json and the files that the rows speak of."""
    folder = Path(settings.DATA_DIR)
    database = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    names = "select name from sqlite_master where type='table' and name not like 'sqlite_%'"
    tables = [name for (name,) in database.execute(names)]
    count = {n: database.execute(f'select count(*) from "{n}"').fetchone()[0] for n in tables}
    told = {"rows": count, "made_up": made}
    parts = {
        "store.sql": "\n".join(database.iterdump()),
        "told.json": json.dumps(told, ensure_ascii=False, indent=1),
    }
    with tarfile.open(target, "w:gz") as archive:
        for name, text in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
        for part in ("uploads", "staging"):
            archive.add(folder / part, part, filter=forget_owner)
    print(target, target.stat().st_size, [name for name, rows in count.items() if not rows])


def forget_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return the member as anybody's."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def main() -> None:
    """Make the corpus, what people made of it, and pack it."""
    import_texts()
    decide()
    send_batch()
    with suppress(SystemExit):
        call_command("check_corpus", "--repair")
    pack(Path(sys.argv[1]), fill_empty())


if __name__ == "__main__":
    main()
