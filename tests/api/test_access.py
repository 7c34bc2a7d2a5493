"""Every address of the interface for every kind of user: what is answered."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from corpus_app.api.tokens import create_token
from corpus_app.api.urls import urlpatterns
from corpus_app.catalog.models import Speech
from corpus_app.slogans.models import Slogan
from search import rebuild_index
from tests.batches.sending import send_table

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "reader", "clerk", "editor", "admin")
EVERYONE = (200, 200, 200, 200, 200)
NOBODY = (404, 404, 404, 404, 404)
# Address → status for anonymous, reader, clerk, editor, admin; 302 leads to the login.
TABLE = {
    "": EVERYONE,
    "tokens/": (302, 200, 200, 200, 200),
    # Only takes a POST.
    "tokens/<int:token_id>/revoke/": (405, 405, 405, 405, 405),
    "openapi.json": EVERYONE,
    "speeches": EVERYONE,
    "speeches/<speech_id>": EVERYONE,
    "speeches/<speech_id>/text": EVERYONE,
    "speeches/<speech_id>/sections": EVERYONE,
    "speeches/<speech_id>/sections/<key>": EVERYONE,
    "search?q=代表": EVERYONE,
    "suggestions?q=代": EVERYONE,
    "concordance?q=代表": EVERYONE,
    "trends?expression=代表": EVERYONE,
    "breakdown?q=代表": EVERYONE,
    "collocates?q=代表": EVERYONE,
    "forms?q=代表": EVERYONE,
    "keywords?target=代表": EVERYONE,
    "ngrams": EVERYONE,
    "dispersion?q=代表": EVERYONE,
    "spread?q=代表": EVERYONE,
    "reuse?speech=<speech_id>": EVERYONE,
    "reuse?speech=<draft>": NOBODY,
    "similar?q=代表": EVERYONE,
    # A speech beside itself, beside a draft.
    "compare?speech=<speech_id>&other=<speech_id>": NOBODY,
    "compare?speech=<speech_id>&other=<draft>": NOBODY,
    "slogans": EVERYONE,
    "slogans/<slogan_id>": EVERYONE,
    "slogans/<slogan_id>/mentions": EVERYONE,
    "themes": EVERYONE,
    "themes/<slug>": EVERYONE,
    "themes/<slug>/passages": EVERYONE,
    "citations?speech=<speech_id>": EVERYONE,
    "speeches/<draft>": NOBODY,
    "speeches/<draft>/text": NOBODY,
    "citations?speech=<draft>": NOBODY,
    # Only takes a POST.
    "draft-checks": (405, 405, 405, 405, 405),
    # Sending takes a token, so a login alone only asks.
    "uploads": (401, 403, 403, 200, 200),
    "uploads/<upload_id>": (401, 403, 403, 200, 200),
    "uploads/<upload_id>/tables/<file_id>": (401, 403, 403, 200, 200),
    "nothing": NOBODY,
}


@pytest.fixture
def addresses(corpus: dict[str, Speech]) -> dict[str, str]:
    rebuild_index()
    table = send_table()
    values = {
        "<int:token_id>": "1",
        "<speech_id>": str(corpus["work"].pk),
        "<draft>": str(corpus["draft"].pk),
        "<slogan_id>": str(Slogan.objects.get(text="四个机关").pk),
        "<key>": "1",
        "<slug>": "duty",
        "<upload_id>": str(table.batch_id),
        "<file_id>": str(table.pk),
    }
    filled = {}
    for address in TABLE:
        filled[address] = f"/api/v1/{address}"
        for name, value in values.items():
            filled[address] = filled[address].replace(name, value)
    return filled


def test_the_table_knows_every_address() -> None:
    served = {str(pattern.pattern) for pattern in urlpatterns}
    assert served <= {address.partition("?")[0] for address in TABLE}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(
    client: Client, addresses: dict[str, str], role: str
) -> None:
    if role != "anonymous":
        user = User.objects.create_user(f"user-{role}")
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
    given = {name: client.get(address).status_code for name, address in addresses.items()}
    assert given == {name: row[ROLES.index(role)] for name, row in TABLE.items()}


def test_a_token_opens_the_interface_and_nothing_else(
    client: Client, addresses: dict[str, str], corpus: dict[str, Speech]
) -> None:
    user = User.objects.create_user("user-editor")
    user.groups.add(Group.objects.get(name="editor"))
    headers = {"Authorization": f"Bearer {create_token(user, '测试')[1]}"}
    assert client.get("/api/v1/speeches", headers=headers).status_code == 200
    assert client.get(addresses["speeches/<draft>"], headers=headers).status_code == 404
    assert client.get("/api/v1/tokens/", headers=headers).status_code == 302
    assert client.get("/intake/", headers=headers).status_code == 302
