"""Plant faults in clean drafts, find them, and count what is told of clean texts.

    python -m benchmarks.draft_check [--seeds 6] [--corpus 400] [--record]

Drafts are the sample speeches of the project; what is quoted stands in the State Council's and
the congresses' reports beside the project (left out with a word where they are missing), which
are in the corpus with some laws; what is cited, in the laws beside the project, which are loaded
to check by. A fault told twice is told once too often. Prints recall and precision by kind and
family, right quotations and citations told in vain, findings on 10,000 characters of clean
reports, and the time.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.recording import write_record  # noqa: E402
from benchmarks.search_bench.corpora import LAWS, SHARED, Part, Source, find_missing  # noqa: E402
from benchmarks.search_bench.loading import load_sources, open_site  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "draft_check.md"
REPORTS = ("gwr_state_council", "cpc_congress")
# Reports before this year are numbered and worded in ways of their own.
FIRST_YEAR = 2010
TRADITIONAL = str.maketrans("会国发党众设实质门问", "會國發黨眾設實質門問")


def read_reports() -> list[Source]:
    """Return the reports beside the project, each as one section."""
    found = []
    for folder in REPORTS:
        for path in sorted((SHARED / folder / "txt").glob("*.txt")):
            text = path.read_text("utf-8").strip()
            year = re.search(r"(?:19|20)\d\d", path.name)
            date = year.group() if year else ""
            part = Part("", "", 0, len(text))
            found.append(Source(path.stem, date, folder, text, (part,)))
    return found


def read_drafts() -> list[Any]:
    """Return the sample speeches as drafts with their facts, without what was on their pages."""
    from corpus_app.ingest.pipeline import parse_bytes
    from corpus_app.proofreading.drafts import DraftFacts, lay_out

    drafts = []
    for path in sorted((ROOT / "fixtures" / "speeches").glob("*")):
        if path.suffix not in {".txt", ".md", ".html"}:
            continue
        parsed = parse_bytes(path.read_bytes(), path.name)
        meta = parsed.metadata
        if parsed.completeness == "complete" and meta.day >= "2018":
            facts = DraftFacts(meta.place or "", meta.level or "", meta.day, meta.title or "")
            drafts.append(lay_out(parsed.text, facts))
    return drafts


def gather_material(reports: list[Source]) -> Any:
    """Return what faults are made of."""
    from benchmarks.draft_check.laws import open_laws
    from benchmarks.draft_check.planting import Material
    from corpus_app.ingest.superseded import load_supersessions
    from corpus_app.slogans.models import Slogan

    slogans = list(Slogan.objects.filter(registered=True, sourced=True))
    old = [one for one in slogans if one.source_date and one.source_date < "2018"]
    wordings = [s.standard for s in old if 12 <= len(s.standard) <= 40]
    counted = [(s.text, s.members) for s in old if 3 < len(s.members) < 7 and s.kind == "counted"]
    known = load_supersessions()
    superseded = [words for words, one in known.items() if one.since < "2018" and len(words) > 4]
    sentences = [
        words
        for report in reports
        if report.date >= str(FIRST_YEAR)
        for words in re.findall(r"(?<![”，、；：])[^。\n“”，、；：][^。\n“”]{23,89}。", report.text)
        if words.count("，") >= 2
    ]
    return Material(wordings, counted, superseded, sentences, open_laws())


def check(draft: Any) -> list[Any]:
    """Return what people are shown of a draft."""
    from corpus_app.proofreading.checking import check_draft

    return list(check_draft(draft).drop_unlikely().findings)


def score_family(planters: dict[str, list[Any]], drafts: list[Any], stuff: Any, seeds: int) -> Any:
    """Return by kind recall, and the share of findings of the kind that are the planted one."""
    from corpus_app.proofreading.drafts import lay_out

    found: Counter[str] = Counter()
    told: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    for draft in drafts:
        before = Counter((one.kind, one.text) for one in check(draft))
        for kind, several in planters.items():
            for number, planter in enumerate(several):
                for seed in range(seeds):
                    draw = random.Random(f"{kind}{number}{seed}{draft.facts.title}")
                    fault = planter(draft.text, draft.facts, stuff, draw)
                    if fault is None:
                        continue
                    planted[kind] += 1
                    seen = check(lay_out(fault.text, draft.facts))
                    hits = [o for o in seen if o.start < fault.end and fault.start < o.end]
                    found[kind] += any(one.kind == kind for one in hits)
                    rest = Counter((one.kind, one.text) for one in seen if one not in hits)
                    told[kind] += sum((rest - before).values()) + max(0, len(hits) - 1)
    return {
        kind: {
            "planted": planted[kind],
            "recall": round(found[kind] / planted[kind], 3),
            "precision": round(found[kind] / (found[kind] + told[kind]), 3) if found[kind] else 0,
        }
        for kind in planters
        if planted[kind]
    }


def list_faithful(sentences: list[str], draw: random.Random, count: int) -> Iterator[str]:
    """Yield sentences as people quote them: other characters, widths, broken lines, cut ends."""
    for words in draw.sample(sentences, count):
        yield words
        yield words.translate(TRADITIONAL)
        yield words.replace("，", ",").replace("、", "､")
        at = draw.randrange(4, len(words) - 4)
        yield words[:at] + "\n" + words[at:]
        yield words.rstrip("。")
        yield "，".join(words.split("，")[1:])


def score_faithful(sentences: list[str]) -> dict[str, int]:
    """Return how many faithful quotations were tried, and how many of them are told."""
    from corpus_app.proofreading.quotations import find_quotation_faults

    faithful = list(list_faithful(sentences, random.Random(7), 60))
    vain = sum(1 for words in faithful if list(find_quotation_faults(f"报告指出：“{words}”")))
    return {"faithful quotations": len(faithful), "faithful quotations told": vain}


def score_clean(reports: list[Source]) -> dict[str, Any]:
    """Return findings on 10,000 characters of reports as they stand, by kind, and the time."""
    from corpus_app.proofreading.drafts import DraftFacts, lay_out

    counts: defaultdict[str, int] = defaultdict(int)
    characters, took = 0, 0.0
    for report in reports:
        if report.issuer != REPORTS[0] or report.date < str(FIRST_YEAR):
            continue
        draft = lay_out(report.text, DraftFacts(level="national", day=report.date))
        began = time.process_time()
        for one in check(draft):
            counts[one.kind] += 1
        took += time.process_time() - began
        characters += len(report.text)
    tens = characters / 10_000
    return {
        "characters": characters,
        "findings on 10,000 characters": round(sum(counts.values()) / tens, 2),
        "of them": {kind: round(number / tens, 2) for kind, number in sorted(counts.items())},
        "seconds on 10,000 characters": round(took / tens, 3),
    }


def measure(seeds: int, corpus: int) -> dict[str, Any]:
    from django.core.management import call_command

    from benchmarks.draft_check import laws as cited, slips
    from benchmarks.draft_check.attributions import measure_attributions
    from benchmarks.draft_check.leftovers import measure_leftovers
    from benchmarks.draft_check.places import measure_places
    from benchmarks.draft_check.planting import ASIDE, TUNED
    from benchmarks.draft_check.sources import score_sources
    from benchmarks.search_bench.corpora import read_sources
    from search import rebuild_index

    reports = read_reports()
    laws = [one for one in read_sources() if "法" in one.title][:corpus]
    load_sources([*reports, *laws])
    call_command("bootstrap", verbosity=0)
    call_command("load_laws", str(SHARED / LAWS), verbosity=0)
    rebuild_index()
    stuff, drafts = gather_material(reports), read_drafts()
    return {
        "drafts": len(drafts),
        "speeches in the corpus": len(reports) + len(laws),
        "tuned": score_family(
            {**TUNED, "law": cited.TUNED, "wording": slips.TUNED}, drafts, stuff, seeds
        ),
        "aside": score_family(
            {**ASIDE, "law": cited.ASIDE, "wording": slips.ASIDE}, drafts, stuff, seeds
        ),
        **score_faithful(stuff.sentences),
        **cited.count_vain(stuff, 80),
        **measure_places(300),
        **measure_leftovers(12),
        "sources": score_sources(drafts, reports, stuff.sentences),
        "clean reports": score_clean(reports),
        # Last, for it gives the speeches speakers.
        **measure_attributions(reports, stuff.sentences, 20),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--corpus", type=int, default=100)
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    if missing := find_missing():
        print(missing)
        return
    with tempfile.TemporaryDirectory() as folder:
        open_site(Path(folder))
        numbers = measure(options.seeds, options.corpus)
    for name, value in numbers.items():
        print(name, value)
    if options.record:
        write_record(RESULTS, "Check of drafts", numbers)


if __name__ == "__main__":
    main()
