"""Many versions of one speech do not make its own words a formula."""

import pytest

from corpus_app.catalog.models import Kinship
from corpus_app.intake.kinship.finding import FORMULA
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.kinship.texts import DIGEST

pytestmark = pytest.mark.django_db


def test_a_digest_is_found_beside_many_copies() -> None:
    copies = [
        store(WORK_CONFERENCE.replace("二十二个站点", f"{number}个站点"), f"{number}.txt")
        for number in range(10, 11 + FORMULA)
    ]
    digest = store(
        DIGEST.replace("（摘编）\n", "（摘编）\n（2023年5月6日）\n林知远\n"), "digest.txt"
    )
    rows = Kinship.objects.filter(other=digest, kind="part")
    assert set(rows.values_list("speech", flat=True)) == {copy.pk for copy in copies}
