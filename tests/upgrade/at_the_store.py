"""What the tests do in a process of its own on an upgraded store: ask its pages, mend by them.

python -m tests.upgrade.at_the_store ask|mend    prints JSON; CORPUS_DATA_DIR is the store
"""

from __future__ import annotations

import json
import os
import re
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.test import Client  # noqa: E402

import search  # noqa: E402
from corpus_app.catalog.models import Revision, Speech, SpeechAlias, Upload  # noqa: E402
from corpus_app.desk.models import Basket, Entry  # noqa: E402
from corpus_app.themes.models import ThemePin  # noqa: E402


def enter(name: str) -> Client:
    """Return a client of the host that the demo answers to, logged in as the account."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=name))
    return client


def list_addresses() -> list[str]:
    """Return the address of a page of every kind, those of each speech among them."""
    addresses = ["/", "/search/?q=代表", "/speeches/", "/themes/", "/slogans/", "/intake/"]
    addresses += ["/intake/queue/", "/intake/rules/", "/intake/bulk/", "/intake/batches/"]
    for speech in Speech.objects.all():
        addresses += [f"/speeches/{speech.pk}/", f"/speeches/{speech.pk}/original/"]
        addresses += [f"/intake/{speech.pk}/", f"/intake/{speech.pk}/history/"]
    addresses += [basket.get_absolute_url() for basket in Basket.objects.all()]
    codes = [entry.code for entry in Entry.objects.exclude(revision=None)]
    addresses += [f"/p/{code}/" for code in codes]
    return [*addresses, *(f"/speeches/{alias.old_id}/" for alias in SpeechAlias.objects.all())]


def ask() -> dict[str, object]:
    """Return the status of each page by its address, what a search finds, what isn't migrated."""
    client = enter("editor")
    states = {}
    for address in list_addresses():
        answer = client.get(address, follow=True)
        states[address] = answer.status_code
        answer.close()
    found = search.run_search(search.SearchRequest("代表"))
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return {"pages": states, "found": found.total, "unmigrated": [str(step) for step, _ in plan]}


def restore_words(client: Client, speech: int) -> None:
    """Restore on the review page the words that the old reader took."""
    revision = _read(speech)
    spans = [span for span in revision.removed if span["text"] == "PM2.5"]
    values = [f"{span['start']}-{span['end']}" for span in spans]
    page = client.get(f"/intake/{speech}/").content.decode()
    assert len(values) == 2
    assert all(f'value="{value}"' in page for value in values)
    client.post(f"/intake/{speech}/text/", {"base": revision.number, "restore": values})
    assert _read(speech).text.count("PM2.5") == 2


def take_back(client: Client, speech: int, message: str) -> None:
    """Make the revision that the message names the present one."""
    number = re.findall(r"恢复第 (\d+) 版", message)[0]
    posted = {"revision": number, "base": _read(speech).number}
    client.post(f"/intake/{speech}/history/restore/", posted)
    assert _read(speech).text == Revision.objects.get(speech=speech, number=number).text


def pin_again(speech: int) -> None:
    """Decide in the admin what was decided, on the section that is there now."""
    gone = ThemePin.history.get(speech_id=speech, history_type="-")
    posted = {"theme": gone.theme_id, "speech": speech, "section_key": "2", "decision": "pin"}
    answer = enter("admin").post("/admin/themes/themepin/add/", posted)
    assert answer.status_code == 302
    assert ThemePin.objects.filter(speech=speech, section_key="2").exists()


def set_apart(client: Client, speech: int, name: str, speaker: str) -> None:
    """Make the file a speech of its own by the button of the review page."""
    upload = Upload.objects.filter(name=name).latest("pk")
    address = f"/intake/{speech}/files/{upload.pk}/"
    assert f'action="{address}"' in client.get(f"/intake/{speech}/").content.decode()
    client.post(address, {"action": "apart"})
    made = Speech.objects.exclude(pk=speech).get(speaker__name=speaker)
    assert made.current is not None
    assert made.current.upload == upload


def mend() -> dict[str, object]:
    """Do what check_corpus says of each speech (read from stdin); return each one's speaker."""
    told = {found["code"]: found for found in map(json.loads, sys.stdin)}
    client = enter("editor")
    restore_words(client, told["words_lost"]["speech"])
    take_back(client, told["decisions_lost"]["speech"], told["decisions_lost"]["message"])
    pin_again(told["pin_lost"]["speech"])
    set_apart(client, told["speech_replaced"]["speech"], "讲话.txt", "苏晚晴")
    set_apart(client, told["speech_dropped"]["speech"], "溪北.txt", "杜若溪")
    codes = ("speech_replaced", "speech_dropped")
    return {code: Speech.objects.get(pk=told[code]["speech"]).speaker.name for code in codes}


def _read(speech: int) -> Revision:
    current = Speech.objects.select_related("current").get(pk=speech).current
    assert current is not None
    return current


if __name__ == "__main__":
    print(json.dumps({"ask": ask, "mend": mend}[sys.argv[1]](), ensure_ascii=False))
