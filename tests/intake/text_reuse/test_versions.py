"""Many versions of one speech do not make its own words a formula."""

import pytest

from corpus_app.catalog.models import Kinship
from corpus_app.intake.text_reuse.finding import FORMULA
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.text_reuse.texts import DIGEST

# So much of the digest that its shared words alone do not make it one of copies.
OWN = (
    "藕田边的水渠修到地头还差三十米，学校门口的路灯坏了半年才有人来看，这些都要记在账上。\n"
    "散会以后几位老代表围着窗台议论，说桂花开了，往年这时候正忙着收稻子，今年添了两台机器。"
)
pytestmark = pytest.mark.django_db


def test_a_digest_is_found_beside_many_copies() -> None:
    copies = [
        store(WORK_CONFERENCE.replace("二十二个站点", f"{number}个站点"), f"{number}.txt")
        for number in range(10, 11 + FORMULA)
    ]
    head = DIGEST.replace("（摘编）\n", "（摘编）\n（2023年5月6日）\n林知远\n")
    digest = store(f"{head}\n{OWN}", "digest.txt")
    rows = Kinship.objects.filter(other=digest, kind="part")
    assert set(rows.values_list("speech", flat=True)) == {copy.pk for copy in copies}
