"""Seeds of shared passages after writers were killed: those of the texts that count, no others."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from search.arrays.manifest import read_manifest
from search.arrays.seeds import SeedPlaces
from search.arrays.store import read_arrays
from search.arrays.tables import ZONES
from tests.places import ROOT

KILLS = 12
WRITER = """
import itertools, sys
from pathlib import Path
from search.arrays.building import SpeechRecord
from search.arrays.store import drop_speeches, put_speeches
from tests.search.reusing import write


folder = Path(sys.argv[1])
for number in itertools.count(int(sys.argv[2])):
    text = f"{write(2000, number)}。{write(2000, number % 7)}"
    put_speeches(folder, "stamp", [SpeechRecord(number % 40, number, "题", "", text)])
    if number % 5 == 0:
        drop_speeches(folder, [number % 11])
    print(number, flush=True)
"""


@pytest.mark.slow
def test_what_a_killed_writer_leaves_is_whole(tmp_path: Path) -> None:
    chance, written = random.Random(47), 0
    for _ in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(tmp_path), str(written)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            assert writer.stdout.readline()
            time.sleep(chance.random() / 2)
            writer.kill()
            written += 1 + len(writer.stdout.readlines())
        index = read_arrays(tmp_path)
        assert index is not None
        held: set[int] = set()
        for live in index.segments:
            tables, zone = live.segment.tables, ZONES.index("text")
            starts, ends = (tables.columns[name][:, zone] for name in ("zone_start", "zone_end"))
            made = SeedPlaces.build(live.segment.codes, starts, ends)
            for name in ("content", "starts", "hashes", "places"):
                assert np.array_equal(getattr(made, name)[:], getattr(live.segment.seeds, name)[:])
            alive = set(live.segment.speech_ids[live.alive].tolist())
            assert not held & alive
            held |= alive
        manifest = read_manifest(tmp_path)
        assert manifest is not None
        assert len(held) == sum(entry.live for entry in manifest.entries)
    assert written > KILLS
