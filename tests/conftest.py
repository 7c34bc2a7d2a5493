"""What every test starts from."""

from __future__ import annotations

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _speak_chinese() -> None:
    """Forget the language that a test before this one asked a page in."""
    translation.deactivate()
