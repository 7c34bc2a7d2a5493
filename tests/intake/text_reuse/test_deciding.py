"""What an editor decides about two speeches."""

import pytest
from django.contrib.auth.models import User

from corpus_app.catalog.models import Kinship
from corpus_app.intake.models import DoubtReason
from corpus_app.intake.revisions.editing import decide, keep_alone
from tests.catalog.speeches import TRAINING, store
from tests.intake.text_reuse.texts import COPY, FULL

pytestmark = pytest.mark.django_db


def test_a_decided_pair_is_no_doubt_any_more_and_one_taken_back_is() -> None:
    full, copy = store(FULL, "a.txt"), store(COPY, "b.txt")
    user = User.objects.create_user("editor")
    assert DoubtReason.objects.filter(other=full).exists()
    assert decide(copy, full, "both", user)
    assert not DoubtReason.objects.filter(other=full).exists()
    assert decide(full, copy, "open", user)
    assert DoubtReason.objects.filter(other=full).exists()
    assert Kinship.objects.get().decided_at is None


def test_strangers_are_nothing_to_decide_about() -> None:
    assert not decide(store(FULL, "a.txt"), store(TRAINING, "b.txt"), "both")
    assert not Kinship.objects.exists()


def test_keeping_one_alone_withdraws_the_other() -> None:
    full, copy = store(FULL, "a.txt"), store(COPY, "b.txt")
    keep_alone(full, copy)
    copy.refresh_from_db()
    assert copy.status == "withdrawn"
    assert Kinship.objects.get().decision == "fuller"
