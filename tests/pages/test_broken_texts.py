"""What is no text breaks no page: NUL, halves of characters, encodings that make no characters."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from corpus_app.catalog.models import Speech
from corpus_app.slogans.models import Slogan
from corpus_app.wsgi import application

pytestmark = pytest.mark.django_db

NUL, HALF = "a\0b", "a\ud800b"
ASKED = [
    "/search/?q={}",
    "/search/?q=x&theme={}&organisation={}&year={}",
    "/search/export/?q={}&format=csv",
    "/concordance/?q={}&sort={}",
    "/trends/?expression={}",
    "/suggest/?q={}",
    "/speeches/?level={}&year={}",
    "/slogans/?words={}",
    "/structure/?theme={}",
    "/intake/queue/?q={}&organisation={}",
    "/intake/registry/slogans/?words={}",
    "/users/?q={}",
    "/activity/?q={}&user={}",
    "/intake/laws/?q={}",
    "/api/v1/search?q={}",
    "/api/v1/speeches?organisation={}&cursor={}",
    "/api/v1/slogans?q={}",
]
SENT = {
    "/login/": ("username", "password"),
    "/check/": ("text", "place", "as_of"),
    "/check/drafts/": ("text", "name", "decisions"),
    "/check/dismissed/": ("kind", "text", "suggestion"),
    "/intake/paste/": ("text", "name"),
    "/intake/batches/new/": ("name",),
    "/intake/rules/new/": ("text", "note"),
    "/intake/registry/slogans/{slogan}/": ("action",),
    "/intake/registry/slogans/new/": ("text", "kind", "variants", "source_title"),
    "/intake/registry/themes/new/": ("name", "slug", "terms"),
    "/intake/{pk}/": ("title", "speaker", "date_start", "seen", "action"),
    "/intake/{pk}/outline/": ("states", "base", "act"),
    "/intake/{pk}/mentions/": ("start", "end", "base", "action"),
    "/intake/bulk/new/": ("speech", "genre", "organisation"),
    "/intake/fetch/": ("address", "url"),
    "/desk/baskets/new/": ("name",),
    "/desk/gather/": ("speech", "section", "basket", "note"),
    "/users/new/": ("username", "role", "first_name"),
    "/users/groups/": ("name",),
    "/api/v1/draft-checks": ("text", "place"),
}


@pytest.fixture
def admin(client: Client, speech: Speech, monkeypatch: pytest.MonkeyPatch) -> Client:
    # The client makes requests of its own; the site makes them so.
    monkeypatch.setattr("django.test.client.WSGIRequest", application.request_class)
    client.raise_request_exception = False
    client.force_login(User.objects.create_superuser("leitung"))
    return client


def escape(text: str) -> str:
    """Return a text as Python would write it: as what it is read, where that is named."""
    return text.encode("unicode_escape").decode()


def test_no_parameter_breaks_a_page(admin: Client) -> None:
    broken = {}
    for address in ASKED:
        for text, kind in (
            (quote(NUL), ""),
            (quote(HALF.encode("utf-8", "surrogatepass")), ""),
            (quote(escape(HALF)), "text/plain; charset=unicode_escape"),
            ("a+2AA-b", "text/plain; charset=utf-7"),
            ("ab", "text/plain; charset=hex"),
        ):
            asked = address.replace("{}", text)
            status = admin.get(asked, CONTENT_TYPE=kind).status_code
            if status >= 500:
                broken[asked, kind] = status
    assert broken == {}


def test_no_field_of_a_form_breaks_a_page(admin: Client, speech: Speech) -> None:
    broken, slogan = {}, Slogan.objects.create(text="四个调研", kind="counted")
    texts = [(NUL, ""), (escape(HALF), "; charset=unicode_escape")]
    texts += [(json.dumps(value), "") for value in ([NUL, {"title": HALF}], {"title": HALF})]
    for address, names in SENT.items():
        path = address.format(pk=speech.pk, slogan=slogan.pk)
        for text, charset in texts:
            form = encode_multipart(BOUNDARY, dict.fromkeys(names, text))
            status = admin.generic("POST", path, form, MULTIPART_CONTENT + charset).status_code
            if status >= 500:
                broken[path, text, charset] = status
    assert broken == {}


def test_no_json_breaks_the_interface(admin: Client) -> None:
    for body in ('{"columns": {"a": "\\ud800", "b": "\\u0000"}}', '"\\ud800"', '{"\\ud800": 1}'):
        for path in ("/api/v1/uploads/1/tables/1", "/api/v1/draft-checks", "/api/v1/uploads"):
            assert admin.post(path, body, "application/json").status_code < 500


def test_a_page_written_as_chinese_windows_writes_it_is_still_read(admin: Client) -> None:
    asked = "/search/?q=" + quote("代表".encode("gb18030"))
    page = admin.get(asked, CONTENT_TYPE="text/plain; charset=GB2312")
    assert 'value="代表"' in page.content.decode()
