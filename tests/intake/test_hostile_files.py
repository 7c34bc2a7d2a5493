"""Hostile and damaged files: a clear refusal or a sound draft, never an error, never a script."""

from __future__ import annotations

import json
import re
import time
from functools import cache

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from corpus_app.catalog.models import Speech, Upload
from corpus_app.ingest import limits
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import Limits
from corpus_app.intake.archives import open_archive
from corpus_app.intake.importing.files import import_bytes
from tests.ingest.format_files import PAGE
from tests.ingest.invariants import check_invariants
from tests.ingest.parsing import parse_or_refuse
from tests.intake.archive_files import build_link, build_strange_tar, build_tar, build_zip
from tests.intake.hostile_files import list_floods, list_hostile_files
from tests.intake.people import enter
from tests.thoroughness import spare

SHARES = 24
# What a busy machine may add to a bound on time.
SLACK_SECONDS = 10
SMALL = Limits(archive_members=50, archive_unpacked_bytes=5_000_000, archive_ratio=100)


@cache
def hostile_files() -> list[tuple[str, bytes]]:
    return list_hostile_files()


def test_there_are_three_hundred_and_they_are_the_same_every_time() -> None:
    assert len(hostile_files()) >= 300


@pytest.mark.parametrize("share", spare(range(SHARES), 0))
def test_each_is_refused_clearly_or_gives_a_sound_draft(share: int) -> None:
    for name, data in hostile_files()[share::SHARES]:
        draft = parse_or_refuse(data, name)
        if draft is not None:
            check_invariants(draft)
            assert "root:x:0" not in draft["raw"], name
            json.dumps(draft).encode()


@pytest.mark.django_db
@pytest.mark.parametrize("first", spare(range(0, 36, 6), 0))
def test_each_sixth_is_stored_whole_or_leaves_nothing(first: int) -> None:
    for name, data in hostile_files()[first::36]:
        before = (Speech.objects.count(), Upload.objects.count())
        outcome = import_bytes(data, name)
        after = (Speech.objects.count(), Upload.objects.count())
        assert outcome.message, name
        if outcome.status == "refused":
            assert outcome.code, name
            assert after == before, name
        else:
            assert Speech.objects.get(pk=outcome.speech).current is not None


@pytest.mark.django_db
@pytest.mark.parametrize("share", spare(range(6), 0))
def test_uploaded_they_give_a_page_without_their_scripts(share: int) -> None:
    client = enter("admin")
    chosen = [entry for entry in hostile_files() if "script" in entry[0]]
    chosen += hostile_files()[5:100:12]
    for name, data in chosen[share::6]:
        answer = client.post(
            reverse("upload"), {"file": SimpleUploadedFile(name, data)}, follow=True
        )
        assert answer.status_code in {200, 422}, name
        check_page(answer.content.decode(), name)
    for speech in Speech.objects.all():
        speech.status = "published"
        speech.save()
        page = client.get(reverse("speech", args=[speech.pk]))
        assert page.status_code == 200
        check_page(page.content.decode(), speech.title)


@pytest.mark.django_db
def test_an_upload_that_holds_a_parser_for_minutes_is_answered_within_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "_current", Limits(seconds=2))
    client = enter("admin")
    # Whatever the first upload of all has to load is no matter here.
    client.post(reverse("upload"), {"file": SimpleUploadedFile("a.html", PAGE.encode())})
    for name, data in list_floods():
        started = time.monotonic()
        answer = client.post(
            reverse("upload"), {"file": SimpleUploadedFile(name, data)}, follow=True
        )
        assert time.monotonic() - started < 2 + SLACK_SECONDS, name
        assert answer.status_code == 422, name
        assert re.search("上限|过深|已损坏|个属性", answer.content.decode()), name
    assert Speech.objects.count() == 1
    answer = client.post(reverse("paste"), {"text": "x", "markup": list_floods()[0][1].decode()})
    assert answer.status_code == 422
    assert import_bytes(PAGE.replace("任务", "工作").encode(), "b.html").status != "refused"


def check_page(page: str, name: str) -> None:
    """What a file brought stands escaped: no tag and no attribute of its own."""
    assert not re.search(r"<(?:script|img|svg|iframe|a)\b[^>]*hostile", page), name
    assert "<script>alert" not in page, name


def build_archives() -> dict[str, bytes]:
    words = b"x" * 1000
    zip_data = build_zip(*((f"{number}.txt", words) for number in range(20)))
    names = (
        "../../a.txt",
        "/etc/passwd",
        "C:\\a.txt",
        "..\\..\\a.txt",
        "a\x00b.txt",
        "\u202etxt.a",
    )
    declared = bytearray(zip_data)
    place = declared.index(b"PK\x01\x02")
    declared[place + 24 : place + 28] = b"\xff\xff\xff\x7f"
    nested = zip_data
    for _ in range(10):
        nested = build_zip(("inner.zip", nested))
    archives = {
        "names.zip": build_zip(*((name, words) for name in names)),
        "links.zip": build_zip(build_link("a.txt", "/etc/passwd"), build_link("b", "../..")),
        "bomb.zip": build_zip(("a.txt", bytes(30_000_000))),
        "bombs.zip": build_zip(*((f"{n}.txt", bytes(1_000_000)) for n in range(40))),
        "bomb.tar.gz": build_tar("w:gz", ("a.txt", bytes(30_000_000))),
        "crowd.zip": build_zip(*((f"{number}.txt", b"x") for number in range(500))),
        "declared.zip": bytes(declared),
        "nested.zip": nested,
        "strange.tar": build_strange_tar(),
        "twice.zip": build_twice(),
    }
    for step in range(7, len(zip_data), len(zip_data) // 10):
        archives[f"cut-{step}.zip"] = zip_data[:step]
        flipped = bytearray(zip_data)
        flipped[step] ^= 0x55
        archives[f"flip-{step}.zip"] = bytes(flipped)
    return archives


def build_twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        return build_zip(("a.txt", b"x"), ("a.txt", b"y"))


def test_hostile_archives_give_harmless_names_and_stay_in_bounds() -> None:
    for name, data in build_archives().items():
        try:
            members = list(open_archive(data, name, SMALL))
        except RejectedFile:
            continue
        assert len(members) <= SMALL.archive_members + 1, name
        assert sum(len(m.data or b"") for m in members) <= SMALL.archive_unpacked_bytes, name
        for member in members:
            assert not re.search(r"(?:^|/)\.\.?(?:/|$)|^/|\\|^[A-Za-z]:", member.path), name
            assert (member.data is None) == (member.refusal is not None)
            assert b"root:x:0" not in (member.data or b"")


def test_hostile_archives_lose_no_member_silently() -> None:
    data = build_archives()["names.zip"]
    assert len(list(open_archive(data, "names.zip", SMALL))) == 6
