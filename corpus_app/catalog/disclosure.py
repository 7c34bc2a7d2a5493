"""Which states of a text readers may see: those that stood while the speech was published."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION


def disclose_current(speech: Speech) -> None:
    """Note that readers see the speech's current revision from now on, if it is published.

    Call it wherever a speech is published or gets another current revision: what editors worked
    on before, and the revisions of a draft that was merged, stay theirs.
    """
    if speech.status == Speech.Status.PUBLISHED and speech.current_id is not None:
        unseen = Revision.objects.filter(pk=speech.current_id, public_since=None)
        unseen.update(public_since=timezone.now())


def list_visible_revisions(
    speech: Speech, user: AbstractBaseUser | AnonymousUser
) -> QuerySet[Revision]:
    """Return the speech's revisions that the user may see, newest first; editors see all."""
    revisions = Revision.objects.filter(speech=speech)
    if user.has_perm(EDIT_PERMISSION):  # type: ignore[union-attr]
        return revisions
    return revisions.filter(Q(pk=speech.current_id) | Q(public_since__isnull=False))
