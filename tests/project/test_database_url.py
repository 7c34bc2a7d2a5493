"""The address of the database: what it names, and what is refused with the reason."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from corpus_app.database_url import VARIABLE, describe_database
from tests.folding import for_each

FOLDER = Path("/folder")


def test_without_an_address_the_rows_lie_in_the_data_folder() -> None:
    found = describe_database(FOLDER, "")
    assert (found["ENGINE"], found["NAME"]) == ("corpus_app.sqlite", FOLDER / "corpus.sqlite3")


@for_each(
    "address, expected",
    [
        ("postgresql://u:pw@db.example:6543/yanku", ("u", "pw", "db.example", "6543", "yanku")),
        ("postgres://u@127.0.0.1/yanku", ("u", "", "127.0.0.1", "5432", "yanku")),
        ("postgresql://u:p%40%2F%3F@[::1]:1/a%20b", ("u", "p@/?", "::1", "1", "a b")),
        ("postgresql://用户:密码@h/言库", ("用户", "密码", "h", "5432", "言库")),
    ],
)
def test_an_address_names_a_database_with_all_that_is_special_in_it(
    address: str, expected: tuple[str, ...]
) -> None:
    found = describe_database(FOLDER, address)
    assert found["ENGINE"] == "corpus_app.postgresql"
    assert tuple(found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")) == expected


def test_the_way_to_the_server_may_be_encrypted() -> None:
    address = "postgresql://u:pw@h/d?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    options = describe_database(FOLDER, address)["OPTIONS"]
    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/etc/ca.pem")


@pytest.mark.parametrize(
    "address",
    [
        "mysql://u:secret@h/d",
        "sqlite:///secret.sqlite3",
        "secret",
        "postgresql://u:secret@h",
        "postgresql://u:secret@h/",
        "postgresql://u:secret@/d",
        "postgresql://h/d",
        "postgresql://u:secret@h:port/d",
        "postgresql://u:secret@h:0/d",
        "postgresql://u:secret@h:99999/d",
        "postgresql://u:secret@[::1/d",
        "postgresql://u:secret@h/d/e",
        "postgresql://u:secret@h/d?sslmode=perhaps",
        "postgresql://u:secret@h/d?host=elsewhere",
        "postgresql://u:sec#ret@h/d",
        "postgresql://u:secret@h/d%00",
        "postgresql://u:secret@h/" + "库" * 22,
    ],
)
def test_another_address_is_refused_with_its_reason_and_without_its_password(address: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        describe_database(FOLDER, address)
    assert f"{VARIABLE} 写得不对：" in str(refused.value)
    assert "secret" not in str(refused.value)
