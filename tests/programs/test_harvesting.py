"""OAI-PMH 2.0 as the standard has it: every verb, every error, what changed and what is gone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from lxml import etree

from corpus_app.catalog.changes import note_changes
from corpus_app.catalog.limits import INTERNAL
from corpus_app.catalog.models import Speech
from corpus_app.programs.harvesting import records, verbs
from corpus_app.programs.models import HarvestPosition, HarvestRecord
from tests.intake.exchange.tei_subset import SUBSET
from tests.search.factories import make_speech, make_theme, tag_section

pytestmark = pytest.mark.django_db
OAI = {"o": "http://www.openarchives.org/OAI/2.0/"}
DC = {"dc": "http://purl.org/dc/elements/1.1/"}
SHAPE = etree.RelaxNG(etree.parse(Path(__file__).with_name("oai_pmh.rng")))
FIRST = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)


class Clock:
    """The time at which records are looked at."""

    def __init__(self) -> None:
        self.now = FIRST

    def __call__(self) -> dt.datetime:
        return self.now

    def go_on(self, **span: int) -> None:
        self.now += dt.timedelta(**span)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(timezone, "now", made)
    return made


def ask(client: Client, **values: Any) -> Any:
    """Return the answer's root, in the standard's shape; from_ is from."""
    params = {name.rstrip("_"): value for name, value in values.items()}
    answer = client.get("/oai/", params)
    assert answer.status_code == 200
    root = etree.fromstring(answer.content)
    assert SHAPE.validate(root), SHAPE.error_log
    return root


def read_code(root: Any) -> str:
    return ",".join(root.xpath("o:error/@code", namespaces=OAI))


def list_ids(root: Any, status: str = "") -> list[int]:
    """Return the speeches of the headers: all, or those with a status."""
    chosen = "//o:header[@status=$s]" if status else "//o:header"
    found = root.xpath(f"{chosen}/o:identifier/text()", namespaces=OAI, s=status)
    assert all(one.startswith("oai:127.0.0.1:speech-") for one in found)
    return [int(one.rpartition("-")[2]) for one in found]


def list_all(client: Client, **values: Any) -> list[int]:
    return sorted(list_ids(ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc", **values)))


def test_every_verb_answers_in_the_shape_of_the_standard(client: Client, speech: Speech) -> None:
    tag_section(speech, "2.1", make_theme("duty", "坐班接待", make_theme("station", "代表家站")))
    identifier = f"oai:127.0.0.1:speech-{speech.pk}"
    told = ask(client, verb="Identify")
    assert told.findtext(".//o:baseURL", namespaces=OAI) == "http://testserver/oai/"
    assert told.findtext(".//o:deletedRecord", namespaces=OAI) == "persistent"
    assert ask(client, verb="ListMetadataFormats", identifier=identifier) is not None
    specs = ask(client, verb="ListSets").xpath("//o:setSpec/text()", namespaces=OAI)
    record = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=identifier)
    sets = record.xpath("//o:header/o:setSpec/text()", namespaces=OAI)
    assert {"theme", "theme:duty", "theme:station"} <= set(sets) <= set(specs)
    values = {
        name: record.xpath(f"//dc:{name}/text()", namespaces=DC)
        for name in ("creator", "identifier", "subject", "date", "source")
    }
    assert values == {
        "creator": ["林知远"],
        "identifier": [f"http://testserver/speeches/{speech.pk}/"],
        "subject": ["坐班接待"],
        "date": ["2023-05-08"],
        "source": ["https://www.example.com/a?b=1&c=2"],
    }
    text = ask(client, verb="GetRecord", metadataPrefix="tei", identifier=identifier)
    schema = etree.RelaxNG(etree.parse(SUBSET))
    document = etree.fromstring(etree.tostring(text.find(".//o:metadata", OAI)[0]))
    assert schema.validate(document), schema.error_log
    posted = client.post("/oai/", {"verb": "ListRecords", "metadataPrefix": "tei"})
    assert list_ids(etree.fromstring(posted.content)) == [speech.pk]


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("badVerb", {}),
    ("badVerb", {"verb": "Harvest"}),
    ("badVerb", {"verb": ["Identify", "ListSets"]}),
    ("badArgument", {"verb": "Identify", "set": "level"}),
    ("badArgument", {"verb": "ListRecords"}),
    ("badArgument", {"verb": "GetRecord", "metadataPrefix": "oai_dc"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": ["oai_dc", "tei"]}),
    *(
        ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", **span})
        for span in (
            {"from_": "2026-02-30"},
            {"from_": "yesterday"},
            {"until": "2026-01-01T00:00:00"},
            {"from_": "2026-01-02", "until": "2026-01-01"},
            {"from_": "2026-01-01", "until": "2026-01-02T00:00:00Z"},
            {"resumptionToken": "x"},
        )
    ),
    ("cannotDisseminateFormat", {"verb": "ListRecords", "metadataPrefix": "marc"}),
    ("noRecordsMatch", {"verb": "ListRecords", "metadataPrefix": "tei", "set": "level:moon"}),
    (
        "noRecordsMatch",
        {"verb": "ListIdentifiers", "metadataPrefix": "tei", "until": "1999-12-31"},
    ),
    ("badResumptionToken", {"verb": "ListRecords", "resumptionToken": "x"}),
    ("badResumptionToken", {"verb": "ListRecords", "resumptionToken": "W10"}),
    ("badResumptionToken", {"verb": "ListSets", "resumptionToken": "x"}),
    *(
        (
            "idDoesNotExist",
            {"verb": "GetRecord", "metadataPrefix": "tei", "identifier": identifier},
        )
        for identifier in (
            "oai:127.0.0.1:speech-999999",
            "oai:elsewhere:speech-1",
            f"oai:127.0.0.1:speech-{2**70}",
            "oai:127.0.0.1:speech-01",
        )
    ),
]


def test_what_is_wrong_is_told_by_the_standards_code(client: Client, db: None) -> None:
    make_speech("一篇", ["话。"])
    told = []
    for code, values in WRONG:
        root = ask(client, **values)
        repeated = dict(root.find("o:request", OAI).attrib)
        kept = {} if code in ("badVerb", "badArgument") else values
        told.append((read_code(root), repeated == kept))
    assert told == [(code, True) for code, _values in WRONG]


def test_a_span_asks_for_what_was_seen_to_change_in_it(
    client: Client, speech: Speech, clock: Clock
) -> None:
    old = make_speech("旧的讲话", ["旧话。"], level="county")
    keys = [speech.pk, old.pk]
    Speech.objects.update(changed_at=FIRST - dt.timedelta(days=3))
    speech.revisions.update(created_at=FIRST - dt.timedelta(days=3))
    old.revisions.update(created_at=FIRST - dt.timedelta(days=3))
    assert list_all(client) == keys
    assert list_all(client, from_="2026-02-26", until="2026-02-26") == keys
    clock.go_on(hours=1)
    # A change of a party's name touches no speech's row: the log of changes tells.
    Speech.objects.filter(pk=old.pk).update(level="province", changed_at=FIRST)
    note_changes([old.pk])
    assert list_all(client, from_="2026-03-01T09:00:00Z") == [old.pk]
    assert list_all(client, until="2026-02-28") == [speech.pk]
    assert list_all(client, set="level:province") == [old.pk]
    clock.go_on(hours=1)
    note_changes([old.pk, speech.pk])
    Speech.objects.filter(pk=old.pk).update(published_at=FIRST)
    nothing = ask(client, verb="ListRecords", metadataPrefix="oai_dc", from_="2026-03-01T10:00:00Z")
    assert read_code(nothing) == "noRecordsMatch", "nothing that a record tells is another"


def test_what_is_no_longer_shown_to_everybody_is_told_as_deleted_for_good(
    client: Client, speech: Speech, clock: Clock
) -> None:
    hidden = make_speech("内部", ["仅供内部。"], access=INTERNAL)
    draft = make_speech("草稿", ["未定。"], published=False)
    gone, closed = make_speech("将删", ["将删。"]), make_speech("将闭", ["将闭。"])
    client.force_login(User.objects.create_superuser("editor"))
    assert list_all(client) == [speech.pk, gone.pk, closed.pk]
    clock.go_on(hours=1)
    number = gone.pk
    gone.delete()
    closed.access = INTERNAL
    closed.save()
    Speech.objects.filter(pk=speech.pk).update(status="withdrawn")
    note_changes([number, closed.pk, speech.pk])
    since = ask(client, verb="ListRecords", metadataPrefix="tei", from_="2026-03-01T09:00:00Z")
    assert sorted(list_ids(since, "deleted")) == [speech.pk, number, closed.pk]
    assert not since.xpath("//o:metadata", namespaces=OAI)
    identifier = f"oai:127.0.0.1:speech-{speech.pk}"
    told = ask(client, verb="ListMetadataFormats", identifier=identifier)
    assert read_code(told) == "noMetadataFormats"
    for never in (hidden, draft):
        identifier = f"oai:127.0.0.1:speech-{never.pk}"
        record = ask(client, verb="GetRecord", metadataPrefix="tei", identifier=identifier)
        assert read_code(record) == "idDoesNotExist"
    clock.go_on(hours=1)
    Speech.objects.filter(pk=speech.pk).update(status="published")
    note_changes([speech.pk])
    assert list_all(client, from_="2026-03-01T10:00:00Z") == [speech.pk]
    Speech.objects.all().delete()
    everything = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    assert sorted(list_ids(everything, "deleted")) == [speech.pk, number, closed.pk]


def test_a_list_in_pages_passes_over_nothing_that_stands_whatever_changes_meanwhile(
    client: Client, speech: Speech, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(verbs.PER_PAGE, "oai_dc", 2)
    made = [make_speech(f"第{number}篇", ["话。"]) for number in range(6)]
    page = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    assert page.find(".//o:resumptionToken", OAI).attrib == {"completeListSize": "7", "cursor": "0"}
    seen, rounds = [list_ids(page)], 0
    while token := page.findtext(".//o:resumptionToken", "", OAI):
        clock.go_on(seconds=1)
        if rounds == 0:  # one that was sent, one that was not, one that goes, one that comes
            for each in (made[0], made[3]):
                Speech.objects.filter(pk=each.pk).update(title="改过", changed_at=clock.now)
            Speech.objects.filter(pk=made[4].pk).update(status="withdrawn", changed_at=clock.now)
            made.append(make_speech("新来的", ["话。"]))
        page = ask(client, verb="ListRecords", resumptionToken=token)
        seen.append(list_ids(page))
        rounds += 1
        other = ask(client, verb="ListIdentifiers", resumptionToken=token)
        assert read_code(other) == "badResumptionToken", "a token is of one list"
    flat = [pk for ids in seen for pk in ids]
    assert set(flat) == {speech.pk, *(one.pk for one in made)}
    twice = {pk for pk in flat if flat.count(pk) > 1}
    assert twice <= {made[0].pk}


def test_where_the_log_does_not_reach_back_everything_is_looked_at(
    client: Client, speech: Speech, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list_all(client) == [speech.pk]
    clock.go_on(days=30)
    Speech.objects.filter(pk=speech.pk).update(title="改过")
    HarvestPosition.objects.update(number=77)
    assert list_all(client, from_="2026-03-31") == [speech.pk]
    assert HarvestRecord.objects.count() == 1
    looked = []
    monkeypatch.setattr(records, "_look_at", lambda ids, first: looked.append(ids))
    list_all(client)
    assert not looked, "where nothing changed nothing is looked at"


def test_samples_that_are_set_aside_are_told_as_deleted(client: Client, db: None) -> None:
    sample = make_speech("示例", ["虚构的话。"], is_sample=True)
    assert list_all(client) == [sample.pk]
    real = make_speech("真的", ["真话。"])
    answer = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    assert (list_ids(answer, "deleted"), sorted(list_ids(answer))) == (
        [sample.pk],
        [sample.pk, real.pk],
    )
