"""Names that stay: of this site, and of a speech wherever its page may be served from."""

from __future__ import annotations

from typing import Final

from django.conf import settings

# A tag is of the day on which the one who gives it held the host's name.
_SINCE: Final = 2026


def read_host() -> str:
    """Return the first host name that the site is set up for: others may lead to it as well."""
    return str(settings.ALLOWED_HOSTS[0]).removeprefix(".")


def name_speech(speech_id: int) -> str:
    """Return the name of a speech as a tag URI (RFC 4151)."""
    return f"tag:{read_host()},{_SINCE}:speech-{speech_id}"
