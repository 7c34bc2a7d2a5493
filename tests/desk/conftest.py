"""A small corpus and a clerk, for the desk's Django side."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.desk.models import Basket
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.desk.baskets import fill, take


@pytest.fixture
def speech(db: None) -> Speech:
    return store(WORK_CONFERENCE, "work.txt")


@pytest.fixture
def other(db: None) -> Speech:
    return store(TRAINING, "training.txt")


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create_user("clerk")


@pytest.fixture
def signed_in(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


@pytest.fixture
def basket(clerk: User, speech: Speech, other: Speech) -> Basket:
    return fill(clerk, take(speech, "2.1"), take(other, "1"), take(speech, "3"))
