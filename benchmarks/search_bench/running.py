"""One size: load the database, cut the rows for the peers, build and ask every engine."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.search_bench.corpora import Source, take_sections
from benchmarks.search_bench.loading import read_period
from benchmarks.search_bench.peers import find_reason
from benchmarks.search_bench.stages import OURS, STUDIES, WRITERS

ROOT: Final = Path(__file__).resolve().parents[2]
_PUBLISH_ROUNDS: Final = 8


@dataclass(frozen=True, slots=True)
class Run:
    """Which engines, how many warm rounds, and how long a stage may take in seconds."""

    engines: tuple[str, ...]
    rounds: int
    timeout: float


def measure_size(run: Run, sources: list[Source], size: int, folder: Path) -> dict[str, Any]:
    """Return the results of all engines over a corpus of that many sections."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = folder / "rows.jsonl"
    taken = take_sections(sources, size)
    result: dict[str, Any] = {
        "size": size,
        "speeches": len(taken),
        "sections": sum(len(source.parts) for source in taken),
        "characters": sum(len(source.text) for source in taken),
        "engines": {},
    }
    result["prepared"] = _prepare(run, folder, size)
    for engine in run.engines:
        _say(f"{size:,} sections: {engine}")
        result["engines"][engine] = _measure_engine(run, engine, folder, rows)
    return result


def _prepare(run: Run, folder: Path, size: int) -> dict[str, float]:
    """Load the database and cut the peers' words, unless a kept folder has them."""
    done = folder / "prepared.json"
    if not done.exists():
        call = ["-m", "benchmarks.search_bench.preparing", str(folder), str(size)]
        done.write_text(_call(run, call).splitlines()[-1], encoding="utf-8")
    return dict(json.loads(done.read_text(encoding="utf-8")))


def _measure_engine(run: Run, engine: str, folder: Path, rows: Path) -> dict[str, Any]:
    reason = find_reason(engine)
    if reason:
        return {"skipped": reason}
    ours = engine in (*OURS, *STUDIES)
    place = folder / "site" / "index" if ours else folder / engine
    found: dict[str, Any] = {}
    try:
        if not (ours and place.exists()):
            found["build"] = _run_stage(run, "build", engine, place, rows)
        if engine in WRITERS:
            return found
        found["ask"] = _run_stage(run, "ask", engine, place, rows)
        if engine == "ours":
            found["publish"] = _run_stage(run, "publish", engine, place, rows, _PUBLISH_ROUNDS)
    except subprocess.TimeoutExpired:
        found["skipped"] = f"took longer than {run.timeout:.0f} s"
    except subprocess.CalledProcessError as error:
        found["skipped"] = f"failed: {error.stderr.strip().splitlines()[-1]}"
    return found


def _run_stage(
    run: Run, stage: str, engine: str, place: Path, rows: Path, rounds: int | None = None
) -> dict[str, Any]:
    arguments = [stage, engine, str(place), str(rows), str(rounds or run.rounds)]
    answer = _call(run, ["-m", "benchmarks.search_bench.stages", *arguments])
    return dict(json.loads(answer.splitlines()[-1]))


def _call(run: Run, arguments: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=run.timeout,
        check=True,
    )
    return done.stdout


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def make_row(number: int, source: Source, at: int) -> dict[str, Any]:
    """Return a section as the peers get it, its words not yet cut."""
    part = source.parts[at]
    first, _ = read_period(source.date)
    return {
        "id": number,
        "title": source.title,
        "heading": part.heading,
        "text": source.text[part.start : part.end],
        "year": first.year if first else 0,
    }
