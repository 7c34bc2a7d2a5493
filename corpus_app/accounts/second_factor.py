"""The second factor: a code from an authenticator, or a recovery code, each valid once."""

from __future__ import annotations

import base64
import math
import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

import segno
from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django_otp import devices_for_user
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

RECOVERY_CODES: Final = 10
_SALT: Final = "corpus_app.accounts.second_factor"
# A proposed key waits so long for its first code.
_PROPOSAL_AGE: Final = 3600
_ISSUER: Final = "言库"


@dataclass(frozen=True)
class Proposal:
    """A key that is not in force yet: it is kept by the form that shows it, signed."""

    user: User
    key: str

    @property
    def signed(self) -> str:
        """Return the key as the form sends it back; nobody else's and no made-up one passes."""
        return signing.dumps([self.user.pk, self.key], salt=_SALT)

    @property
    def secret(self) -> str:
        """Return the key as it is typed into an authenticator, in groups of four."""
        plain = base64.b32encode(bytes.fromhex(self.key)).decode().rstrip("=")
        return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))

    @property
    def picture(self) -> str:
        """Return the picture to scan, as a data address."""
        label = quote(f"{_ISSUER}:{self.user.get_username()}")
        values = urlencode({"secret": self.secret.replace(" ", ""), "issuer": _ISSUER})
        code = segno.make(f"otpauth://totp/{label}?{values}", error="m", micro=False)
        # Dark on white whatever the page's colours: a camera must tell them apart.
        return code.svg_data_uri(scale=4, border=4, light="#fff")


def propose_key(user: User) -> Proposal:
    """Return a fresh key for the user."""
    return Proposal(user, default_key())


def read_proposal(user: User, signed: str) -> Proposal | None:
    """Return the proposal that the form sends back, None for one that is not the user's."""
    try:
        owner, key = signing.loads(signed, salt=_SALT, max_age=_PROPOSAL_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Proposal(user, key) if owner == user.pk else None


@transaction.atomic
def accept_proposal(proposal: Proposal, code: str) -> list[str] | None:
    """Put the key in force if the code is its own; return the recovery codes, else None."""
    totp = TOTP(bytes.fromhex(proposal.key))
    totp.time = time.time()
    # Digits such as ² are no decimals, and thousands of them no number.
    if not code.isdecimal() or len(code) > totp.digits or not totp.verify(int(code), 1):
        return None
    remove_second_factor(proposal.user)
    # The step whose code was just used: it is not good a second time.
    TOTPDevice.objects.create(
        user=proposal.user, name="totp", key=proposal.key, drift=totp.drift, last_t=totp.t()
    )
    return renew_recovery_codes(proposal.user)


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """Return new recovery codes in place of all old ones; they are shown this once."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def has_second_factor(user: User) -> bool:
    """Tell whether the user has a key in force."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def count_recovery_codes(user: User) -> int:
    """Return how many recovery codes are left."""
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def remove_second_factor(user: User) -> None:
    """Take the key and the recovery codes out of force."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def measure_wait(user: User) -> int:
    """Return the seconds before the next code may be tried, which grow with each wrong one."""
    until = [
        info["locked_until"]
        for device in devices_for_user(user)
        for allowed, info in [device.verify_is_allowed()]
        if not allowed
    ]
    left = (max(until) - timezone.now()).total_seconds() if until else 0
    return max(0, math.ceil(left))


@transaction.atomic
def check_code(user: User, typed: str) -> bool:
    """Tell whether what was typed is a code of the user's, and use it up."""
    code = "".join(typed.split()).lower()
    model = TOTPDevice if code.isdigit() else StaticDevice
    device = model.objects.filter(user=user, confirmed=True).select_for_update().first()
    return device is not None and device.verify_token(code)
