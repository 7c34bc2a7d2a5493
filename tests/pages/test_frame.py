"""The frame of every page: strict about scripts and styles, at home without other hosts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from lxml import html as lxml_html

from corpus_app.catalog.models import Speech
from search import rebuild_index
from tests.places import ROOT

pytestmark = pytest.mark.django_db

OWN_FILES = [
    path
    for folder in ("templates", "static")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".html", ".css", ".js", ".svg", ".txt"}
]
ADDRESSES = ("/", "/search/", "/speeches/", "/themes/", "/slogans/", "/login/", "/nowhere/")


def read(client: Client, address: str):
    return lxml_html.document_fromstring(client.get(address).content.decode())


def list_pages(client: Client, speech: Speech) -> list:
    speech_page = f"/speeches/{speech.pk}/?show=slogans,themes,suspects,removed&q=代表"
    return [read(client, address) for address in (*ADDRESSES, speech_page)]


def test_no_page_holds_inline_style_script_or_handler(client: Client, speech: Speech) -> None:
    rebuild_index()
    for page in list_pages(client, speech):
        # A data block is no script: no browser runs it, whatever the policy.
        scripts = "//script[not(@src) and not(@type='application/ld+json')]"
        assert not page.xpath(f"//style | //@style | {scripts}")
        names = {name for element in page.iter("*") for name in element.attrib}
        assert not [name for name in names if name.startswith("on")]


def test_the_policy_lets_nothing_else_run(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.name)
def test_no_file_names_another_host(path: Path) -> None:
    hosts = re.findall(r"(?:https?:)?//([\w.-]+\.\w+)", path.read_text())
    # An XML name space is a name, not an address that is asked.
    assert set(hosts) <= {"www.w3.org"}


def test_every_static_file_that_a_template_names_is_there() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        for name in re.findall(r"{% static ['\"]([^'\"]+)['\"] %}", path.read_text()):
            assert finders.find(name), f"{path.name}: {name}"


def test_every_page_has_a_way_past_the_header_and_one_heading(
    client: Client, speech: Speech
) -> None:
    rebuild_index()
    for page in list_pages(client, speech):
        assert page.xpath("//body/a[1]/@href") == ["#content"]
        assert len(page.xpath("//main[@id='content']")) == 1
        assert len(page.xpath("//h1")) == 1
        assert len({*page.xpath("//@id")}) == len(page.xpath("//@id"))


def test_the_navigation_marks_where_the_reader_is(client: Client, speech: Speech) -> None:
    on_list = read(client, "/speeches/").xpath("//nav//a[@aria-current]")
    assert [(link.text, link.get("aria-current")) for link in on_list] == [("讲话", "page")]
    below = read(client, f"/speeches/{speech.pk}/")
    assert below.xpath("//header//nav//a/@aria-current") == ["true"]


def test_the_frame_says_so_while_the_index_is_missing(client: Client, speech: Speech) -> None:
    assert "检索索引尚未建立" in read(client, "/").text_content()
    rebuild_index()
    assert "检索索引" not in read(client, "/").text_content()


def test_the_upload_link_is_for_those_who_may_upload(
    client: Client, admin_client: Client, speech: Speech
) -> None:
    assert not read(client, "/").xpath("//header//a[@href='/intake/']")
    assert read(admin_client, "/").xpath("//header//a[@href='/intake/']")
