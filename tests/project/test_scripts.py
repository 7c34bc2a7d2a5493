"""The browser's scripts: on a plain-http intranet half of what a browser offers is not there."""

from __future__ import annotations

import re
from typing import Final

import pytest

from tests.places import ROOT

STATIC: Final = ROOT / "static"
FOLDER: Final = STATIC / "js"
SCRIPTS: Final = sorted(FOLDER.rglob("*.js"))
# What a browser keeps from pages without a secure context, and who has a way without it.
SECURE_ALONE: Final[dict[str, set[str]]] = {
    r"navigator\.clipboard|\bclipboard\b.*= navigator|ClipboardItem": {"site/copying.js"},
    r"crypto\??\.subtle": {"batches/sending.js"},
    r"randomUUID": set(),
    r"serviceWorker|\bcaches\.|cookieStore": set(),
    r"navigator\.(storage|locks|share|credentials|geolocation|mediaDevices|wakeLock|usb)\b": set(),
    r"show(OpenFile|SaveFile|Directory)Picker": set(),
    r"\bNotification\b|PushManager|PaymentRequest|SharedArrayBuffer": set(),
}


@pytest.mark.parametrize("pattern", SECURE_ALONE)
def test_no_script_needs_what_only_https_gives(pattern: str) -> None:
    users = {
        one.relative_to(FOLDER).as_posix()
        for one in SCRIPTS
        if re.search(pattern, one.read_text("utf-8"))
    }
    assert users <= SECURE_ALONE[pattern]


def test_every_script_and_style_is_asked_for_and_every_one_asked_for_is_there() -> None:
    asked = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"\{% static '((?:js|css)/[^']+)' %\}", path.read_text("utf-8"))
    }
    for one in SCRIPTS:
        for name in re.findall(r'(?:from|import) "([^"]+)"', one.read_text("utf-8")):
            asked.add((one.parent / name).resolve().relative_to(STATIC).as_posix())
    kept = [*SCRIPTS, *(STATIC / "css").rglob("*.css")]
    assert asked == {one.relative_to(STATIC).as_posix() for one in kept}
