"""Make store-0.1.0.tar.gz: what release 0.1.0 kept, with every loss that it was known for.

The store is made by the release's own code, from its own folder, into an empty data folder:

    git archive --prefix=old/ 45c7555 | tar x -C /tmp
    export CORPUS_DATA_DIR=$(mktemp -d)
    (cd /tmp/old && python manage.py bootstrap --no-samples)
    (cd /tmp/old && python .../tests/upgrade/make_store.py .../tests/upgrade/store-0.1.0.tar.gz)

The archive holds the database as SQL, the received files, and told.json: the speeches on which
something was lost, by code, and the number of rows of each table. Places and people are invented.
"""

from __future__ import annotations

import io
import json
import os
import random
import re
import sqlite3
import sys
import tarfile
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
sys.path.insert(0, str(Path.cwd()))

import django

django.setup()

from corpus_app.intake.doubts.keeping import mark_looked  # noqa: E402
from corpus_app.intake.kinship.deciding import decide  # noqa: E402
from corpus_app.intake.kinship.joining import absorb  # noqa: E402
from corpus_app.intake.outline_acts import retitle  # noqa: E402
from corpus_app.intake.outline_heads import read_heads  # noqa: E402
from corpus_app.intake.outlining import revise_outline  # noqa: E402
from corpus_app.intake.revising import revise_text  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.admin.models import CHANGE, LogEntry  # noqa: E402
from django.contrib.auth.models import Permission, User  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.test import Client  # noqa: E402

from corpus_app.api.tokens import create_token  # noqa: E402
from corpus_app.batches import claiming, processing, services as batches  # noqa: E402
from corpus_app.catalog.models import Speech  # noqa: E402
from corpus_app.desk import services as desk  # noqa: E402
from corpus_app.desk.passages import Asked as Passage, find_passage  # noqa: E402
from corpus_app.ingest.draft import Removed  # noqa: E402
from corpus_app.intake import editing, importing  # noqa: E402
from corpus_app.intake.models import PendingIndexing, RemovalRule  # noqa: E402
from corpus_app.intake.removal import ruling  # noqa: E402
from corpus_app.review.bulk.applying import apply_change  # noqa: E402
from corpus_app.review.bulk.planning import Asked, prepare_change  # noqa: E402
from corpus_app.themes.models import Theme, ThemePin  # noqa: E402

NUMBERS = "一二三四五六七八"
MARK, CALL = "砚石馆", "本文由墨池小筑收集，盗印必究"
NOTICE = "以下内容开通会员后可见，此处隐藏120字"
WORDS = re.findall(
    r"\w+",
    "代表 群众 人大 监督 立法 调研 基层 履职 会议 建议 落实 服务 联系 报告 审议 决定 选举 培训 "
    "学习 工作 发展 改革 民主 法治 乡镇 街道 平台 站点 接待 走访",
)


def write_head(place: str, year: int, speaker: str) -> str:
    """Return the head of a speech at a place's yearly conference."""
    title = f"在{place}人大工作会议上的讲话\n（{year}年4月5日）"
    return f"{title}\n{place}人大常委会主任 {speaker}\n\n同志们：\n"


def write_body(seed: int, parts: int = 4, paragraphs: int = 2, mark: str = "") -> str:
    """Return numbered parts of sentences drawn by the seed, with the mark in each paragraph.

    With a mark, a part's heading is the first sentence of its first paragraph.
    """
    draw = random.Random(seed)

    def write_sentences() -> str:
        return "".join(
            f"我们要{''.join(draw.choices(WORDS, k=9))}，{''.join(draw.choices(WORDS, k=8))}。"
            for _ in range(3)
        )

    lines = []
    for part in range(parts):
        heading = f"{NUMBERS[part]}、{''.join(draw.choices(WORDS, k=5))}" + ("。" if mark else "\n")
        rows = [write_sentences() + mark + write_sentences() for _ in range(paragraphs)]
        lines += [heading + rows[0], *rows[1:]]
    return "\n".join(lines) + "\n同志们，让我们脚踏实地，把全过程人民民主落到实处！\n"


def take_in(text: str, name: str, *, draft: bool = False) -> Speech:
    """Import the text as a file and return the speech it belongs to."""
    outcome = importing.import_bytes(text.encode(), name, draft=draft)
    print(outcome.status, name, outcome.message)
    assert outcome.speech is not None
    return read(outcome.speech)


def read(speech_id: int) -> Speech:
    """Return the speech with its current revision, as stored."""
    return Speech.objects.select_related("current").get(pk=speech_id)


def take_out(raw: str, words: str) -> Removed:
    """Return the span that an editor makes of the words."""
    start = raw.index(words)
    return Removed("editor", words, start, start + len(words), "editor")


def lose_words() -> int:
    """A term between Han characters, twice: the reader took it for a site's name."""
    body = write_body(1).replace("我们要", "我们要做好PM2.5防治，", 2)
    return take_in(write_head("临溪县", 2021, "顾念安") + body, "临溪.txt").pk


def lose_outline(user: User) -> int:
    """An outline made by hand on a long text, and a removal rule with a place in each paragraph."""
    text = write_head("青芜县", 2024, "林知远") + write_body(2, 8, 6, MARK)
    speech = take_in(text, "长篇.txt")
    revision = speech.current
    heads = read_heads(revision.sections.order_by("position"), len(revision.text))
    at = next(number for number, head in enumerate(heads) if head.heading)
    revise_outline(speech, 1, retitle(revision.text, heads, at, heads[at].heading[:-2]), user=user)
    kept = read(speech.pk).current.sections.count()
    rule = RemovalRule.objects.create(text=MARK, kind="watermark", example=speech, made_by=user)
    ruling.approve_rule(rule, user)
    print(ruling.apply_portion(rule, user), kept, read(speech.pk).current.sections.count())
    return speech.pk


def lose_decisions(user: User) -> int:
    """Words restored and taken out by hand, and a corrected file of the same name."""
    lead = "首页 > 讲话 > 正文\n"
    text = write_head("松陵县", 2022, "沈望舒") + write_body(3).replace("，", f"，{CALL}", 1)
    text = text.replace("\n二、", f"\n{NOTICE}\n\n二、")
    speech = take_in(lead + text, "抓取.txt", draft=True)
    raw = speech.current.raw
    span = (raw.index(lead.strip()), raw.index(lead.strip()) + len(lead.strip()))
    revise_text(speech, 1, [span], [take_out(raw, CALL)], user=user)
    assert take_in(text, "抓取.txt", draft=True).pk == speech.pk
    return speech.pk


def lose_pin(user: User) -> int:
    """A theme decided on a section of which an edit takes the words."""
    text = write_head("月浦区", 2020, "陆清和") + write_body(4)
    speech = take_in(text, "月浦.txt")
    section = speech.current.sections.exclude(heading="").order_by("position").first()
    theme = Theme.objects.exclude(parent=None).first() or Theme.objects.first()
    ThemePin.objects.create(theme=theme, speech=speech, section_key=section.key, decision="pin")
    words = speech.current.text[section.start : section.end].strip()
    lines = [take_out(speech.current.raw, line) for line in words.splitlines() if line.strip()]
    revise_text(speech, 1, [], lines, user=user)
    return speech.pk


def replace_speech() -> int:
    """Another speaker's speech of another year, much alike, in a file of the same name."""
    body = write_body(5)
    speech = take_in(write_head("竹溪县", 2023, "何远川") + body, "讲话.txt")
    other = write_head("白榆县", 2021, "苏晚晴") + body.replace("代表", "委员", 2)
    assert take_in(other, "讲话.txt").pk == speech.pk
    return speech.pk


def drop_speech() -> int:
    """The same body under another head, in a file of another name."""
    body = write_body(6)
    speech = take_in(write_head("芦汀市", 2022, "秦牧野") + body, "芦汀.txt")
    assert take_in(write_head("溪北市", 2019, "杜若溪") + body, "溪北.txt").pk == speech.pk
    return speech.pk


def add_work(user: User) -> None:
    """What else people do: correct, pin, gather, join, send a batch, change many at once."""
    head, body = write_head("云门县", 2023, "江听雨"), write_body(7)
    gapped = head + body.replace("\n三、", f"\n{NOTICE}\n\n三、") + "来源：云门人大网\n"
    speech = take_in(gapped, "云门.txt")
    editing.correct(speech, {"occasion": "云门县人大工作会议"}, {Theme.objects.last().pk: "pin"})
    basket = desk.create_basket(user, "备用材料")
    desk.add_heading(basket, "一、总的要求", 1)
    desk.write_note(desk.add_passage(basket, find_passage(Passage(speech.pk, "1"), user)), "可引用")
    twin = write_head("鹤湾县", 2022, "白鹿鸣")
    first = take_in(twin + write_body(8), "鹤湾一.txt")
    second = take_in(twin + write_body(8).replace("建议", "议案", 2), "鹤湾二.txt", draft=True)
    absorb(first, second, user=user)
    like = "让代表走到群众中去\n（2022年4月5日）\n鹭洲县人大常委会\n\n"
    third = take_in(like + write_body(9), "鹭洲一.txt")
    fourth = take_in(like + write_body(9).replace("走访", "联系", 2), "鹭洲二.txt")
    assert decide(third, fourth, "both", user)
    mark_looked(fourth, user)
    change = prepare_change([speech.pk], Asked(fields={"place": "云门县"}), user)
    apply_change(change)
    send_batch(user)
    PendingIndexing.objects.create(speech_id=speech.pk)


def send_batch(user: User) -> None:
    """One file that the worker took in and one that waits."""
    batch = batches.make_batch("四月来稿", user=user)
    batches.add_file(
        batch, "夹/石桥.txt", (write_head("石桥县", 2018, "叶知秋") + write_body(10)).encode()
    )
    batches.add_file(
        batch, "夹/柳岸.txt", (write_head("柳岸县", 2017, "方晓岚") + write_body(11)).encode()
    )
    batches.close_batch(batch)
    file = claiming.claim_next("worker")
    assert file is not None
    processing.process_file(file)


def add_accounts(user: User) -> None:
    """A session, a token, a right of one's own and a line of the admin's log."""
    Client().force_login(user)
    create_token(user, "统计")
    user.user_permissions.add(Permission.objects.get(codename="view_speech"))
    kind = ContentType.objects.get_for_model(Speech)
    LogEntry.objects.create(
        user=user, content_type=kind, object_id="1", object_repr="讲话", action_flag=CHANGE
    )


def count_rows(database: sqlite3.Connection) -> dict[str, int]:
    """Return the number of rows of every table; none may be empty."""
    names = "select name from sqlite_master where type='table' and name not like 'sqlite_%'"
    tables = [name for (name,) in database.execute(names)]
    counts = {
        name: database.execute(f'select count(*) from "{name}"').fetchone()[0] for name in tables
    }
    empty = [name for name, count in counts.items() if not count]
    assert not empty, empty
    return counts


def pack(target: Path, planted: dict[str, int]) -> None:
    """Write the archive: store.sql, told.json and the files that the rows speak of."""
    folder = Path(settings.DATA_DIR)
    database = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    told: dict[str, Any] = {"planted": planted, "rows": count_rows(database)}
    parts = {
        "store.sql": "\n".join(database.iterdump()),
        "told.json": json.dumps(told, ensure_ascii=False, indent=1),
    }
    with tarfile.open(target, "w:gz") as archive:
        for name, text in parts.items():
            data = text.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for part in ("uploads", "staging"):
            archive.add(folder / part, part, filter=forget_owner)


def forget_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return the member as anybody's."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def main() -> None:
    """Plant what was lost, add what people made, and pack the store."""
    user = User.objects.get(username="editor")
    planted = {
        "words_lost": lose_words(),
        "outline_lost": lose_outline(user),
        "decisions_lost": lose_decisions(user),
        "pin_lost": lose_pin(user),
        "speech_replaced": replace_speech(),
        "speech_dropped": drop_speech(),
    }
    add_work(user)
    add_accounts(user)
    pack(Path(sys.argv[1]), planted)


if __name__ == "__main__":
    main()
