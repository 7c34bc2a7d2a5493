"""What was done last and how it went, in small files: a damaged database could not tell."""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any, Final, Literal

from django.conf import settings

Job = Literal["backup", "check"]
FOLDER: Final = "operations"


def write_record(job: Job, **values: Any) -> None:
    """Note the outcome of a job that ends now (anything JSON can hold), in place of the last."""
    folder = Path(settings.DATA_DIR) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".new-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"at": time.time(), **values}, file, ensure_ascii=False)
    Path(name).replace(folder / f"{job}.json")


def read_record(job: Job) -> dict[str, Any] | None:
    """Return the outcome of the job's last run, with "at" in seconds since 1970; None for none."""
    try:
        found = json.loads(Path(settings.DATA_DIR, FOLDER, f"{job}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("at"), int | float) else None


def ask_for(job: Job) -> None:
    """Have the worker do the job at its next round, due or not."""
    folder = Path(settings.DATA_DIR) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{job}.asked").touch()


def is_asked_for(job: Job) -> bool:
    """Return whether somebody asked for the job and it has not begun."""
    return Path(settings.DATA_DIR, FOLDER, f"{job}.asked").exists()


def forget_asking(job: Job) -> None:
    """Note that the job which was asked for begins."""
    Path(settings.DATA_DIR, FOLDER, f"{job}.asked").unlink(missing_ok=True)
