"""Typed readers of environment variables."""

import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from corpus_app import env
from corpus_app.secret_key import load_or_create_secret_key


def test_text_falls_back_where_the_variable_is_blank() -> None:
    assert env.read_text("NAME", "default", {"NAME": "  "}) == "default"
    assert env.read_text("NAME", "default", {"NAME": " set "}) == "set"


@pytest.mark.parametrize(("word", "value"), [("1", True), ("YES", True), ("off", False)])
def test_bool_reads_the_usual_words(word: str, value: bool) -> None:
    assert env.read_bool("FLAG", not value, {"FLAG": word}) is value


def test_bool_refuses_any_other_word() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"FLAG.*perhaps"):
        env.read_bool("FLAG", False, {"FLAG": "perhaps"})


@pytest.mark.parametrize("value", ["x", "0", "65536", "8000.5"])
def test_int_refuses_words_and_numbers_out_of_range(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PORT"):
        env.read_int("PORT", 8000, low=1, high=65535, env={"PORT": value})


def test_int_reads_a_number_in_range() -> None:
    assert env.read_int("PORT", 8000, low=1, high=65535, env={"PORT": "8123"}) == 8123
    assert env.read_int("PORT", 8000, low=1, high=65535, env={}) == 8000


def test_choice_refuses_what_is_not_offered() -> None:
    with pytest.raises(ImproperlyConfigured, match="demo, production"):
        env.read_choice("MODE", "demo", ("demo", "production"), {"MODE": "staging"})


def test_list_splits_at_commas_and_drops_blanks() -> None:
    assert env.read_list("HOSTS", [], {"HOSTS": "a.example, ,b.example"}) == [
        "a.example",
        "b.example",
    ]
    assert env.read_list("HOSTS", ["x"], {}) == ["x"]


def test_path_is_absolute_and_no_file(tmp_path: Path) -> None:
    assert env.read_path("DIR", Path("var"), {"DIR": str(tmp_path)}) == tmp_path
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(ImproperlyConfigured, match="folder"):
        env.read_path("DIR", Path("var"), {"DIR": str(file)})


def test_a_folder_of_another_account_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    child = os.fork()
    if child == 0:
        if os.getuid() == 0:
            os.setuid(65534)
        try:
            env.read_path("DIR", tmp_path / "closed/inbox", {})
        except ImproperlyConfigured as error:
            os._exit(7 if "chown" in str(error) else 1)
        os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


@pytest.mark.parametrize("value", ["120", "0/m", "120/w", "-1/m", "1.5/s", "many"])
def test_rate_refuses_what_is_none(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="RATE"):
        env.read_rate("RATE", "120/m", {"RATE": value})


def test_rate_reads_a_number_and_its_span() -> None:
    assert env.read_rate("RATE", "1/s", {"RATE": "5000/d"}) == (5000, 86_400)


def test_networks_are_read_from_addresses_and_refused_from_names() -> None:
    found = env.read_networks("NETS", [], {"NETS": "192.0.2.1, 10.0.0.0/8,::1"})
    assert [str(network) for network in found] == ["192.0.2.1/32", "10.0.0.0/8", "::1/128"]
    with pytest.raises(ImproperlyConfigured, match="NETS"):
        env.read_networks("NETS", [], {"NETS": "proxy.example"})


def test_a_place_without_room_for_a_key_is_told_in_a_line() -> None:
    with pytest.raises(ImproperlyConfigured, match="No secret key can be kept in /proc/yanku"):
        load_or_create_secret_key(Path("/proc/yanku"))
