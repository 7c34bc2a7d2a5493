"""What is no reader's business is shown to no reader: drafts, withdrawn texts, raw files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from corpus_app.catalog.models import Speech
from corpus_app.desk.shortcodes import encode_place
from corpus_app.intake.revisions import editing
from corpus_app.slogans.models import Slogan
from corpus_app.subcorpora.models import Subcorpus
from corpus_app.themes.models import Theme, ThemeTerm
from search import rebuild_index
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.pages.test_access import ROLES, sign_in
from tests.thoroughness import spare

pytestmark = pytest.mark.django_db

# Each of the two hidden speeches has a word to ask for and a word beside it that must not show.
HIDDEN = """在{word}县第三届人民代表大会上的讲话
（{year}年3月8日）
{word}县人大常委会主任 {name}

各位代表：
{word}县的渡口三年来修了又修，{mark}的船工人人都说好。下面，我讲两点意见。
一、{mark}的渡口要修到底
渡口修到哪里，群众就走到哪里，要建设“{mark}{mark}渡”，坚持全过程人民民主，把实事办到底。
一是船要稳。{mark}水急，每条船都要按时检修，发现问题当场停航，修好再开。
二是人要稳。{mark}的船工要持证上岗，每月集中学习一次，学完要考，考不过不上船。
二、{word}的规矩要立起来
规矩立在前头，事情就好办，坚持“{word}有所呼、{mark}有所应”，说到做到，不放空炮。
"""
DRAFT = HIDDEN.format(word="青霭", mark="鹭汀", year="1987", name="闻人笛")
WITHDRAWN = HIDDEN.format(word="玄圃", mark="蓼溪", year="1988", name="闻人笙").replace(
    "渡口", "粮仓"
)
NOISE = "松烟阁文库网"
ASKED = ("青霭", "玄圃", "闻人笛", "闻人笙", NOISE)
SECRET = ("鹭汀", "蓼溪", "1987", "1988")
OTHERS = ROLES[:3]
STUDIES = ("breakdown", "collocates", "dispersion", "forms", "ngrams", "spread", "similar")
# Addresses that take a query, and such as take words.
QUERIED = (
    "/search/?q={}",
    "/search/?q={}&unit=section",
    "/search/export/?q={}&format=csv",
    "/concordance/?q={}",
    "/concordance/export/?q={}&format=csv",
    "/trends/?q={}",
    "/api/v1/search?q={}",
    "/api/v1/concordance?q={}",
    *(f"/{view}/{tail}?q={{}}" for view in STUDIES for tail in ("", "export/")),
    *(f"/api/v1/{view}?q={{}}" for view in STUDIES if view != "similar"),
    *(f"{place}?target={{}}" for place in ("/keywords/", "/keywords/export/", "/api/v1/keywords")),
    "/search/feed/?q={}",
)
NAMED = (
    "/trends/?e={}",
    "/trends/export/?e={}&format=csv",
    "/suggest/?q={}",
    "/speeches/?org={}",
    "/structure/parallels/?q={}",
    "/api/v1/suggestions?q={}",
    "/api/v1/trends?expression={}",
    "/api/v1/similar?q={}",
)


@pytest.fixture(autouse=True)
def _never_too_often(settings) -> None:  # type: ignore[no-untyped-def]
    """Who asks so much is soon told to wait, and that would hide what is to be seen."""
    settings.API_RATE = settings.API_ANONYMOUS_RATE = (1_000_000, 60)


@pytest.fixture
def hidden() -> dict[str, Speech]:
    """Two published speeches, one with noise in its raw text; a draft; a withdrawn one."""
    theme = Theme.objects.create(slug="ferry", name="船工")
    ThemeTerm.objects.create(theme=theme, text="船工", weight=3)
    noisy = f"{NOISE}\n当前位置：首页 > 人大讲话 > 正文\n{WORK_CONFERENCE}"
    speeches = {
        "noisy": store(noisy, f"{NOISE}.txt"),
        "other": store(TRAINING, "b.txt"),
        "draft": store(DRAFT, "鹭汀底稿.txt", draft=True),
        "withdrawn": store(WITHDRAWN, "蓼溪底稿.txt"),
    }
    editing.withdraw(speeches["withdrawn"])
    rebuild_index()
    return speeches


def list_pages(hidden: dict[str, Speech], words: Sequence[str] = ASKED) -> list[str]:
    """Return public addresses, asked for everything that the hidden texts have.

    What takes a query is asked for all the words in one.
    """
    plain = [
        *("/", "/search/", "/speeches/", "/themes/", "/themes/ferry/", "/slogans/", "/structure/"),
        *("/structure/openings/", "/structure/openings/?kind=closing", "/structure/parallels/"),
        *("/concordance/", "/trends/", "/healthz", "/api/v1/openapi.json", "/numbers/"),
        *("/api/v1/speeches", "/api/v1/slogans", "/api/v1/themes", "/api/v1/themes/ferry"),
        "/api/v1/themes/ferry/passages",
        "/speeches/?sort=title",
        *("/ngrams/", "/ngrams/export/?n=1", "/ngrams/export/?n=2&unit=char", "/opensearch.xml"),
        *("/robots.txt", "/sitemap.xml", "/sitemap-speeches.xml", "/speeches/feed/"),
        *("/themes/ferry/feed/", "/oai/?verb=ListRecords&metadataPrefix=tei"),
    ]
    shown = hidden["noisy"]
    owner, _made = User.objects.get_or_create(username="collector")
    part = Subcorpus.objects.create(owner=owner, name="一部分", asked="level=")
    plain += [part.get_absolute_url(), f"/speeches/{shown.pk}/formats/text"]
    first, second = shown.pk, hidden["other"].pk
    plain += [f"/speeches/{first}/compare/{second}/{tail}" for tail in ("", "export/")]
    plain += [f"/api/v1/compare?speech={first}&other={second}"]
    plain += [f"/speeches/{shown.pk}/", f"/structure/speeches/{shown.pk}/skeleton.txt"]
    plain += [f"/speeches/{shown.pk}/reuse/{tail}" for tail in ("", "export/")]
    plain += [f"/api/v1/reuse?speech={shown.pk}", f"/speeches/{shown.pk}/compare/"]
    plain += [f"/api/v1/speeches/{shown.pk}", f"/api/v1/speeches/{shown.pk}/text"]
    plain += [f"/desk/cite/?speech={shown.pk}&section=1"]
    listed = Slogan.objects.values_list("pk", flat=True)
    plain += [f"/slogans/{pk}/{tail}" for pk in listed for tail in ("", "feed/")]
    slogans = list(Slogan.objects.values_list("pk", flat=True))
    plain += [f"/api/v1/slogans/{pk}{tail}" for pk in slogans for tail in ("", "/mentions")]
    ways = [way.format(quote(" OR ".join(words))) for way in QUERIED]
    fields = (" OR ".join(f"{name}:{word}" for word in words) for name in ("单位", "标题"))
    ways += [f"/search/?q={quote(field)}" for field in fields]
    return plain + ways + [way.format(quote(word)) for way in NAMED for word in words]


def list_private(hidden: Iterable[Speech]) -> list[str]:
    """Return every address that names a hidden speech."""
    found = []
    for speech in hidden:
        assert speech.current
        number = speech.pk
        found += [f"/speeches/{number}/", f"/speeches/{number}/sections/1/"]
        found += [f"/speeches/{number}/original/", f"/intake/{number}/"]
        found += [f"/speeches/{number}/reuse/", f"/speeches/{number}/reuse/export/"]
        found += [f"/api/v1/reuse?speech={number}", f"/speeches/{number}/compare/"]
        found += [f"/speeches/{number}/compare/{number + 1}/", f"/speeches/1/compare/{number}/"]
        found += [f"/structure/speeches/{number}/skeleton.txt", f"/structure/?speech={number}"]
        found += [
            f"/api/v1/speeches/{number}{tail}" for tail in ("", "/text", "/sections", "/sections/1")
        ]
        found += [f"/api/v1/citations?speech={number}", f"/desk/cite/?speech={number}&section=1"]
        found += [reverse("permalink", args=[encode_place(speech.current.pk, 0, 9)])]
        found += [f"/intake/{number}/history/", f"/intake/{number}/difference/"]
    return found


def read(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code < 429, (address, answer.status_code)
    body = b"".join(getattr(answer, "streaming_content", [])) or answer.content
    return body.decode("utf-8", "replace")


@pytest.mark.parametrize("role", spare(OTHERS, "clerk"))
def test_what_is_hidden_shows_on_no_page_whatever_is_asked(
    client: Client, hidden: dict[str, Speech], role: str
) -> None:
    sign_in(client, role)
    for address in list_pages(hidden):
        page = read(client, address)
        # What was taken out of a published text is read nowhere either, save in what was asked.
        secret = SECRET if quote(NOISE) in address else (*SECRET, NOISE)
        assert not [word for word in secret if word in page], address
    for number in (1, 2):
        address = f"/api/v1/search?q={quote(NOISE)}&page={number}"
        assert json.loads(read(client, address)).get("total", 0) == 0


@pytest.mark.parametrize("role", spare(OTHERS, "clerk"))
def test_hidden_speeches_are_sent_to_nobody_who_knows_their_number(
    client: Client, hidden: dict[str, Speech], role: str
) -> None:
    sign_in(client, role)
    for address in list_private([hidden["draft"], hidden["withdrawn"]]):
        page = read(client, address)
        assert not [word for word in (*SECRET, *ASKED[:4]) if word in page], address


def test_counts_leave_hidden_speeches_out(client: Client, hidden: dict[str, Speech]) -> None:
    # 代表 stands in the hidden texts too.
    total = json.loads(read(client, "/api/v1/search?q=代表"))["total"]
    published = Speech.objects.published()
    assert total == sum("代表" in s.title + s.current.text for s in published if s.current)
    listed = client.get("/api/v1/speeches").json()["items"]
    assert {entry["id"] for entry in listed} == {speech.pk for speech in published}
    assert "共 2 篇" in read(client, "/speeches/")
    points = client.get("/api/v1/trends?expression=代表").json()
    assert "1987" not in str(points)


@pytest.mark.parametrize("role", ["reader", "clerk"])
def test_no_passage_of_a_hidden_speech_is_gathered(
    client: Client, hidden: dict[str, Speech], role: str
) -> None:
    sign_in(client, role)
    for name in ("draft", "withdrawn"):
        for path in ("/desk/gather/", "/desk/gather/outline/"):
            posted = {"speech": str(hidden[name].pk), "section": "1"}
            assert client.post(path, posted).status_code == 404
    assert not [word for word in SECRET if word in read(client, "/desk/")]


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_editors_and_admins_do_see_them(
    client: Client, hidden: dict[str, Speech], role: str
) -> None:
    sign_in(client, role)
    assert "鹭汀" in read(client, f"/speeches/{hidden['draft'].pk}/")
    assert "蓼溪" in read(client, f"/intake/{hidden['withdrawn'].pk}/")
    assert NOISE in read(client, f"/intake/{hidden['noisy'].pk}/")
    assert "鹭汀" in read(client, f"/speeches/{hidden['draft'].pk}/original/")
