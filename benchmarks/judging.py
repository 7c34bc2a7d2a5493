"""What is asked, and which sections or speeches answer it: the sets of benchmarks.relevance."""

from __future__ import annotations

import csv
import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.search_bench.corpora import SHARED, Part, Source

FOLDER: Final = Path(__file__).parent
CORPORA: Final = ("gwr_state_council", "cpc_congress")
# Less than this is not a body that a heading could find.
MIN_BODY: Final = 60
_NUMBER: Final = "（()）一二三四五六七八九十0123456789、．. 　"
_STATE: Final = "中华人民共和国"
_SEED: Final = 5
_WORDS: Final = 5


@dataclass(frozen=True)
class Judgement:
    """A question, and for each of its answers the keys of sections (or speeches) that give it."""

    text: str
    answers: list[set[int]]


@dataclass
class Asked:
    """Questions about laws, by whether their family was tuned on: as articles and as laws."""

    articles: dict[bool, list[Judgement]] = field(default_factory=lambda: {True: [], False: []})
    laws: dict[bool, list[Judgement]] = field(default_factory=lambda: {True: [], False: []})


def read_judged(name: str) -> list[Judgement]:
    """Return the questions on the samples, typed as words ("text") or as asked ("asked")."""
    from corpus_app.catalog.models import Section

    judged = []
    rules = tomllib.loads((FOLDER / "judged.toml").read_text(encoding="utf-8"))
    for question in rules["question"]:
        answers = []
        for file, heading in question["answers"]:
            sections = Section.objects.filter(revision__upload__name__startswith=f"{file}_")
            keys = set(sections.filter(heading__contains=heading).values_list("pk", flat=True))
            if not keys:
                raise LookupError(f"no section {heading} in {file}")
            answers.append(keys)
        judged.append(Judgement(question[name], answers))
    return judged


def read_asked() -> Asked:
    """Return the questions of asked_laws.toml; every second family is for scoring alone."""
    asked = Asked()
    rules = tomllib.loads((FOLDER / "asked_laws.toml").read_text(encoding="utf-8"))
    for number, family in enumerate(rules["family"]):
        for text, law, words in family["questions"]:
            articles, laws = find_articles(law, words)
            asked.articles[number % 2 == 0].append(Judgement(text, [articles]))
            asked.laws[number % 2 == 0].append(Judgement(text, [laws]))
    return asked


def find_articles(law: str, words: str) -> tuple[set[int], set[int]]:
    """Return the keys of a law's articles that have the words, and of the law, in any version."""
    from corpus_app.catalog.models import Section, Speech

    laws = set(Speech.objects.filter(title__in=[law, _STATE + law]).values_list("pk", flat=True))
    sections = Section.objects.filter(revision__speech_id__in=laws).select_related("revision")
    articles = {
        section.pk
        for section in sections
        if words in re.sub(r"\s", "", section.revision.text[section.start : section.end])
    }
    if not articles:
        raise LookupError(f"no article with {words} in {law}")
    return articles, laws


def draw_words(count: int) -> list[Judgement]:
    """Return for articles drawn by lot five of their words, in their order, parted by blanks."""
    from corpus_app.catalog.models import Section
    from search.analysis.words import cut_words

    chance = random.Random(_SEED)
    keys = list(Section.objects.order_by("pk").values_list("pk", flat=True))
    judged: list[Judgement] = []
    while len(judged) < count:
        section = Section.objects.select_related("revision").get(pk=chance.choice(keys))
        text = section.revision.text[section.start : section.end]
        words = [word.text for word in cut_words(text) if len(word.text) > 1]
        words = [word for word in dict.fromkeys(words) if not re.search(r"[第条\d]", word)]
        if 120 <= len(text) <= 400 and len(words) >= _WORDS:
            chosen = sorted(chance.sample(range(len(words)), _WORDS))
            query = " ".join(words[at] for at in chosen)
            judged.append(Judgement(query, [{section.pk}]))
    return judged


def find_missing_reports() -> str:
    """Return the first folder of reports that is missing, "" if none is."""
    return next((str(SHARED / name) for name in CORPORA if not (SHARED / name).is_dir()), "")


def read_known_items() -> Iterator[tuple[Source, list[str]]]:
    """Yield the reports' texts, headings taken out, with the heading of each part."""
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


def strip_number(heading: str) -> str:
    """Return a heading as people type it: without its number and the stop at its end.

    What stands in quotation marks or brackets would be read as such, and they are left out.
    """
    text = re.sub(r"[“”‘’（）()《》—:：]", "", heading.lstrip(_NUMBER).rstrip("。 　"))
    return " ".join(text.split())
