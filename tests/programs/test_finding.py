"""What search engines and browsers find the site by."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from lxml import etree

from corpus_app.catalog.limits import INTERNAL
from corpus_app.catalog.models import Speech
from search import rebuild_index
from tests.search.factories import make_speech

pytestmark = pytest.mark.django_db
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
HOST = "http://testserver"


def read_map(client: Client, address: str) -> dict[str, str]:
    """Return the last change of each address that a map, or the map of maps, tells."""
    root = etree.fromstring(client.get(address).content)
    return {
        one.findtext("s:loc", namespaces=MAP): one.findtext("s:lastmod", "", MAP) for one in root
    }


def test_the_maps_lead_to_every_public_speech_and_no_other(client: Client, speech: Speech) -> None:
    inside = make_speech("内部讲话", ["仅供内部的话。"], access=INTERNAL)
    draft = make_speech("草稿", ["未定的话。"], published=False)
    rebuild_index()
    for who in ("stranger", "editor"):
        if who == "editor":
            client.force_login(User.objects.create_superuser("editor"))
        parts = read_map(client, "/sitemap.xml")
        assert len(parts) == 4
        assert all(each.startswith(f"{HOST}/sitemap-") for each in parts)
        told = {
            address: change
            for part in parts
            for address, change in read_map(client, part.removeprefix(HOST)).items()
        }
        changed = timezone.localtime(speech.changed_at).date().isoformat()
        assert told[f"{HOST}/speeches/{speech.pk}/"].startswith(changed)
        assert not {f"{HOST}/speeches/{one.pk}/" for one in (inside, draft)} & set(told)
        assert all(client.get(one.removeprefix(HOST)).status_code == 200 for one in told), who


def test_a_crawler_is_led_to_the_map_and_kept_out_of_searches(
    client: Client, speech: Speech
) -> None:
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())
    assert rules.site_maps() == [f"{HOST}/sitemap.xml"]
    assert rules.can_fetch("crawler", f"{HOST}/speeches/{speech.pk}/")
    assert rules.can_fetch("crawler", f"{HOST}/themes/")
    for path in ("/search/?q=a", "/intake/queue/", "/admin/"):
        assert not rules.can_fetch("crawler", f"{HOST}{path}"), path


def test_a_map_that_is_held_and_still_holds_is_not_sent_again(
    client: Client, speech: Speech
) -> None:
    rebuild_index()
    first = client.get("/sitemap-speeches.xml")
    held = {"if-none-match": first["ETag"]}
    assert client.get("/sitemap-speeches.xml", headers=held).status_code == 304
    make_speech("新的讲话", ["新的话。"])
    assert client.get("/sitemap-speeches.xml", headers=held).status_code == 200
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_every_page_leads_to_the_description_of_the_search(client: Client, speech: Speech) -> None:
    link = '<link rel="search" type="application/opensearchdescription+xml"'
    assert link in client.get("/").content.decode()
    root = etree.fromstring(client.get("/opensearch.xml").content)
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert 0 < len(root.findtext("o:ShortName", namespaces=space)) <= 16
    (template,) = root.xpath("o:Url[@type='text/html']/@template", namespaces=space)
    address = template.replace("{searchTerms}", "代表家站").removeprefix(HOST)
    rebuild_index()
    assert "代表家站" in client.get(address).content.decode()
