"""A segment written to disk: its tables, and what is built of them to be asked for quickly."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from search.arrays.letters import Letters
from search.arrays.pairs import PairPlaces
from search.arrays.seeds import SeedPlaces
from search.arrays.segment import MOST_CODES, PAIRS, SEEDS, SUMMARY, WORDS
from search.arrays.tables import AXES, COLUMNS, STRINGS, ZONES, Tables
from search.arrays.words import build_words
from search.errors import IndexProblem


def write_segment(tables: Tables, folder: Path) -> None:
    """Write a segment into a new folder; raise IndexProblem for more than it can number."""
    if len(tables.columns["codes"]) > MOST_CODES:
        # Written all the same, places would begin again at 0, and strings be found elsewhere.
        raise IndexProblem(f"more than {MOST_CODES} characters in one segment")
    folder.mkdir(parents=True)
    arrays = {name: tables.columns[name] for name in COLUMNS}
    arrays |= {f"{axis}.ends": tables.ends[axis] for axis in AXES}
    for name in STRINGS:
        arrays[f"{name}.blob"] = tables.strings[name].blob
        arrays[f"{name}.ends"] = tables.strings[name].ends.astype(np.uint32)
    codes = tables.columns["codes"]
    letters = Letters.build(codes)
    arrays |= {"codes": letters.numbers, "alphabet": letters.alphabet}
    pairs = PairPlaces.build(letters.numbers)
    arrays |= {name: getattr(pairs, part) for part, name in PAIRS.items()}
    zone = ZONES.index("text")
    starts, ends = (tables.columns[name][:, zone] for name in ("zone_start", "zone_end"))
    seeds = SeedPlaces.build(codes, starts, ends)
    hashes, places = seeds.hashes, seeds.places
    kept = (seeds.starts, hashes.low, hashes.ends, places.low, places.high)
    arrays |= dict(zip(SEEDS, kept, strict=True))
    words = build_words(tables)
    arrays |= {f"words.{name}": getattr(words, name) for name in WORDS}
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    summary = {
        "speeches": tables.speech_count,
        "codes": len(codes),
        "nodes": len(tables.columns["node_start"]),
    }
    (folder / SUMMARY).write_text(json.dumps(summary), encoding="utf-8")
