"""A speech's page for programs: its head, and the forms that the head leads to."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any, cast

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import plain
from citeproc.source.json import CiteProcJSON
from django.contrib.auth.models import User
from django.test import Client
from lxml import etree, html

from corpus_app.catalog.models import Speech
from corpus_app.catalog.services import withdraw_speech
from corpus_app.intake.exchange.tei import NAMESPACE
from tests.intake.exchange.tei_subset import SUBSET
from tests.search.factories import make_theme, tag_section

pytestmark = pytest.mark.django_db
TITLE = "在青芜县人大工作会议上的讲话：“四个机关”</script>&建设{其一}"
# Any style will do: what is tried is that the item is read.
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>t</title><id>t</id><updated>2024-01-01T00:00:00Z</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><names variable="author"/><text variable="title" prefix="|"/>
<text variable="container-title" prefix="|"/><date variable="issued" prefix="|">
<date-part name="year"/></date><text variable="URL" prefix="|"/></layout></bibliography></style>"""


def read_head(client: Client, speech: Speech) -> Any:
    answer = client.get(f"/speeches/{speech.pk}/")
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def list_values(page: Any, name: str) -> list[str]:
    return cast("list[str]", page.xpath("//head/meta[@name=$name]/@content", name=name))


def read_forms(client: Client, speech: Speech) -> dict[str, str]:
    """Return the text of every form that the page's head leads to, by its media type."""
    links = read_head(client, speech).xpath(
        "//head/link[@rel='alternate'][contains(@href, $at)]", at="/formats/"
    )
    texts = {}
    for link in links:
        answer = client.get(link.get("href").removeprefix("http://testserver"))
        assert answer.status_code == 200
        assert answer["Content-Type"] == f"{link.get('type')}; charset=utf-8"
        texts[link.get("type")] = answer.content.decode()
    return texts


def test_the_head_bears_the_tags_by_which_a_speech_is_saved_whole(
    client: Client, speech: Speech
) -> None:
    tag_section(speech, "2.1", make_theme("station", "代表家站"))
    page, url = read_head(client, speech), f"http://testserver/speeches/{speech.pk}/"
    assert list_values(page, "citation_title") == [TITLE]
    assert list_values(page, "citation_author") == ["林知远"]
    assert list_values(page, "citation_publication_date") == ["2023/05/08"]
    assert list_values(page, "citation_public_url") == [url]
    assert list_values(page, "citation_keywords") == ["代表家站"]
    core = {name: list_values(page, f"DC.{name}") for name in ("title", "creator", "date")}
    assert core == {"title": [TITLE], "creator": ["林知远"], "date": ["2023-05-08"]}
    assert list_values(page, "DC.publisher") == ["青芜县人大网"]
    assert list_values(page, "DC.source") == ["https://www.example.com/a?b=1&c=2"]
    assert page.xpath("//head/link[@rel='canonical']/@href") == [url]


def test_the_data_block_is_whole_json_whatever_the_title_holds(
    client: Client, speech: Speech
) -> None:
    (block,) = read_head(client, speech).xpath("//head/script[@type='application/ld+json']")
    data = json.loads(block.text)
    assert (data["@context"], data["name"]) == ("https://schema.org", TITLE)
    assert data["author"][0] == {
        "@type": "Person",
        "name": "林知远",
        "jobTitle": "青芜县人大常委会主任",
        **({"affiliation": data["author"][0]["affiliation"]} if speech.organisation else {}),
    }
    assert (data["dateCreated"], data["datePublished"]) == ("2023-05-06", "2023-05-08")
    assert data["isBasedOn"] == "https://www.example.com/a?b=1&c=2"
    assert len(data["encoding"]) == 5


def test_what_is_not_known_is_left_out(client: Client, bare: Speech) -> None:
    page = read_head(client, bare)
    for name in ("citation_author", "citation_publication_date", "DC.creator", "DC.date"):
        assert list_values(page, name) == [], name
    assert "" not in page.xpath("//head/meta/@content")
    data = json.loads(page.xpath("//head/script[@type='application/ld+json']/text()")[0])
    assert not {"author", "dateCreated", "isBasedOn", "publisher"} & set(data)
    assert all(data.values())


# citeproc-py asks lxml in a way that lxml will give up.
@pytest.mark.filterwarnings("ignore:Truth-testing of elements:FutureWarning")
def test_each_form_is_read_by_programs_that_are_not_ours(client: Client, speech: Speech) -> None:
    forms = read_forms(client, speech)
    assert len(forms) == 5
    (bib,) = bibtexparser.parse_string(forms["application/x-bibtex"]).entries
    assert bib["author"] == "{林知远}"
    assert bib["url"] == "https://www.example.com/a?b=1&c=2"
    (ris,) = rispy.loads(forms["application/x-research-info-systems"])
    assert (ris["title"], ris["authors"], ris["year"]) == (TITLE, ["林知远"], "2023")
    style = CitationStylesStyle(BytesIO(STYLE.encode()), validate=False)
    source = CiteProcJSON(json.loads(forms["application/vnd.citationstyles.csl+json"]))
    written = CitationStylesBibliography(style, source, plain)
    written.register(Citation([CitationItem(f"yanku-{speech.pk}")]))
    (reference,) = map(str, written.bibliography())
    assert reference.split("|")[2:] == [
        "青芜县人大网",
        "2023",
        "https://www.example.com/a?b=1&c=2",
    ]
    text = forms["text/plain"]
    assert speech.current
    assert speech.current.text in text
    assert text.startswith(speech.title)
    assert "http://testserver/p/" in text


def test_the_tei_of_one_speech_holds_all_that_it_points_at(client: Client, speech: Speech) -> None:
    schema = etree.RelaxNG(etree.parse(SUBSET))
    document = etree.fromstring(read_forms(client, speech)["application/tei+xml"].encode())
    assert schema.validate(document), schema.error_log
    ids = set(document.xpath("//@xml:id"))
    pointed = {one.removeprefix("#") for one in document.xpath("//@who | //@ref")}
    assert pointed
    assert pointed <= ids
    assert speech.current
    said = document.findall(f".//{{{NAMESPACE}}}seg")
    assert "\n".join(one.text for one in said) == "\n".join(
        line for line in speech.current.text.split("\n") if line.strip()
    )


def test_a_form_is_had_by_whom_the_speech_is_shown_to(client: Client, speech: Speech) -> None:
    address = f"/speeches/{speech.pk}/formats/text"
    assert client.get(f"/speeches/{speech.pk}/formats/docx").status_code == 404
    assert client.get(f"/speeches/{2**70}/formats/text").status_code == 404
    withdraw_speech(speech)
    gone = client.get(address)
    assert gone.status_code == 410
    assert "代表家站" not in gone.content.decode()
    client.force_login(User.objects.create_superuser("editor"))
    assert "代表家站" in client.get(address).content.decode()
