"""What is asked of any engine through Haystack, asked of Solr."""

from __future__ import annotations

import pytest

from tests.search.test_engine_contract import *  # noqa: F403

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("solr")]

del test_the_suite_runs_against_the_engine_in_settings  # noqa: F821
