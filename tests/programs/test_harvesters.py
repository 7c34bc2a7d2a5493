"""Harvested from a live server by clients that are not ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from oaipmh_scythe import Scythe
from pytest_django.live_server_helper import LiveServer
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from corpus_app.catalog.models import Speech
from corpus_app.programs.harvesting import verbs
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.search.factories import make_speech


@pytest.fixture
def server(django_db_serialized_rollback: None, transactional_db: None) -> Iterator[LiveServer]:
    started = LiveServer("127.0.0.1")
    yield started
    started.stop()


# Sickle was made for an older lxml and requests.
@pytest.mark.filterwarnings("ignore::DeprecationWarning:sickle.*", "ignore::FutureWarning")
def test_two_harvesters_get_everything_in_pages_and_what_is_gone(
    server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(verbs.PER_PAGE, "oai_dc", 2)
    monkeypatch.setitem(verbs.PER_PAGE, "tei", 1)
    speeches = [store(WORK_CONFERENCE, "a.txt"), store(TRAINING, "b.txt")]
    speeches += [make_speech(f"第{number}篇", ["短短的话。"]) for number in range(3)]
    titles = {one.title for one in speeches}
    sickle = Sickle(f"{server.url}/oai/")
    harvested = list(sickle.ListRecords(metadataPrefix="oai_dc"))
    assert {one.metadata["title"][0] for one in harvested} == titles
    assert sickle.Identify().deletedRecord == "persistent"
    assert "level" in {one.setSpec for one in sickle.ListSets()}
    with Scythe(f"{server.url}/oai/") as scythe:
        texts = [str(one) for one in scythe.list_records(metadata_prefix="tei")]
        assert sum("青芜县人大常委会党组始终" in text for text in texts) == 1
        names = {one.metadataPrefix for one in scythe.list_metadata_formats()}
        assert names == {"oai_dc", "tei"}
        Speech.objects.filter(pk=speeches[-1].pk).update(status="withdrawn")
        Speech.objects.get(pk=speeches[-1].pk).save()
        headers = list(scythe.list_identifiers(metadata_prefix="oai_dc"))
        assert [one.deleted for one in headers].count(True) == 1
        left = scythe.list_records(metadata_prefix="oai_dc", ignore_deleted=True)
        assert len(list(left)) == len(speeches) - 1
    with pytest.raises(NoRecordsMatch):
        sickle.ListRecords(metadataPrefix="tei", until="1999-12-31")
