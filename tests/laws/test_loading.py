"""Laws are loaded once, replaced where they changed, shown to admins and taken out again."""

from __future__ import annotations

import io
import re
import tarfile
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from corpus_app.access.models import Activity
from corpus_app.catalog.models import Speech
from corpus_app.laws.loading import store_laws
from corpus_app.laws.models import Law, LawArticle, LawLoad, LawVersion
from corpus_app.laws.texts import LawText, read_law
from corpus_app.sqlite.versions import is_seen
from tests.laws.statutes import BEACON, NEW, OLD, TITLE

pytestmark = pytest.mark.django_db


def read(*texts: str) -> list[LawText]:
    return [law for text in texts if (law := read_law(text))]


def load(path: Path) -> str:
    out = io.StringIO()
    call_command("load_laws", str(path), stdout=out, stderr=out)
    return out.getvalue()


def test_the_same_texts_again_change_nothing_and_a_changed_one_is_replaced() -> None:
    texts = read(OLD, NEW, BEACON)
    assert store_laws(texts, "wächter", "a").added == 3
    assert (Law.objects.count(), LawVersion.objects.count()) == (2, 3)
    again = store_laws(texts, "wächter", "b")
    assert (again.added, again.replaced, again.unchanged) == (0, 0, 3)
    assert LawLoad.objects.count() == 1
    changed = store_laws(read(OLD.replace("登塔查看", "登塔看灯")), "wächter", "c")
    assert (changed.added, changed.replaced, changed.unchanged) == (0, 1, 0)
    assert LawArticle.objects.filter(text__contains="登塔看灯").count() == 1
    assert not Speech.objects.exists()


def test_an_archive_with_a_table_and_a_file_that_is_no_law(tmp_path: Path) -> None:
    path = tmp_path / "laws.tar.xz"
    files = {
        "laws/metadata.tsv": f"id\ttitle\tdate\nlaw_1\t{TITLE}\t2006-08-27\n",
        "laws/txt/law_1.txt": OLD.split("\n", 2)[2],
        "laws/txt/note.txt": "没有条文的说明。",
    }
    with tarfile.open(path, "w:xz") as archive:
        for name, words in files.items():
            data = words.encode()
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    told = load(path)
    assert "新载入 1 部" in told
    assert "note.txt：没有找到条文" in told
    version = LawVersion.objects.get()
    assert (version.law.title, version.day, version.since) == (TITLE, "2006-08-27", "2007-01-01")


def test_what_is_no_collection_is_refused_with_a_word(tmp_path: Path) -> None:
    (tmp_path / "broken.tar.xz").write_bytes(b"no archive")
    with pytest.raises(CommandError, match="读不出来"):
        load(tmp_path / "broken.tar.xz")
    with pytest.raises(CommandError, match="读不出来"):
        load(tmp_path / "nothing")
    (tmp_path / "broken.tar.xz").unlink()
    with pytest.raises(CommandError, match="没有找到法律文本"):
        load(tmp_path)


def test_admins_see_who_loaded_what_and_take_it_out(client: Client) -> None:
    client.force_login(User.objects.create_superuser("leitung"))
    assert "还没有载入法律文本" in client.get("/intake/laws/").content.decode()
    store_laws(read(OLD, NEW), "wächter", "守望.tar.xz")
    page = client.get("/intake/laws/").content.decode()
    assert "wächter" in page
    assert "守望.tar.xz" in page
    named = client.get("/intake/laws/", {"q": "灯塔守望"}).content.decode()
    assert re.findall(r"（?20\d\d-\d\d-\d\d", named)[-3:] == [
        "2006-08-27",
        "（2007-01-01",
        "2024-11-08",
    ]
    assert "没有这个名称" in client.get("/intake/laws/", {"q": "渡轮"}).content.decode()
    number = LawLoad.objects.get().pk
    assert client.post("/intake/laws/", {"load": "x"}).status_code == 404
    assert client.post("/intake/laws/", {"load": number}, follow=True).status_code == 200
    assert not Law.objects.exists()
    assert not LawArticle.objects.exists()


def test_the_record_tells_who_loaded_and_who_took_out(client: Client) -> None:
    admin = User.objects.create_superuser("leitung")
    store_laws(read(OLD, NEW), "wächter", "守望.tar.xz")
    store_laws(read(OLD, NEW), "wächter", "守望.tar.xz")
    client.force_login(admin)
    client.post("/intake/laws/", {"load": LawLoad.objects.get().pk})
    rows = Activity.objects.filter(kind=Activity.Kind.LAWS).order_by("pk")
    told = [(row.username, row.user, row.subject, row.detail) for row in rows]
    assert told == [
        ("wächter", None, "守望.tar.xz", "载入：新 2 部，更新 0 部"),
        ("leitung", admin, "守望.tar.xz", "移除：2 部"),
    ]


def test_a_loading_makes_no_page_of_readers_anew() -> None:
    assert not is_seen('INSERT INTO "laws_lawarticle" VALUES (1)')
