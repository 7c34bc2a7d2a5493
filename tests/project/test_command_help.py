"""Every command of the project explains itself when asked with --help."""

from __future__ import annotations

import re

import pytest
from django.core.management import get_commands, load_command_class

OWN = sorted(
    (str(app), name)
    for name, app in get_commands().items()
    if str(app).split(".")[0] in {"corpus_app", "search"}
)


@pytest.mark.parametrize(("app", "name"), OWN)
def test_a_command_tells_in_chinese_what_it_does(app: str, name: str) -> None:
    words = load_command_class(app, name).create_parser("manage.py", name).format_help()
    assert re.search(r"[\u4e00-\u9fff]{4}", words)


def test_the_commands_of_the_project_are_found() -> None:
    assert {"search", "parse_speech", "bootstrap"} <= {name for _, name in OWN}
