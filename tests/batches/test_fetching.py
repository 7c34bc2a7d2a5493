"""Fetching a page, from a real server on this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from corpus_app.batches.fetching import FetchError, FetchLimits, fetch_page
from tests.batches.page_server import PAGE, allow, serve_pages


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serve_pages() as address:
        yield address


def test_a_page_comes_with_its_bytes_name_and_address(server: str) -> None:
    found = fetch_page(f"{server}/a/speech.html#part", allow())
    assert found.data == PAGE
    assert found.name == "speech.html"
    assert found.url == f"{server}/a/speech.html"


def test_a_redirect_is_followed_and_the_last_address_kept(server: str) -> None:
    assert fetch_page(f"{server}/moved", allow()).url == f"{server}/a/speech.html"
    assert fetch_page(f"{server}/2", allow()).data == PAGE


def test_a_fourth_redirect_is_one_too_many(server: str) -> None:
    with pytest.raises(FetchError, match="3 次"):
        fetch_page(f"{server}/1", allow())


@pytest.mark.parametrize("path", ["/inside", "/file"])
def test_a_redirect_leads_to_no_place_that_could_not_be_asked(server: str, path: str) -> None:
    with pytest.raises(FetchError, match=r"内部网络|http://"):
        fetch_page(f"{server}{path}", allow())


def test_this_machine_is_not_asked_without_leave(server: str) -> None:
    limits = FetchLimits(ports=None)
    with pytest.raises(FetchError, match="内部网络"):
        fetch_page(f"{server}/a/speech.html", limits)
    with pytest.raises(FetchError, match="内部网络"):
        fetch_page(server.replace("127.0.0.1", "localhost"), limits)
    with pytest.raises(FetchError, match="内部网络"):
        fetch_page(server.replace("127.0.0.1", "[::ffff:127.0.0.1]"), limits)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://example.com/a", "http://"),
        ("file:///etc/passwd", "http://"),
        ("javascript:alert(1)", "http://"),
        ("人大讲话", "http://"),
        ("http://", "http://"),
        ("http://[::1", "完整"),
        ("http://example.com:99999/", "完整"),
        ("http://user:word@example.com/", "密码"),
        ("http://example.com:22/", "端口"),
        ("http://example.com:0/", "端口为 0"),
        ("https://example.com:0/", "端口为 0"),
    ],
)
def test_an_address_of_another_kind_is_refused_with_its_reason(url: str, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        fetch_page(url)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nothing", "404"),
        ("/picture", "image/png"),
        ("/tool.exe", "octet-stream"),
        ("/short", "连不上"),
    ],
)
def test_an_answer_that_is_no_document_is_refused(server: str, path: str, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        fetch_page(f"{server}{path}", allow())


def test_a_file_of_unknown_type_goes_by_its_name(server: str) -> None:
    assert fetch_page(f"{server}/paper.docx", allow()).name == "paper.docx"


def test_a_page_over_the_size_is_refused(server: str) -> None:
    with pytest.raises(FetchError, match="上限"):
        fetch_page(f"{server}/big", allow(size=4999))
    assert len(fetch_page(f"{server}/big", allow(size=5000)).data) == 5000


def test_a_server_that_drips_is_cut_off(server: str) -> None:
    with pytest.raises(FetchError, match="秒内"):
        fetch_page(f"{server}/drip", allow(seconds=1.0))


def test_a_site_that_is_not_there_is_told_with_the_network_as_a_reason() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    with pytest.raises(FetchError, match="外网"):
        fetch_page(f"http://127.0.0.1:{closed}/", allow())
    with pytest.raises(FetchError, match="外网"):
        fetch_page("http://no-such-host.invalid/", allow())
