"""People with roles, and counts of attempts of their own for each test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus_app.accounts.roles import give_role

PASSWORD = "mu-lan-qiu-xian"


@pytest.fixture(autouse=True)
def _count_apart(settings: Any, tmp_path: Path) -> None:
    settings.CACHE_DIR = tmp_path


def make_person(name: str, role: str) -> User:
    user = User.objects.create_user(name, password=PASSWORD)
    give_role(user, role)
    return user


@pytest.fixture
def member(db: None) -> User:
    return make_person("member", "reader")


@pytest.fixture
def chief(db: None) -> User:
    return make_person("chief", "admin")


def enter(user: User) -> Client:
    """Return a browser in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client


def sign_in(client: Client, name: str, password: str, address: str = "192.0.2.1") -> Any:
    posted = {"username": name, "password": password}
    return client.post("/login/", posted, REMOTE_ADDR=address)
