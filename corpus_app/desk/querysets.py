"""Reads on baskets."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, Q, QuerySet

from corpus_app.desk.models import Basket, Entry


def list_baskets(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Basket]:
    """Return the user's baskets, last changed first, each with entry_count."""
    present = Q(entries__removed=False, entries__kind=Entry.Kind.PASSAGE)
    own = Basket.objects.filter(owner=user.pk, deleted_at=None)
    counted = own.annotate(entry_count=Count("entries", filter=present))
    # Said again, for grouping drops a model's own order.
    return counted.order_by("-changed_at", "-pk")


def list_deleted(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Basket]:
    """Return the user's deleted baskets, last deleted first."""
    return Basket.objects.filter(owner=user.pk).exclude(deleted_at=None).order_by("-deleted_at")


def find_basket(user: AbstractBaseUser | AnonymousUser, basket_id: int) -> Basket | None:
    """Return the user's own basket, deleted or not; None for any other."""
    return Basket.objects.filter(owner=user.pk, pk=basket_id).first()


def find_shared(token: str) -> Basket | None:
    """Return the basket that is shared by the token, or None."""
    shared = Basket.objects.select_related("owner").filter(token=token, deleted_at=None)
    return shared.first() if token else None


def find_entry(user: AbstractBaseUser | AnonymousUser, entry_id: int) -> Entry | None:
    """Return the entry of one of the user's baskets, or None."""
    present = Entry.objects.select_related("basket").filter(removed=False, pk=entry_id)
    return present.filter(basket__owner=user.pk, basket__deleted_at=None).first()
