"""Many years are narrowed by the first and the last of them, wherever lists are narrowed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import html as lxml_html

import search
from corpus_app.catalog.models import Speech
from tests.search.factories import make_speech

pytestmark = pytest.mark.django_db
YEARS = [*range(1954, 1966), *range(1978, 2020)]


@pytest.fixture(autouse=True)
def decades(db: None) -> None:
    for year in YEARS:
        make_speech(f"报告{year}", ["代表依法履职。"], date=f"{year}-03")
    search.rebuild_index()


def read(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:500]
    return lxml_html.document_fromstring(response.content.decode())


def list_offered(page: Any, name: str) -> list[str]:
    return page.xpath(f"//select[@name='{name}']/option[@value != '']/@value")


def send(client: Client, page: Any, address: str, first: str, last: str) -> Any:
    """Send the form that holds the range as a browser without scripts does."""
    (form,) = page.xpath("//form[.//select[@name='year_from']]")
    values = dict(form.form_values()) | {"year_from": first, "year_to": last}
    query = "&".join(f"{name}={value}" for name, value in values.items())
    return read(client, f"{form.get('action') or address}?{query}")


def test_search_offers_the_years_with_hits_and_not_one_link_each(client: Client) -> None:
    page = read(client, "/search/?q=代表&sort=date")
    assert list_offered(page, "year_from") == [str(year) for year in YEARS]
    assert list_offered(page, "year_to") == [str(year) for year in reversed(YEARS)]
    assert page.xpath("//details[@open]/ul//a[contains(@href, 'year=')]") == []
    narrowed = send(client, page, "/search/", "1990", "1980")
    assert len(narrowed.xpath("//li[@data-hit-item]")) == 11
    assert narrowed.xpath("normalize-space(//a[@class='chip'])") == "1980—1990 ×去掉"
    assert narrowed.xpath("//select[@name='year_from']/option[@selected]/@value") == ["1980"]
    assert narrowed.xpath("//select[@name='year_to']/option[@selected]/@value") == ["1990"]
    assert narrowed.xpath("//form[@class='year-facet']//input[@name='sort']/@value") == ["date"]
    (only,) = narrowed.xpath("//a[text()='1985']/@href")
    assert len(read(client, f"/search/{only}").xpath("//li[@data-hit-item]")) == 1


def test_few_years_are_still_chosen_one_by_one(client: Client) -> None:
    Speech.objects.filter(date_start__year__gte=1958).delete()
    search.rebuild_index()
    for address in ("/search/?q=代表", "/speeches/"):
        page = read(client, address)
        assert not page.xpath("//select[@name='year_from']")
        assert len(page.xpath("//aside//a[contains(@href, 'year=')]")) == 4


@pytest.mark.parametrize(
    ("address", "row", "count"),
    [
        ("/concordance/?q=代表", "//td[@class='kwic-key']", 11),
        ("/trends/?expression=代表", "//tbody/tr[not(@class)]", 11),
        ("/speeches/", "//*[contains(@class, 'speech-line-title')]", 11),
    ],
)
def test_other_lists_are_narrowed_so_too(
    client: Client, address: str, row: str, count: int
) -> None:
    page = read(client, address)
    assert sorted(list_offered(page, "year_from")) == [str(year) for year in YEARS]
    narrowed = send(client, page, address.partition("?")[0], "1980", "1990")
    assert len(narrowed.xpath(row)) == count
    assert "1980—1990" in narrowed.xpath("string(//ul[contains(@class, 'chips')])")
    again = send(client, narrowed, address.partition("?")[0], "1985", "1986")
    assert len(again.xpath(row)) == 2


def test_the_editors_list_is_narrowed_so_too(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root"))
    address = "/intake/queue/?status=published&view=all"
    page = read(client, address)
    narrowed = send(client, page, "/intake/queue/", "1980", "1983")
    assert len(narrowed.xpath("//input[@name='speech']")) == 4
    assert not read(client, f"{address}&year=0").xpath("//input[@name='speech']")
    assert len(read(client, f"{address}&year=1981").xpath("//input[@name='speech']")) == 1


def test_programs_may_ask_for_a_range_too(client: Client) -> None:
    for address in ("/api/v1/speeches?", "/api/v1/search?q=代表&", "/api/v1/concordance?q=代表&"):
        answer = client.get(f"{address}year_from=1980&year_to=1990").json()
        assert answer["total"] == 11, address
        assert client.get(f"{address}year_to=1956").json()["total"] == 3
    assert client.get("/api/v1/search?year_from=x").status_code == 422


VIEWS = ["/search/?q=代表", "/speeches/?", "/concordance/?q=代表", "/trends/?expression=代表"]


@pytest.mark.parametrize("address", VIEWS)
def test_ends_that_do_nothing_are_named_on_the_page(client: Client, address: str) -> None:
    """A wrong end or a guessed name gives a longer list than was asked for."""
    notices = "//main/p[contains(@class, 'warn')]"
    page = read(client, f"{address}&year_from=千禧&to=1990")
    assert page.xpath(f"normalize-space({notices}[1])") == (
        "“year_from=千禧”不是年份（应为 2019 这样的数字），没有按它限定。"
    )
    assert page.xpath(f"normalize-space({notices}[2])") == (
        "“to=1990”不起作用，限定年份请用 year_to。"
    )
    assert not read(client, f"{address}&year_from=1980&year_to=").xpath(notices)


def test_files_and_programs_are_refused_such_ends(client: Client) -> None:
    for view in ("/search/export/?q=代表", "/concordance/export/?q=代表"):
        answer = client.get(f"{view}&from=1980")
        assert (answer.status_code, answer.content.decode()) == (
            400,
            "“from=1980”不起作用，限定年份请用 year_from。\n",
        )
    answer = client.get("/api/v1/search?q=代表&from=1980")
    assert answer.status_code == 422
    assert "限定年份请用 year_from" in answer.content.decode()


def test_two_revisions_are_compared_from_one_to_the_other(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root"))
    speech = Speech.objects.earliest("pk")
    page = read(client, f"/intake/{speech.pk}/difference/?from={speech.current_id}")
    assert "限定年份请用" not in page.text_content()
