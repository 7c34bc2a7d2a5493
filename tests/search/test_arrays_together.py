"""Readers and writers of the arrays at the same time, in threads and in processes."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

from search.arrays.building import SpeechRecord
from search.arrays.manifest import hold_lock
from search.arrays.store import collect_tables, put_speeches, read_arrays, switch_to


def make_record(speech_id: int) -> SpeechRecord:
    return SpeechRecord(id=speech_id, revision_id=1, title="题", subtitle="", text="代表履职")


def put_some(folder: str, first: int) -> None:
    for speech_id in range(first, first + 6):
        with hold_lock(Path(folder) / "write.lock"):
            put_speeches(Path(folder), "1", [make_record(speech_id)])


def test_writers_in_several_processes_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=put_some, args=(str(tmp_path), first)) for first in (0, 10, 20)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    arrays = read_arrays(tmp_path)
    assert arrays is not None
    assert set(arrays.fingerprints) == {first + at for first in (0, 10, 20) for at in range(6)}


def test_readers_always_see_a_whole_index_while_segments_come_and_go(tmp_path: Path) -> None:
    switch_to(tmp_path, "1", collect_tables([[make_record(0)]]))
    done = threading.Event()
    seen: list[int] = []

    def read() -> None:
        while not done.is_set():
            arrays = read_arrays(tmp_path)
            seen.append(len(arrays.fingerprints) if arrays else -1)

    reader = threading.Thread(target=read)
    reader.start()
    for at in range(1, 30):
        put_speeches(tmp_path, "1", [make_record(at)])
    done.set()
    reader.join()
    assert seen == sorted(seen)
    assert seen[0] >= 1
