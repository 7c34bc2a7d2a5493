"""Whatever people and workers do in whatever order, no file is lost, stuck or taken in twice."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, given, strategies as st
from hypothesis.extra.django import TestCase

from corpus_app.batches import services
from corpus_app.batches.claiming import claim_next, take_back_claims
from corpus_app.batches.models import OPEN_STATES, Batch, BatchFile
from corpus_app.batches.processing import process_file
from corpus_app.batches.staging import NEEDING, is_needed, list_staged, locate_staged
from corpus_app.catalog.models import Revision
from tests.batches.sending import pack, work
from tests.thoroughness import draw

# Twice what is needed for anything to happen.
ACTS = (
    *("add good", "add good", "add bad", "add packed", "close", "claim", "process"),
    *("work", "work", "die", "pause", "resume", "cancel", "retry", "discard", "see"),
)


class Desk:
    """One batch, one worker, and what they are told to do."""

    def __init__(self) -> None:
        self.batch = services.make_batch("批次")
        self.added = 0
        self.claimed: BatchFile | None = None
        self.acts: dict[str, Callable[[], object]] = {
            "add good": self.add_good,
            "add bad": lambda: self.add("坏.docx", b"PK\x03\x04 no zip"),
            "add packed": lambda: self.add("包.zip", pack({"内.txt": self.write()})),
            "close": lambda: services.close_batch(self.batch),
            "claim": self.claim,
            "process": self.process,
            "work": work,
            "die": self.die,
            "pause": lambda: services.pause_batch(self.batch),
            "resume": lambda: services.resume_batch(self.batch),
            "cancel": lambda: services.cancel_batch(self.batch),
            "retry": lambda: services.retry_files(self.batch),
            "discard": lambda: services.discard_files(self.batch),
            "see": lambda: services.mark_seen(self.batch),
        }

    def write(self) -> str:
        self.added += 1
        return f"同志们：\n第{self.added}件事，" + "要逐件办好，" * self.added + "谢谢。"

    def add(self, name: str, data: bytes) -> None:
        services.add_file(self.batch, name, data)

    def add_good(self) -> None:
        self.add(f"{self.added}.txt", self.write().encode())

    def claim(self) -> None:
        if self.claimed is None:
            self.claimed = claim_next("worker")

    def process(self) -> None:
        if self.claimed is not None:
            process_file(self.claimed)
            self.claimed = None

    def die(self) -> None:
        take_back_claims()
        self.claimed = None

    def check(self) -> None:
        self.batch.refresh_from_db()
        states = Counter(self.batch.files.values_list("state", flat=True))
        if self.batch.state == Batch.State.DONE:
            assert not any(states[state] for state in OPEN_STATES)
        if self.batch.state == Batch.State.CANCELLED:
            assert not states[BatchFile.State.WAITING]
        assert states[BatchFile.State.WORKING] == (self.claimed is not None)
        for file in self.batch.files.filter(state__in=NEEDING).exclude(sha256=""):
            kept = locate_staged(file.sha256).read_bytes()
            assert hashlib.sha256(kept).hexdigest() == file.sha256
        assert all(is_needed(path.name) for path in list_staged())


class TestAnyOrder(TestCase):
    @given(acts=st.lists(st.sampled_from(ACTS), max_size=14))
    @draw(40, suppress_health_check=list(HealthCheck))
    def test_nothing_is_lost_stuck_or_taken_in_twice(self, acts: list[str]) -> None:
        for path in list_staged():
            path.unlink()
        desk = Desk()
        for act in acts:
            desk.acts[act]()
            desk.check()
        for act in ("die", "close", "resume", "work"):
            desk.acts[act]()
            desk.check()
        desk.batch.refresh_from_db()
        assert desk.batch.state in (Batch.State.DONE, Batch.State.CANCELLED)
        assert not desk.batch.files.filter(state__in=OPEN_STATES).exists()
        taken = desk.batch.files.filter(state="imported").values_list("sha256", flat=True)
        stored = Counter(Revision.objects.values_list("upload__sha256", flat=True))
        assert set(stored.values()) <= {1}
        assert set(taken) <= set(stored)
