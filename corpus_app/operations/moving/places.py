"""Databases with today's tables, made by the program itself in another process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from corpus_app.database_url import VARIABLE
from corpus_app.operations.moving.errors import MoveError


def describe_present() -> dict[str, Any]:
    """Return the database that this process works on, as Django's settings describe one."""
    return {key: value for key, value in connection.settings_dict.items() if key != "TEST"}


def write_present_url() -> str:
    """Return the address of the server's database that this process works on, "" for a file."""
    if connection.vendor == "sqlite":
        return ""
    here = {name: quote(str(connection.settings_dict[name]), "") for name in ("USER", "PASSWORD")}
    host, port = connection.settings_dict["HOST"], connection.settings_dict["PORT"]
    host = f"[{host}]" if ":" in host else host
    name = quote(str(connection.settings_dict["NAME"]), "")
    options = connection.settings_dict["OPTIONS"]
    secure = "&".join(f"{k}={quote(v)}" for k, v in options.items() if k.startswith("ssl"))
    address = f"postgresql://{here['USER']}:{here['PASSWORD']}@{host}:{port}/{name}"
    return f"{address}?{secure}" if secure else address


def run_manage(folder: Path, address: str, *command: str, told: bool = False) -> int:
    """Run a command of manage.py on a data folder and a database; return how it ended.

    address is the server's, "" for the folder's file; told: what it prints is printed.
    """
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    environment |= {"CORPUS_DATA_DIR": str(folder), "CORPUS_SECRET_KEY": settings.SECRET_KEY}
    # Other settings (of tests) may have a folder of their own.
    environment["DJANGO_SETTINGS_MODULE"] = "corpus_app.settings"
    if address:
        environment[VARIABLE] = address
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    done = subprocess.run(
        [*manage, *command], env=environment, check=False, capture_output=not told, text=True
    )
    if done.returncode and not told:
        sys.stderr.write(done.stderr)
    return done.returncode


def migrate_database(folder: Path, address: str) -> None:
    """Give a database today's tables; raise MoveError where that fails."""
    if run_manage(folder, address, "migrate", "--verbosity", "0"):
        raise MoveError(_("目标数据库里建不起表，没有移动。"))
