"""Attempts to sign in: who has to wait, and which browsers are known (docs/decisions/0024)."""

from __future__ import annotations

import hashlib
import logging
import secrets
import unicodedata
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from corpus_app.access.failures import AttemptSeries, begin_attempt, forgive
from corpus_app.access.models import Activity
from corpus_app.access.proxies import name_network
from corpus_app.access.rates import Rate, count_request
from corpus_app.access.recording import record_activity

logger = logging.getLogger(__name__)

COOKIE: Final = "known_browser"
_SALT: Final = "corpus_app.accounts.known_browser"
_AGE: Final = 365 * 86_400
# One machine of an office is used by several people.
_MOST_KNOWN: Final = 8
_NAME_CHARS: Final = 200
# How many may fail before there is a wait: of a name at one address or one known browser, of a
# name at all unknown browsers together, of an address whatever the name.
_OF_NAME, _OF_STRANGERS, _OF_ADDRESS = 5, 20, 30
# How many that had to wait are recorded: of an address, and of all together.
_HELD_OF_ADDRESS: Final = Rate(1, 60)
_HELD_OF_ALL: Final = Rate(30, 60)


class Attempt:
    """One attempt to sign in under a name, from an address and a browser."""

    def __init__(self, request: HttpRequest, name: str) -> None:
        self.request = request
        # No account has a longer one. To normalize megabytes would hold all readers up.
        self.name = unicodedata.normalize("NFKC", name[:_NAME_CHARS]).strip()
        key = hashlib.sha256(self.name.casefold().encode()).hexdigest()[:32]
        browser = _read_known(request).get(key)
        self._key = key
        self._own, self._shared = _list_series(key, browser, name_network(request))

    def begin(self) -> int:
        """Count the attempt and return 0, or the seconds to wait before the next one."""
        wait = begin_attempt([*self._own, *self._shared])
        if wait and self._is_news():
            logger.warning("Sign-in held for %d s: %s", wait, self._describe())
            self._record(Activity.Kind.SIGN_IN_HELD)
        return wait

    def _is_news(self) -> bool:
        """Return whether to record that one has to wait: a flood must not fill the record."""
        own = count_request(f"held:{name_network(self.request)}", _HELD_OF_ADDRESS)
        return not own.exceeded and not count_request("held", _HELD_OF_ALL).exceeded

    def fail(self) -> None:
        """Note that the password was wrong, or the name; it counts already."""
        logger.warning("Sign-in failed: %s", self._describe())
        self._record(Activity.Kind.SIGN_IN_FAILED)

    def succeed(self) -> None:
        """Forget what failed before; the address keeps what it owes under other names."""
        forgive(self._own, self._shared)

    def remember(self, response: HttpResponseBase) -> None:
        """Let the browser be known when it comes again under this name."""
        known = _read_known(self.request)
        known.pop(self._key, None)
        known[self._key] = secrets.token_urlsafe(12)
        kept = dict(list(known.items())[-_MOST_KNOWN:])
        response.set_cookie(
            COOKIE,
            signing.dumps(kept, salt=_SALT),
            max_age=_AGE,
            path="/login/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    def _record(self, kind: Activity.Kind) -> None:
        user = User.objects.filter(username=self.name).first()
        record_activity(self.request, kind, user=user, username=self._shorten(user))

    def _describe(self) -> str:
        address = self.request.META.get("REMOTE_ADDR", "")
        known = User.objects.filter(username=self.name).first()
        return f"{self._shorten(known)!r} from {address}"

    def _shorten(self, user: User | None) -> str:
        """Return the name; of one that is nobody's the beginning, for it may be a password."""
        return self.name if user else f"{self.name[:2]}…"


def _list_series(
    key: str, browser: str | None, network: str
) -> tuple[list[AttemptSeries], list[AttemptSeries]]:
    """Return what counts this name's failures here, and what counts those of others along."""
    if browser:
        return [AttemptSeries(f"browser:{browser}", _OF_NAME)], []
    shared = [
        AttemptSeries(f"name:{key}", _OF_STRANGERS),
        AttemptSeries(f"address:{network}", _OF_ADDRESS),
    ]
    return [AttemptSeries(f"name:{key}:{network}", _OF_NAME)], shared


def _read_known(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}
