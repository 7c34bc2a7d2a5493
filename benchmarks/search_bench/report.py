"""The results as JSON for machines and as tables for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from benchmarks.search_bench.questions import QUESTIONS
from benchmarks.search_bench.stages import OURS, PEERS, STUDIES, WRITERS

ENGINES: Final = (*OURS, *STUDIES, *PEERS, *WRITERS)


def write_report(results: dict[str, Any], output: Path) -> None:
    """Write output.json and output.md."""
    output.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(results, ensure_ascii=False, indent=1)
    output.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    parts = ["# Search side by side", "", _describe(results["machine"]), ""]
    for size in results["sizes"]:
        parts += _write_size(size)
    if len(results["sizes"]) > 1:
        parts += _write_growth(results["sizes"])
    output.with_suffix(".md").write_text("\n".join(parts) + "\n", encoding="utf-8")


def _describe(machine: dict[str, Any]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in machine.items())


def _write_size(size: dict[str, Any]) -> list[str]:
    title = f"## {size['sections']:,} sections"
    extent = (
        f"{size['speeches']:,} texts, {size['characters']:,} characters. Loading the database"
        f" {size['prepared']['database']:.1f} s, cutting the peers' words"
        f" {size['prepared']['words for the peers']:.1f} s."
    )
    engines = [name for name in ENGINES if name in size["engines"]]
    lines = [title, "", extent, "", "### Building", "", *_write_builds(size, engines), ""]
    notes = _write_notes(size, engines)
    engines = [name for name in engines if name not in WRITERS]
    for clock, words in (
        ("median", "Warm, median ms"),
        ("processor", "Warm, median ms of the processor (what others' work does not blur)"),
        ("p95", "Warm, 95th percentile ms"),
    ):
        lines += [f"### {words}", "", *_write_times(size, engines, clock), ""]
    lines += ["### Cold, median ms", "", *_write_times(size, engines, "cold"), ""]
    lines += ["### Ours as a multiple of each peer (warm medians of the processor's time)", ""]
    return [*lines, *_write_ratios(size, engines), "", *notes]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    rule = ["---", *("---:" for _ in head[1:])]
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]


def _write_builds(size: dict[str, Any], engines: list[str]) -> list[str]:
    rows = []
    for name in engines:
        result = size["engines"][name]
        build, memory = result.get("build", {}), result.get("ask", {}).get("memory", {})
        rows.append(
            [
                name,
                f"{build['seconds']:.1f}" if build else "–",
                f"{build['processor seconds']:.1f}" if build else "–",
                f"{build['bytes'] / 1e6:.1f}" if build else "–",
                _megabytes(build.get("memory", {}).get("peak")),
                _megabytes(memory.get("resident")),
                _megabytes(memory.get("own")),
            ]
        )
    head = [
        "engine",
        "build s",
        "of the processor",
        "index MB",
        "peak MB building",
        "MB asked",
        "of it its own MB",
    ]
    return _table(head, rows)


def _megabytes(kilobytes: int | None) -> str:
    return "–" if kilobytes is None else f"{kilobytes / 1000:.0f}"


def _get(size: dict[str, Any], engine: str, question: str) -> dict[str, Any]:
    asked = size["engines"][engine].get("ask", {}).get("questions", {})
    return dict(asked.get(question, {}))


def _write_times(size: dict[str, Any], engines: list[str], clock: str) -> list[str]:
    rows = []
    for question in QUESTIONS:
        found = {name: _get(size, name, question.name) for name in engines}
        counts = [
            str(found[n]["count"]) for n in ("ours", "fts5-words", "fts5-trigram") if found.get(n)
        ]
        times = [_milliseconds(found[name].get(clock)) for name in engines]
        rows.append([f"{question.name} `{question.text}`", " / ".join(counts), *times])
    return _table(["question", "hits", *engines], rows)


def _milliseconds(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def _write_ratios(size: dict[str, Any], engines: list[str]) -> list[str]:
    mine = [name for name in engines if name.startswith("ours") and name not in WRITERS]
    peers = [name for name in engines if name in (*PEERS, *STUDIES) and name not in mine]
    rows = []
    for question in QUESTIONS:
        cells = []
        for peer in peers:
            other = _get(size, peer, question.name).get("processor")
            own = [_get(size, name, question.name).get("processor") for name in mine]
            cells.append(" / ".join(f"{o / other:.2f}" if o and other else "–" for o in own))
        rows.append([question.name, *cells])
    return _table([f"{' / '.join(mine)} ÷", *peers], rows)


def _write_notes(size: dict[str, Any], engines: list[str]) -> list[str]:
    lines = []
    for name in engines:
        result = size["engines"][name]
        if "skipped" in result:
            lines.append(f"- {name}: {result['skipped']}")
        if "publish" in result:
            taken = result["publish"]
            lines.append(
                "- Publishing a text of about 6,000 characters until it is found:"
                f" median {taken['median'] * 1000:.0f} ms"
                f" ({taken['processor'] * 1000:.0f} ms of the processor),"
                f" worst {taken['worst'] * 1000:.0f} ms of {taken['rounds']}."
            )
    return [*lines, ""] if lines else []


def _write_growth(sizes: list[dict[str, Any]]) -> list[str]:
    lines = ["## Growth from size to size", "", "Factors of time, beside the factor of size.", ""]
    steps = list(pairwise(sizes))
    engines = [name for name in ENGINES if all(name in size["engines"] for size in sizes)]
    heads = [f"{after['sections'] / before['sections']:.1f} × sections" for before, after in steps]
    rows = []
    for name in engines:
        rows.append(
            [f"{name}: build", *(_divide(*(_get_build(s, name) for s in p)) for p in steps)]
        )
        for question in QUESTIONS:
            pairs = [[_get(s, name, question.name).get("median") for s in pair] for pair in steps]
            if any(all(pair) for pair in pairs):
                rows.append([f"{name}: {question.name}", *(_divide(*pair) for pair in pairs)])
    return [*lines, *_table(["engine and question", *heads], rows), ""]


def _get_build(size: dict[str, Any], engine: str) -> float | None:
    value = size["engines"][engine].get("build", {}).get("seconds")
    return None if value is None else float(value)


def _divide(before: float | None, after: float | None) -> str:
    return f"{after / before:.1f}" if before and after else "–"
