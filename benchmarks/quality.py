"""Measure the parser against clean texts: headings, metadata, characters lost or left over.

    python benchmarks/quality.py [--corpora ../shared/corpora] [--record] [--worst N]

Prints the totals and, against benchmarks/results/quality.json, what was gained and lost since
the run recorded last. --record writes this run there: numbers and places only, no texts.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # so that the file also runs as a script

from benchmarks.quality_diff import count_differences  # noqa: E402
from benchmarks.quality_gold import Gold, read_gold  # noqa: E402
from corpus_app.ingest.draft import Draft  # noqa: E402
from corpus_app.ingest.pipeline import parse_bytes  # noqa: E402

RESULTS = ROOT / "benchmarks/results/quality.json"
_SPEAKER = re.compile(r"(?:总理)?\s*([\u4e00-\u9fff](?:[\s\u3000]*[\u4e00-\u9fff]){1,2})$")


@dataclass(slots=True)
class Score:
    """One document's marks; headings and sections by position, so that no text is kept."""

    name: str
    gold_top: int
    missed: list[int] = field(default_factory=list)
    sections: int = 0
    wrong: list[int] = field(default_factory=list)
    fields: dict[str, bool] = field(default_factory=dict)
    lost: int = 0
    left: int = 0


def score_document(gold: Gold) -> Score:
    """Parse one raw scrape and mark the draft against its gold."""
    draft = parse_bytes(gold.raw.read_bytes(), gold.raw.name)
    score = Score(gold.name, len(gold.top))
    found = {fold((s.marker or "") + (s.heading or "")) for s in draft.sections}
    score.missed = [n for n, h in enumerate(gold.top) if fold(h.text) not in found]
    if gold.headings:
        known = {fold(h.text) for h in gold.headings}
        roots = [s for s in draft.sections if s.parent is None and s.kind == "section"]
        score.sections = len(roots)
        score.wrong = [
            n
            for n, s in enumerate(roots)
            if fold((s.marker or "") + (s.heading or "")) not in known
        ]
    score.fields = check_fields(gold, draft)
    score.lost, score.left = count_differences(gold.body, draft.text)
    return score


def fold(text: str) -> str:
    """Return a heading without blanks and closing punctuation, in one width."""
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return bare.rstrip("。;:.,!")


def check_fields(gold: Gold, draft: Draft) -> dict[str, bool]:
    """Say of each metadata field whether it is right; a field that must stay null counts too."""
    meta = draft.metadata
    delivered = meta.dates.get("delivered")
    fields = {"date": (delivered.value if delivered else None) == gold.date}
    borne = [line for line in gold.front if not line.startswith(("—", "（"))]
    if borne:
        fields["title"] = fold(meta.title or "").startswith(fold(borne[0]))
        fields["title"] &= not meta.title_inferred
        names = [m for line in borne[1:] if (m := _SPEAKER.search(line)) and len(line) < 14]
        speaker = re.sub(r"\s", "", names[-1][1]) if names else None
        fields["speaker"] = (meta.speaker or None) == speaker
    else:
        ours, theirs = fold(meta.title or ""), fold(gold.title)
        fields["inferred title"] = meta.title_inferred and (ours in theirs or theirs in ours)
        fields["speaker"] = meta.speaker is None
    return fields


def print_totals(scores: list[Score]) -> None:
    """Print recall, precision, accuracy by field and characters, for all documents."""
    gold, missed = sum(s.gold_top for s in scores), sum(len(s.missed) for s in scores)
    found, wrong = sum(s.sections for s in scores), sum(len(s.wrong) for s in scores)
    print(f"documents                  {len(scores)}")
    print(f"level-one heading recall   {share(gold - missed, gold)}")
    print(f"level-one precision        {share(found - wrong, found)}")
    for name in ("title", "inferred title", "date", "speaker"):
        marks = [s.fields[name] for s in scores if name in s.fields]
        print(f"{name:<26} {share(sum(marks), len(marks))}")
    print(f"characters lost            {sum(s.lost for s in scores)}")
    print(f"characters left over       {sum(s.left for s in scores)}")


def share(part: int, whole: int) -> str:
    """Return a share as 0.996 (250/251)."""
    return f"{part / whole if whole else 1:.3f} ({part}/{whole})"


def print_worst(scores: list[Score], number: int) -> None:
    """Print the documents with the most faults."""
    marks = [
        (len(s.missed) + len(s.wrong) + list(s.fields.values()).count(False), s.lost + s.left, s)
        for s in scores
    ]
    for _, _, score in sorted(marks, key=lambda m: m[:2], reverse=True)[:number]:
        bad = [name for name, right in score.fields.items() if not right]
        print(
            f"  {score.name}: missed {score.missed}, wrong {score.wrong}, fields {bad},"
            f" lost {score.lost}, left over {score.left}"
        )


def print_changes(before: dict[str, dict], scores: list[Score]) -> None:
    """Print gains and losses, document by document, against the recorded run."""
    changed = False
    for score in scores:
        old = before.get(score.name)
        if old is None:
            continue
        notes = [
            f"{name} {old[name]} -> {getattr(score, name)}"
            for name in ("lost", "left")
            if old[name] != getattr(score, name)
        ]
        for name in ("missed", "wrong"):
            gains = len(set(old[name]) - set(getattr(score, name)))
            losses = len(set(getattr(score, name)) - set(old[name]))
            notes += [f"{name}: {gains} mended, {losses} new"] if gains or losses else []
        for name, right in score.fields.items():
            if old["fields"].get(name, right) != right:
                notes.append(f"{name} {'gained' if right else 'lost'}")
        if notes:
            changed = True
            print(f"  {score.name}: " + "; ".join(notes))
    if not changed:
        print("  no change")


def main() -> int:
    """Run the benchmark; exit 0 also where the corpora are not on this machine."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared/corpora")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--worst", type=int, default=10)
    options = parser.parse_args()
    if not options.corpora.is_dir():
        print(f"no corpora in {options.corpora}: nothing to measure against")
        return 0
    scores = [score_document(gold) for gold in read_gold(options.corpora)]
    print_totals(scores)
    print("worst documents:")
    print_worst(scores, options.worst)
    if RESULTS.is_file():
        print("since the recorded run:")
        print_changes(json.loads(RESULTS.read_text(encoding="utf-8")), scores)
    if options.record:
        RESULTS.parent.mkdir(exist_ok=True)
        table = {score.name: asdict(score) for score in scores}
        RESULTS.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
