"""Clients of each role, for tests."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.test import Client


def enter(role: str) -> Client:
    """Return a client logged in as a new user with the role; "" stays anonymous."""
    client = Client()
    if role:
        staff = role in ("editor", "admin")
        user = User.objects.create_user(role, is_staff=staff, is_superuser=role == "admin")
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
    return client
