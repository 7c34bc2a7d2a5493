"""Does the right section come first? Ours beside a character-bigram BM25, in the same run.

    python -m benchmarks.relevance

Judged: the questions of judged.toml on the sample speeches. Known items: a section's heading must
find its body, indexed without headings, in the corpora beside the project (left out with a word
where they are missing). Prints recall@10 and MRR@10; kept in benchmarks/results/relevance.*.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.search_bench.bigrams import BigramIndex  # noqa: E402
from benchmarks.search_bench.corpora import SHARED, Part, Source  # noqa: E402
from benchmarks.search_bench.loading import load_sources, open_site  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "relevance"
JUDGED = ROOT / "benchmarks" / "judged.toml"
CORPORA = ("gwr_state_council", "cpc_congress")
DEPTH = 10
# Less than this is not a body that a heading could find.
MIN_BODY = 60

# A result is the key of a section and the keys of all sections around it.
Found = Sequence[Sequence[int]]
Judgement = tuple[str, list[set[int]]]


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
    pairs = [score(ask(text), answers) for text, answers in judged]
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


def make_ours(join: Callable[[str], str]) -> Callable[[str], Found]:
    """Return a function that asks our search; join makes the query text of a question."""
    import search
    from corpus_app.catalog.models import Section

    lines = list_ancestors()
    rows = Section.objects.values_list("revision__speech_id", "key", "pk")
    keys = {(speech, key): pk for speech, key, pk in rows}

    def ask(text: str) -> Found:
        request = search.SearchRequest(text=join(text), unit="section", per_page=DEPTH)
        result = search.run_search(request)
        # What a reader sees on the first page: the hits, then what comes near them.
        hits = [*result.hits, *result.partial_matches][:DEPTH]
        places = [keys.get((hit.speech_id, hit.section_key or "")) for hit in hits]
        return [lines[place] if place is not None else [] for place in places]

    return ask


def make_baseline() -> Callable[[str], Found]:
    """Return a function that asks a character-bigram BM25 over the deepest sections."""
    from corpus_app.catalog.models import Section

    lines = list_ancestors()
    leaves = Section.objects.filter(children=None).select_related("revision")
    texts = {leaf.pk: leaf.revision.text[leaf.start : leaf.end] for leaf in leaves}
    index = BigramIndex(texts)
    return lambda text: [lines[key] for key in index.ask(text, DEPTH)]


def any_word(text: str) -> str:
    """Return the query for any of the question's words."""
    from search.analysis.words import cut_words

    return " OR ".join(dict.fromkeys(f"{word.text}" for word in cut_words(text))) or text


def read_judged() -> list[Judgement]:
    """Return the questions with the keys of the sections that answer them; raise for unknown."""
    from corpus_app.catalog.models import Section

    judged = []
    for question in tomllib.loads(JUDGED.read_text(encoding="utf-8"))["question"]:
        answers = []
        for file, heading in question["answers"]:
            sections = Section.objects.filter(revision__upload__name__startswith=f"{file}_")
            keys = set(sections.filter(heading__contains=heading).values_list("pk", flat=True))
            if not keys:
                raise LookupError(f"no section {heading} in {file}")
            answers.append(keys)
        judged.append((question["text"], answers))
    return judged


def read_known_items() -> Iterator[tuple[Source, list[str]]]:
    """Yield the corpora's texts, headings taken out, with the heading of each part."""
    for name in CORPORA:
        rows: dict[str, list[tuple[int, str]]] = {}
        with (SHARED / name / "gold_headings.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                place = (int(row["char_offset"]), row["text"])
                rows.setdefault(row["id"], []).append(place)
        for key, places in rows.items():
            text = (SHARED / name / "txt" / f"{key}.txt").read_text(encoding="utf-8")
            made = cut_bodies(key, text, sorted(places))
            if made[1]:
                yield made


def cut_bodies(key: str, text: str, places: list[tuple[int, str]]) -> tuple[Source, list[str]]:
    """Return a text of bodies alone, each a part without heading, and the headings."""
    bodies, headings, parts, at = [], [], [], 0
    ends = [*(place for place, _ in places[1:]), len(text)]
    for (start, heading), end in zip(places, ends, strict=True):
        body = text[start + len(heading) : end].strip()
        if len(body) < MIN_BODY:
            continue
        bodies.append(body)
        headings.append(heading)
        parts.append(Part("", "", at, at + len(body)))
        at += len(body) + 1
    return Source(key, "", "国务院", "\n".join(bodies), tuple(parts)), headings


def run_judged() -> dict[str, Any]:
    """Return the figures on the sample speeches."""
    from django.core.management import call_command

    call_command("bootstrap", stdout=sys.stderr)
    judged = read_judged()
    return {
        "questions": len(judged),
        "ours, as typed": measure(make_ours(lambda text: text), judged),
        "ours, any word": measure(make_ours(any_word), judged),
        "bigram BM25": measure(make_baseline(), judged),
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
    judged: list[Judgement] = [
        (heading, [{key}]) for heading, key in zip(headings, keys, strict=True) if heading
    ]
    return {
        "questions": len(judged),
        "ours, as typed": measure(make_ours(lambda text: text), judged),
        "ours, any word": measure(make_ours(any_word), judged),
        "bigram BM25": measure(make_baseline(), judged),
    }


def strip_number(heading: str) -> str:
    """Return a heading without number and punctuation, which the query language would read."""
    text = heading.lstrip("（()）一二三四五六七八九十0123456789、．. 　")
    return "".join(char if char.isalnum() else " " for char in text).strip()


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
    """Run both tests; or, for itself, one of them in a folder."""
    if len(sys.argv) == 3:
        open_site(Path(sys.argv[2]))
        print(json.dumps({"judged": run_judged, "known": run_known}[sys.argv[1]]()))
        return 0
    results = {"judged questions": run_part("judged")}
    if all((SHARED / name).is_dir() for name in CORPORA):
        results["known items"] = run_part("known")
    else:
        print(f"Known items left out: {SHARED} is missing.")
    print(write_results(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
