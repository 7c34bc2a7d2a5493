"""Does what answers come first? Ours as typed, beside a character-bigram BM25 in the same run.

    python -m benchmarks.relevance

Samples: the questions of judged.toml on the sample speeches, as words and as people ask. Laws:
the questions of asked_laws.toml on national laws, answered by an article or by the whole law, and
five words of an article. Known items: a heading must find its body, indexed without headings.
Laws and reports lie beside the project and are left out with a word where they are missing.
Prints recall@10 and MRR@10; kept in benchmarks/results/relevance.*.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Literal

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.judging import (  # noqa: E402
    Judgement,
    draw_words,
    find_missing_reports,
    read_asked,
    read_judged,
    read_known_items,
    strip_number,
)
from benchmarks.search_bench.bigrams import BigramIndex  # noqa: E402
from benchmarks.search_bench.corpora import find_missing, read_sources  # noqa: E402
from benchmarks.search_bench.loading import load_sources, open_site  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "relevance"
DEPTH: Final = 10
FIVE_WORDS: Final = 200

Unit = Literal["section", "speech"]
# A result is the key of a section and the keys of all sections around it, or of a speech.
Found = Sequence[Sequence[int]]


def score(found: Found, answers: list[set[int]]) -> tuple[float, float]:
    """Return recall@10 and the reciprocal rank of the first answer; answers are sets of keys."""
    ranks = [
        next((at for at, keys in enumerate(found[:DEPTH]) if answer & set(keys)), None)
        for answer in answers
    ]
    met = [rank for rank in ranks if rank is not None]
    return len(met) / len(answers), 1 / (1 + min(met)) if met else 0.0


def measure(ask: Callable[[str], Found], judged: list[Judgement]) -> dict[str, float]:
    """Return the means over all questions."""
    pairs = [score(ask(each.text), each.answers) for each in judged]
    recall = sum(pair[0] for pair in pairs) / len(pairs)
    rank = sum(pair[1] for pair in pairs) / len(pairs)
    missed = sum(1 for pair in pairs if not pair[0])
    return {"recall@10": round(recall, 3), "MRR@10": round(rank, 3), "without answer": missed}


def list_ancestors() -> dict[int, list[int]]:
    """Return for each section its own key and those of all around it."""
    from corpus_app.catalog.models import Section

    parents = dict(Section.objects.values_list("pk", "parent_id"))
    lines: dict[int, list[int]] = {}
    for key in parents:
        line, at = [], key
        while at is not None:
            line.append(at)
            at = parents[at]
        lines[key] = line
    return lines


class Asker:
    """Both ways of asking one corpus: ours as typed, and the baseline."""

    def __init__(self, unit: Unit) -> None:
        from corpus_app.catalog.models import Section

        self.unit = unit
        self.lines = list_ancestors()
        rows = Section.objects.values_list("revision__speech_id", "key", "pk")
        self.keys = {(speech, key): pk for speech, key, pk in rows}
        self.baseline = BigramIndex(self._read_texts())

    def _read_texts(self) -> dict[int, str]:
        """Return the texts of the deepest sections, or of the speeches, by key."""
        from corpus_app.catalog.models import Revision, Section

        if self.unit == "speech":
            return dict(Revision.objects.values_list("speech_id", "text"))
        leaves = Section.objects.filter(children=None).select_related("revision")
        return {leaf.pk: leaf.revision.text[leaf.start : leaf.end] for leaf in leaves}

    def ask(self, text: str) -> Found:
        """Return what a reader sees on the first page: the hits, then what comes near them."""
        import search

        result = search.run_search(search.SearchRequest(text, unit=self.unit, per_page=DEPTH))
        hits = [*result.hits, *result.partial_matches][:DEPTH]
        if self.unit == "speech":
            return [[hit.speech_id] for hit in hits]
        places = [self.keys.get((hit.speech_id, hit.section_key or "")) for hit in hits]
        return [self.lines[place] if place is not None else [] for place in places]

    def ask_baseline(self, text: str) -> Found:
        """Return the best by pairs of characters."""
        found = self.baseline.ask(text, DEPTH)
        return [[key] if self.unit == "speech" else self.lines[key] for key in found]

    def compare(self, judged: list[Judgement]) -> dict[str, Any]:
        """Return the figures of all ways."""
        return {
            "questions": len(judged),
            "ours, as typed": measure(self.ask, judged),
            "bigram BM25": measure(self.ask_baseline, judged),
        }


def run_samples() -> dict[str, Any]:
    """Return the figures on the sample speeches."""
    from django.core.management import call_command

    call_command("bootstrap", stdout=sys.stderr)
    asker = Asker("section")
    return {
        "samples, as words": asker.compare(read_judged("text")),
        "samples, as asked (left out)": asker.compare(read_judged("asked")),
    }


def run_laws() -> dict[str, Any]:
    """Return the figures on questions that laws answer."""
    import search

    load_sources([source for source in read_sources() if not source.issuer.startswith("地方")])
    search.rebuild_index()
    asked = read_asked()
    in_articles, in_laws = Asker("section"), Asker("speech")
    return {
        "articles, families tuned on": in_articles.compare(asked.articles[True]),
        "articles, families left out": in_articles.compare(asked.articles[False]),
        "whole laws, families tuned on": in_laws.compare(asked.laws[True]),
        "whole laws, families left out": in_laws.compare(asked.laws[False]),
        "five words of an article": in_articles.compare(draw_words(FIVE_WORDS)),
    }


def run_known() -> dict[str, Any]:
    """Return the figures on headings that must find their bodies."""
    import search
    from corpus_app.catalog.models import Section

    items = list(read_known_items())
    load_sources([source for source, _ in items])
    search.rebuild_index()
    keys = list(Section.objects.order_by("revision_id", "position").values_list("pk", flat=True))
    headings = [strip_number(heading) for _, own in items for heading in own]
    judged = [
        Judgement(heading, [{key}]) for heading, key in zip(headings, keys, strict=True) if heading
    ]
    return {"known items": Asker("section").compare(judged)}


PARTS: Final = {"samples": run_samples, "laws": run_laws, "known": run_known}


def run_part(part: str) -> dict[str, Any]:
    """Run a part in a process and a data folder of its own, and return its figures."""
    with tempfile.TemporaryDirectory(prefix="yanku-relevance-") as folder:
        command = [sys.executable, "-m", "benchmarks.relevance", part, folder]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def write_results(results: dict[str, Any]) -> str:
    """Keep the results and return them as a table."""
    lines = ["# Relevance", "", "| test | questions | searched by | recall@10 | MRR@10 | missed |"]
    lines.append("| --- | ---: | --- | ---: | ---: | ---: |")
    for test, figures in results.items():
        for name, means in figures.items():
            if isinstance(means, dict):
                cells = [test, figures["questions"], name, *means.values()]
                lines.append(f"| {' | '.join(map(str, cells))} |")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(results, ensure_ascii=False, indent=1)
    RESULTS.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    table = "\n".join(lines) + "\n"
    RESULTS.with_suffix(".md").write_text(table, encoding="utf-8")
    return table


def main() -> int:
    """Run all parts; or, for itself, one of them in a folder."""
    if len(sys.argv) == 3:
        open_site(Path(sys.argv[2]))
        print(json.dumps(PARTS[sys.argv[1]]()))
        return 0
    missing = {"samples": "", "laws": find_missing(), "known": find_missing_reports()}
    results: dict[str, Any] = {}
    for part, reason in missing.items():
        if reason:
            print(f"Left out: {part}, for {reason}.")
        else:
            results |= run_part(part)
    print(write_results(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
