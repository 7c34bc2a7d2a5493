"""The browser's scripts: on a plain-http intranet half of what a browser offers is not there."""

from __future__ import annotations

import re
from typing import Final

import pytest

from tests.places import ROOT

SCRIPTS: Final = sorted((ROOT / "static" / "js").glob("*.js"))
# What a browser keeps from pages without a secure context, and who has a way without it.
SECURE_ALONE: Final[dict[str, set[str]]] = {
    r"navigator\.clipboard|\bclipboard\b.*= navigator|ClipboardItem": {"copying.js"},
    r"crypto\??\.subtle": {"sending.js"},
    r"randomUUID": set(),
    r"serviceWorker|\bcaches\.|cookieStore": set(),
    r"navigator\.(storage|locks|share|credentials|geolocation|mediaDevices|wakeLock|usb)\b": set(),
    r"show(OpenFile|SaveFile|Directory)Picker": set(),
    r"\bNotification\b|PushManager|PaymentRequest|SharedArrayBuffer": set(),
}


@pytest.mark.parametrize("pattern", SECURE_ALONE)
def test_no_script_needs_what_only_https_gives(pattern: str) -> None:
    users = {one.name for one in SCRIPTS if re.search(pattern, one.read_text("utf-8"))}
    assert users <= SECURE_ALONE[pattern]
