"""What the figures were measured on."""

from __future__ import annotations

import datetime
import os
import platform
import sqlite3
from importlib import metadata
from pathlib import Path
from typing import Any


def describe_machine() -> dict[str, Any]:
    """Return cores, memory, versions and how busy the machine was at the start."""
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "processor": _read_field("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory": _read_field("/proc/meminfo", "MemTotal"),
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load at start": round(os.getloadavg()[0], 1),
        **{name: _read_version(name) for name in ("Whoosh", "numpy", "jieba", "tantivy")},
    }


def _read_version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _read_field(path: str, name: str) -> str:
    file = Path(path)
    for line in file.read_text().splitlines() if file.exists() else ():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""
