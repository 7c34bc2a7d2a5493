"""Technical terms and watermarks put into clean speeches: what is taken, what stays.

    python -m benchmarks.in_sentence [--tries 10000] [--seed 1]

A try puts one term, one to five times, between two characters of a sample speech taken by chance
(in half of the tries, and for names in Chinese alone, only where a word ends), or a site's name
with the line that names the site. Prints by family how many terms were removed (none may be) and
how many marks were.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.inner_removals import list_inner
from corpus_app.ingest.pipeline import parse_bytes

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "benchmarks/in_sentence.toml"
BETWEEN = re.compile("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
# Behind and before these characters a word ends, whatever the words are.
BORDER = re.compile("(?<=[的了和对在把])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[的和是要在])")
HAN_NAME = re.compile("[\u4e00-\u9fff]+")
PARAGRAPH = 60


@cache
def load_speeches() -> tuple[tuple[str, str], ...]:
    """Return head and body of each sample speech as it reads once it is clean."""
    drafts = (
        parse_bytes(p.read_bytes(), p.name)
        for p in sorted((ROOT / "fixtures/speeches").glob("*.txt"))
    )
    return tuple((draft.metadata.title or "", draft.text) for draft in drafts)


def load_terms() -> dict[str, list[str]]:
    """Return the terms by family."""
    table: dict[str, list[str]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["terms"]
    return table


def list_places(text: str, pattern: re.Pattern[str]) -> list[int]:
    """Return the places inside long paragraphs, so that no heading is put out of shape."""
    found = []
    at = 0
    for line in text.split("\n"):
        if len(line) >= PARAGRAPH:
            found += [at + match.start() for match in pattern.finditer(line)]
        at += len(line) + 1
    return found


def put(text: str, words: str, places: list[int]) -> str:
    """Return the text with the words at each of the places."""
    parts, at = [], 0
    for place in sorted(places):
        parts += [text[at:place], words]
        at = place
    return "".join([*parts, text[at:]])


def try_term(term: str, chance: random.Random) -> list[str]:
    """Put a term into a speech; return what was removed inside its lines."""
    title, text = chance.choice(load_speeches())
    # In the middle of a word no writer sets a name, and in Chinese nothing else tells it apart.
    anywhere = not HAN_NAME.fullmatch(term) and chance.random() < 0.5
    places = list_places(text, BETWEEN if anywhere else BORDER)
    raw = f"{title}\n{put(text, term, chance.sample(places, chance.randint(1, 5)))}\n"
    return [span.text for span in list_inner(raw, parse(raw).removed)]


def try_mark(site: str, frame: str, chance: random.Random) -> tuple[int, int, int]:
    """Return how many of the marks put in were removed, how many there were, what else went."""
    title, text = chance.choice(load_speeches())
    places = chance.sample(list_places(text, BETWEEN), chance.randint(2, 5))
    named = frame.format(site=site)
    above, below = (named[1:], "") if named.startswith("^") else ("", named)
    raw = f"{above}{title}\n{put(text, site, places)}{below}\n"
    inner = list_inner(raw, parse(raw).removed)
    taken = sum(span.text == site for span in inner)
    return taken, len(places), len(inner) - taken


def parse(raw: str) -> Draft:
    """Return the draft of a text."""
    return parse_bytes(raw.encode(), "a.txt")


def measure_terms(tries: int, chance: random.Random) -> Iterator[tuple[str, int, int]]:
    """Yield by family how many tries there were and in how many anything was removed."""
    families = load_terms()
    size = sum(map(len, families.values()))
    for family, terms in families.items():
        count = max(len(terms), round(tries * len(terms) / size))
        hit = sum(bool(try_term(terms[n % len(terms)], chance)) for n in range(count))
        yield family, count, hit


def measure_marks(tries: int, chance: random.Random) -> Iterator[tuple[str, int, int, int]]:
    """Yield by family how many marks were put in, removed, and how much else went with them."""
    for rule in tomllib.loads(TABLE.read_text(encoding="utf-8"))["marks"]:
        total: Counter[str] = Counter()
        for _ in range(tries):
            taken, count, other = try_mark(
                chance.choice(rule["sites"]), chance.choice(rule["frames"]), chance
            )
            total.update(taken=taken, count=count, other=other)
        yield rule["family"], total["count"], total["taken"], total["other"]


def main() -> int:
    """Print both tables; exit 1 if a term was removed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--tries", type=int, default=10_000)
    parser.add_argument("--marks", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    tries = hits = 0
    for family, count, hit in measure_terms(options.tries, chance):
        tries, hits = tries + count, hits + hit
        print(f"term {family:<24} {hit:>5} of {count:>6} tries lost words")
    print(f"term {'all':<24} {hits:>5} of {tries:>6} tries lost words")
    for family, count, taken, other in measure_marks(options.marks, chance):
        print(f"mark {family:<24} {taken / count:>6.1%} of {count:>5} removed, {other} others")
    return 1 if hits else 0


if __name__ == "__main__":
    sys.exit(main())
