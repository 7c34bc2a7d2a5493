"""Making, finding and revoking tokens."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.api.models import ApiToken
from corpus_app.text.chars import tidy

PREFIX: Final = "yanku_"
MAX_TOKENS: Final = 20
_SHOWN: Final = 12
_LONGEST: Final = 200


class TokenError(ValueError):
    """A token that can't be made; the message says why, in Chinese."""


def create_token(user: User, name: str) -> tuple[ApiToken, str]:
    """Return a new token and its secret, which is shown this once and kept nowhere."""
    name = tidy(name)
    if not name:
        raise TokenError(_("请填写令牌的用途。"))
    if list_tokens(user).count() >= MAX_TOKENS:
        message = _("每个账号最多 %(limit)d 个令牌，请先撤销不用的。")
        raise TokenError(message % {"limit": MAX_TOKENS})
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name[:60], digest=digest_secret(secret), start=secret[:_SHOWN]
    )
    return token, secret


def digest_secret(secret: str) -> str:
    """Return the digest under which a secret is kept.

    A secret has 256 random bits, so that a slow password hash would add nothing.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def find_token(secret: str) -> ApiToken | None:
    """Return the token in force that has the secret, its use noted, or None."""
    if len(secret) > _LONGEST:
        return None
    tokens = ApiToken.objects.select_related("user").filter(revoked_at=None, user__is_active=True)
    token = tokens.filter(digest=digest_secret(secret)).first()
    today = timezone.localdate()
    if token and token.used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(used_on=today)
    return token


def list_tokens(user: User) -> QuerySet[ApiToken]:
    """Return the user's tokens in force, the newest first."""
    return ApiToken.objects.filter(user=user, revoked_at=None)


def revoke_token(user: User, token_id: int) -> bool:
    """Put one of the user's tokens out of force; tell whether there was one."""
    return bool(list_tokens(user).filter(pk=token_id).update(revoked_at=timezone.now()))
