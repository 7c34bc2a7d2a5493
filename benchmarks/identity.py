"""Is 同一讲话 said of versions of one speech, and of nothing else?

    python -m benchmarks.identity [--record]

From every sample speech, and from resolutions and reports where the corpora lie beside the
project, versions are made by rule (seeded): texts copied with slips, cut, hidden in part, digested,
each under a head that is typed anew. All are taken in, with the State Council's reports, congress
reports and resolutions, of which no two are one speech though they share pages of formulas. Two
texts count as said to be one where the reading page says so, or where one was taken for a copy of
the other. Families of heads marked KEPT_ASIDE were not looked at while rules were set. Prints
precision and recall by family; --record writes benchmarks/results/identity.md (numbers alone).
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.recording import write_record  # noqa: E402
from benchmarks.search_bench.loading import open_site  # noqa: E402
from benchmarks.text_reuse import hide_part, pick  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "identity.md"
SHARED = ROOT.parent / "shared" / "corpora"
CORPORA = ("gwr_state_council/txt", "gwr_state_council/raw_scrape", "npc_resolutions/txt",
           "cpc_congress/txt")  # fmt: skip
# Of every so many real texts versions are made too; the long ones take their time.
EVERY = {"gwr_state_council/txt": 6, "npc_resolutions/txt": 2, "cpc_congress/txt": 3}


@dataclass(frozen=True)
class Typed:
    """A head to be typed: blank where the file does not say it; day as 2023-05-06."""

    title: str
    subtitle: str = ""
    speaker: str = ""
    role: str = ""
    day: str = ""


@dataclass(frozen=True)
class Made:
    """A text of the set: which speech it is of, and by which families it was made."""

    name: str
    text: str
    origin: str
    head: str = ""
    body: str = ""


def type_plain(head: Typed) -> list[str]:
    """Return the head with the day in brackets below the title."""
    return [head.title, head.subtitle, f"（{spell(head.day)}）", f"{head.role} {head.speaker}"]


def type_traditional(head: Typed) -> list[str]:
    """Return the head in traditional characters."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    return [convert(line) for line in type_plain(head)]


def type_spaced(head: Typed) -> list[str]:
    """Return the head with the speaker's characters apart and the title in two lines' width."""
    apart = "　".join(head.speaker)
    return [f"　　{head.title}", head.subtitle, f"{head.role}　{apart}", f"（{spell(head.day)}）"]


def type_labelled(head: Typed) -> list[str]:
    """Return the head as a page's table of labels."""
    labels = (("讲话人：", head.speaker), ("讲话时间：", spell(head.day)))
    return [head.title, head.subtitle, *(label + value for label, value in labels if value)]


def type_excerpt(head: Typed) -> list[str]:
    """Return the head of an excerpt, the speaker above and the title marked."""
    return [f"{head.title}（摘编）", head.subtitle, f"（{spell(head.day)}）", head.speaker]


def type_reprint(head: Typed) -> list[str]:
    """Return the head of a reprint: published later, no day of the speech."""
    page = "发布时间：2025-11-20 来源：柳浦文摘"
    return [head.title, head.subtitle, f"{head.role} {head.speaker}", page if head.speaker else ""]


def type_named(head: Typed) -> list[str]:
    """Return a head whose title begins with the speaker, without subtitle."""
    occasion = head.subtitle if head.subtitle.startswith("在") else head.title
    named = f"{head.speaker}{occasion}" if occasion.startswith("在") else head.title
    return [named, f"（{spell(head.day)}）", "" if named != head.title else head.speaker]


def type_month(head: Typed) -> list[str]:
    """Return a head that knows the month alone, with the speaker in brackets below."""
    month = f"（{spell(head.day[:7])}）"
    return [head.title, head.subtitle, f"（{head.role} {head.speaker}）", month]


HEADS: dict[str, Callable[[Typed], list[str]]] = {
    "plain": type_plain,
    "traditional": type_traditional,
    "spaced": type_spaced,
    "excerpt": type_excerpt,
    "labelled": type_labelled,
    "reprint": type_reprint,
    "named": type_named,
    "month": type_month,
}
KEPT_ASIDE = ("labelled", "reprint", "named", "month")


def slip(text: str, chance: random.Random) -> str:
    """Return the text with a few commas gone and characters doubled, as copied by hand."""
    return "".join(
        "" if sign in "，、" and chance.random() < 0.05 else sign * (1 + (chance.random() < 0.002))
        for sign in text
    )


def cut_end(text: str, chance: random.Random) -> str:
    """Return the first half or more of the paragraphs."""
    lines = text.split("\n")
    return "\n".join(lines[: max(2, int(len(lines) * chance.uniform(0.55, 0.85)))])


def digest(text: str, chance: random.Random) -> str:
    """Return a third of the sentences in paragraphs of three."""
    sentences = [s for s in re.findall(r"[^。！？\n]+[。！？]", text) if len(s) > 16]
    chosen = pick(sentences, max(5, len(sentences) // 3), chance)
    return "\n".join("".join(chosen[at : at + 3]) for at in range(0, len(chosen), 3))


BODIES: dict[str, Callable[[str, random.Random], str]] = {
    "slips": slip,
    "cut": cut_end,
    "hidden": hide_part,
    "digest": digest,
}


def spell(day: str) -> str:
    """Return 2023-05-06 as 2023年5月6日, and 2023-05 as 2023年5月."""
    parts = zip(day.split("-"), "年月日", strict=False)
    return "".join(f"{int(number)}{unit}" for number, unit in parts) if day else ""


def write(lines: list[str], body: str) -> str:
    """Return a file's text; lines with nothing in them are left out."""
    kept = [line for line in lines if line.strip("　 （）")]
    return "\n".join([*kept, "", body])


def read_origins() -> Iterator[tuple[str, str, bool]]:
    """Yield the name and text of every speech, and whether versions are made of it."""
    for path in sorted((ROOT / "fixtures/speeches").glob("*.txt")):
        yield path.stem, path.read_text("utf-8"), True
    for folder in CORPORA:
        for number, path in enumerate(sorted((SHARED / folder).glob("*.txt"))):
            made = folder in EVERY and number % EVERY[folder] == 0
            # The raw state of a report is the report: it bears no head by which to know it.
            text = path.read_bytes().decode("utf-8", "replace")
            yield path.stem, text, made


def make_texts() -> Iterator[Made]:
    """Yield every speech, then the versions of some."""
    from corpus_app.ingest.pipeline import parse_bytes

    origins = list(read_origins())
    for at, (name, text, _versions) in enumerate(origins):
        yield Made(f"{at}-{name}", text, name)
    for at, (name, text, versions) in enumerate(origins):
        if not versions:
            continue
        draft = parse_bytes(text.encode(), f"{name}.txt")
        meta = draft.metadata
        day = meta.dates["delivered"].value if "delivered" in meta.dates else ""
        head = Typed(meta.title or "", meta.subtitle or "", meta.speaker or "",
                     meta.speaker_role or "", day)  # fmt: skip
        chance = random.Random(name)
        for number, (kind, typing) in enumerate(HEADS.items()):
            body = list(BODIES)[(at + number) % len(BODIES)]
            lines = typing(head)
            yield Made(f"{kind}-{body}-{at}", write(lines, BODIES[body](draft.text, chance)),
                       name, kind, body)  # fmt: skip


def take_all_in(made: list[Made]) -> tuple[set[frozenset[str]], list[str]]:
    """Store the texts one after the other; return the pairs said to be one, by name."""
    from corpus_app.catalog.models import Kinship
    from corpus_app.catalog.versions import is_one_speech
    from corpus_app.intake.importing.files import import_bytes
    from corpus_app.intake.indexing import leave_index

    names: dict[int, list[str]] = {}
    refused = []
    with leave_index():
        for one in made:
            outcome = import_bytes(one.text.encode(), f"{one.name}.txt")
            if outcome.speech is None:
                refused.append(one.name)
            else:
                names.setdefault(outcome.speech, []).append(one.name)
    pairs = {frozenset((a, b)) for same in names.values() for a in same for b in same if a < b}
    for row in Kinship.objects.with_speeches():
        if is_one_speech(row):
            sides = names[row.speech_id], names[row.other_id]
            pairs |= {frozenset((a, b)) for a in sides[0] for b in sides[1]}
    return pairs, refused


def score(made: list[Made], pairs: set[frozenset[str]]) -> dict[str, object]:
    """Return precision over all pairs, recall of versions against their speech, by family."""
    by_name = {one.name: one for one in made}
    firsts = {one.origin: one.name for one in reversed(made) if not one.head}
    right = {pair for pair in pairs if len({by_name[name].origin for name in pair}) == 1}
    asked: Counter[str] = Counter()
    met: Counter[str] = Counter()
    missed = []
    for one in (one for one in made if one.head):
        aside = "kept aside" if one.head in KEPT_ASIDE else "tuned"
        found = frozenset((one.name, firsts[one.origin])) in pairs
        for family in (one.head, one.body, aside, "all"):
            asked[family] += 1
            met[family] += found
        if not found:
            missed.append(one.name)
    return {
        "texts": len(made),
        "pairs": len(pairs),
        "precision": round(len(right) / len(pairs), 4) if pairs else None,
        "recall": {family: f"{met[family]}/{asked[family]}" for family in asked},
        "missed": missed,
        "wrong": sorted(" – ".join(sorted(pair)) for pair in pairs - right),
    }


def main() -> None:
    """Print the marks; with --record keep the numbers."""
    from django.core.management import call_command

    with tempfile.TemporaryDirectory() as folder:
        open_site(Path(folder))
        call_command("migrate", verbosity=0)
        made = list(make_texts())
        pairs, refused = take_all_in(made)
        result = score(made, pairs) | {"refused": refused}
    print(json.dumps(result, ensure_ascii=False, indent=2))
    if "--record" in sys.argv:
        numbers = {k: v for k, v in result.items() if k not in ("missed", "wrong", "refused")}
        write_record(RESULTS, "One speech or two", numbers)


if __name__ == "__main__":
    main()
