"""A small corpus and a clerk, for the desk's Django side."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from corpus_app.catalog.models import Speech
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store


@pytest.fixture
def speech(db: None) -> Speech:
    return store(WORK_CONFERENCE, "work.txt")


@pytest.fixture
def other(db: None) -> Speech:
    return store(TRAINING, "training.txt")


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create_user("clerk")
