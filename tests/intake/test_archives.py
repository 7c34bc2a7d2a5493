"""Archives: every file comes out or is named with the reason; no bound can be passed."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import DEFAULT_LIMITS, Limits
from corpus_app.ingest.readers import find_reader
from corpus_app.intake.archives import Member, is_archive, open_archive
from tests.ingest.format_files import build_epub, build_odt
from tests.ingest.test_formats_package import set_password_flag
from tests.ingest.word_files import build_word
from tests.intake.archive_files import (
    SPEECH,
    build_gbk_zip,
    build_link,
    build_rar,
    build_seven,
    build_strange_tar,
    build_tar,
    build_zip,
)

DATA = SPEECH.encode()
needs_libarchive = pytest.mark.skipif(
    not find_reader("libarchive").found, reason="libarchive is not on this machine"
)


def read_all(data: bytes, name: str = "a.zip", limits: Limits = DEFAULT_LIMITS) -> list[Member]:
    return list(open_archive(data, name, limits))


def list_refusals(members: list[Member]) -> list[tuple[str, str]]:
    return [(member.path, member.refusal.code) for member in members if member.refusal]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", build_zip(("县/讲话.txt", DATA), ("报告.txt", b"x"))),
        ("a.tar", build_tar("w", ("县/讲话.txt", DATA), ("报告.txt", b"x"))),
        ("a.tar.gz", build_tar("w:gz", ("县/讲话.txt", DATA), ("报告.txt", b"x"))),
        ("a.tgz", build_tar("w:gz", ("县/讲话.txt", DATA), ("报告.txt", b"x"))),
        ("a.tar.xz", build_tar("w:xz", ("县/讲话.txt", DATA), ("报告.txt", b"x"))),
        ("wrong.txt", build_tar("w:bz2", ("县/讲话.txt", DATA), ("报告.txt", b"x"))),
    ],
    ids=["zip", "tar", "tar.gz", "tgz", "tar.xz", "wrong name"],
)
def test_it_gives_every_file_with_its_folders(tmp_path: Path, name: str, data: bytes) -> None:
    wanted = [Member("县/讲话.txt", DATA), Member("报告.txt", b"x")]
    assert is_archive(data, name)
    assert read_all(data, name) == wanted
    place = tmp_path / name
    place.write_bytes(data)
    assert is_archive(place, name)
    assert list(open_archive(place, name)) == wanted
    assert place.read_bytes() == data


@needs_libarchive
def test_it_reads_7z_and_rar(tmp_path: Path) -> None:
    members = (("a/speech.txt", DATA), ("b.txt", b"x"))
    wanted = [Member(name, data) for name, data in members]
    assert read_all(build_seven(tmp_path, *members), "a.7z") == wanted
    assert read_all(build_rar(*members), "a.rar") == wanted


@needs_libarchive
def test_it_says_that_a_rar_has_a_password() -> None:
    members = read_all(build_rar(("a.txt", DATA), encrypted=True), "a.rar")
    assert [code for _, code in list_refusals(members)] == ["unsupported"]


def test_it_reads_a_single_packed_file() -> None:
    assert read_all(gzip.compress(DATA), "讲话.txt.gz") == [Member("讲话.txt", DATA)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_it_reads_names_that_state_no_encoding(encoding: str) -> None:
    data = build_gbk_zip("县人大/讲话稿.txt", SPEECH, encoding)
    assert [member.path for member in read_all(data)] == ["县人大/讲话稿.txt"]


def test_it_takes_no_document_for_an_archive() -> None:
    documents = {
        "a.docx": build_word("x"),
        "b.docx": build_zip(("word/document.xml", "x")),
        "a.odt": build_odt(""),
        "a.epub": build_epub("<p>x</p>"),
        "a.xlsx": build_zip(("xl/workbook.xml", "x")),
        "a.txt": DATA,
        "cut.docx": build_word("x")[:2000],
    }
    assert [name for name, data in documents.items() if is_archive(data, name)] == []
    assert is_archive(build_zip(("a.txt", "x"))[:40], "cut.zip")


def test_it_refuses_what_is_no_archive_or_a_broken_one() -> None:
    for data, code in ((DATA, "unsupported"), (build_zip(("a.txt", "x"))[:40], "damaged")):
        try:
            members = read_all(data)
        except RejectedFile as refusal:
            assert refusal.code == code  # noqa: PT017
        else:
            assert list_refusals(members) == [("a.zip", code)]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/abs/讲话.txt", "abs/讲话.txt"),
        ("C:\\县\\讲话.txt", "县/讲话.txt"),
        ("a/./../b\u202etxt.exe", "a/btxt.exe"),
        ("..", "未命名"),
    ],
)
def test_it_makes_names_harmless(name: str, label: str) -> None:
    assert [member.path for member in read_all(build_zip((name, DATA)))] == [label]


def test_it_leaves_out_what_systems_leave_behind() -> None:
    junk = ("__MACOSX/._a.txt", "a/.DS_Store", "Thumbs.db", "desktop.ini", "a/~$讲话.docx")
    data = build_zip(*((name, "x") for name in junk), ("a/讲话.txt", DATA))
    assert read_all(data) == [Member("a/讲话.txt", DATA)]


def test_it_names_links_and_locked_files() -> None:
    data = build_zip(build_link("链接.txt", "/etc/passwd"), ("讲话.txt", DATA))
    members = read_all(data)
    assert list_refusals(members) == [("链接.txt", "unsupported")]
    assert members[1].data == DATA
    locked = read_all(set_password_flag(build_zip(("讲话.txt", DATA))))
    assert list_refusals(locked) == [("讲话.txt", "unsupported")]
    members = read_all(build_strange_tar(), "a.tar")
    assert list_refusals(members) == [("链接.txt", "unsupported"), ("设备", "unsupported")]
    assert members[2] == Member("讲话.txt", DATA)


@pytest.mark.parametrize("mode", ["zip", "w:gz"])
def test_it_stops_at_each_bound_of_the_whole(mode: str) -> None:
    files = [(f"{number}.txt", bytes(1_000_000)) for number in range(30)]
    data = build_zip(*files) if mode == "zip" else build_tar(mode, *files)
    bounds = {
        "members": Limits(archive_members=4, archive_ratio=100_000),
        "total": Limits(archive_unpacked_bytes=4_500_000, archive_ratio=100_000),
        "ratio": Limits(archive_ratio=50),
    }
    for limits in bounds.values():
        members = read_all(data, "a.zip", limits)
        assert list_refusals(members)[-1] == ("a.zip", "too_large")
        assert len(members) < 20
    messages = [read_all(data, "a.zip", limits)[-1].refusal for limits in bounds.values()]
    assert len({str(message) for message in messages}) == 3


@pytest.mark.parametrize("mode", ["zip", "w:gz"])
def test_it_passes_over_one_file_that_is_too_large(mode: str) -> None:
    files = [("大.txt", bytes(3_000_000)), ("讲话.txt", DATA)]
    data = build_zip(*files) if mode == "zip" else build_tar(mode, *files)
    members = read_all(data, "a.zip", Limits(file_bytes=1_000_000))
    assert list_refusals(members) == [("大.txt", "too_large")]
    assert members[1] == Member("讲话.txt", DATA)


def test_it_stops_when_time_is_up() -> None:
    data = build_zip(*((f"{number}.txt", DATA) for number in range(5)))
    members = read_all(data, "a.zip", Limits(archive_seconds=0))
    assert list_refusals(members) == [("a.zip", "too_large")]


def test_it_counts_no_time_that_its_reader_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    seen = 0
    for member in open_archive(build_zip(("a", "x"), ("b", "x"), ("c", "x")), "a.zip"):
        assert member.refusal is None
        clock[0] += 10_000
        seen += 1
    assert seen == 3


def test_it_unpacks_archives_in_archives_to_a_bounded_depth() -> None:
    data = build_zip(("讲话.txt", DATA))
    for depth in range(3):
        data = build_zip((f"{depth}.zip", data), (f"{depth}.txt", DATA))
    members = read_all(data, limits=replace(DEFAULT_LIMITS, archive_depth=4))
    assert [member.path for member in members] == [
        *("2.zip/1.zip/0.zip/讲话.txt", "2.zip/1.zip/0.txt", "2.zip/1.txt", "2.txt"),
    ]
    shallow = read_all(data, limits=replace(DEFAULT_LIMITS, archive_depth=2))
    assert list_refusals(shallow) == [("2.zip/1.zip", "too_large")]
    assert len(shallow) == 3


def test_it_names_a_broken_archive_inside_and_goes_on() -> None:
    inner = build_tar("w:gz", ("讲话.txt", DATA * 1000))[:-40]
    members = read_all(build_zip(("内.tar.gz", inner), ("讲话.txt", DATA)))
    assert list_refusals(members)[-1] == ("内.tar.gz", "damaged")
    assert members[-1] == Member("讲话.txt", DATA)


def test_it_names_a_member_that_does_not_unpack() -> None:
    data = bytearray(build_zip(("坏.txt", DATA * 50), ("讲话.txt", DATA)))
    data[60:70] = bytes(10)
    members = read_all(bytes(data))
    assert list_refusals(members) == [("坏.txt", "damaged")]
    assert members[1].data == DATA


def test_it_refuses_an_archive_above_its_limit() -> None:
    with pytest.raises(RejectedFile, match="上限") as refused:
        open_archive(build_zip(("a.txt", DATA)), "a.zip", Limits(archive_bytes=10))
    assert refused.value.code == "too_large"


def test_it_refuses_a_directory_of_too_many_files(tmp_path: Path) -> None:
    data = build_zip(("a.txt", "x")) + b"PK\x01\x02" * 60_000
    (tmp_path / "a.zip").write_bytes(data)
    for source in (data, tmp_path / "a.zip"):
        members = list(open_archive(source, "a.zip"))
        assert list_refusals(members) == [("a.zip", "too_large")]
