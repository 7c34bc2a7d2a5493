"""Are texts of one speech found, and only those?

    python -m benchmarks.text_reuse [--record]
    python -m benchmarks.text_reuse --passages [HOSTS] [--record]
    python -m benchmarks.text_reuse --judged [--record]

From every sample speech a pay-walled copy, a digest, a press report and study notes are made by
rule (seeded; the own words of report and notes come from a page of invented prose). All are
taken in one after the other, with the sample speeches and, where the corpora lie beside the
project, with reports, resolutions and scraped speeches of many years, which share formulas but
are different speeches. Prints precision and recall by kind and the false pairs; --record writes
benchmarks/results/text_reuse.md (numbers alone). With --passages it is single passages that are
planted and looked for, and what all of 80,000 texts take (planted_passages.py; a record of its
own, shared_passages.md). With --judged the names of natural passages are held against a reader's
(judged_passages.py; judged_passages.md).
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.recording import write_record  # noqa: E402
from benchmarks.search_bench.loading import open_site  # noqa: E402
from corpus_app.ingest.pipeline import parse_bytes  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "text_reuse.md"
PASSAGES = ROOT / "benchmarks" / "results" / "shared_passages.md"
JUDGED = ROOT / "benchmarks" / "results" / "judged_passages.md"
# Texts in which passages are planted, and texts that all pairs are looked for in.
HOSTS, TEXTS = 600, 80_000
SHARED = ROOT.parent / "shared"
CORPORA = ("corpora/gwr_state_council/raw_scrape", "corpora/npc_resolutions/txt", "seeds")
DERIVED = ("copy", "digest", "report", "notes")
# What the authors of report and notes say themselves; invented.
PROSE = """读完以后，想得最多的是自己手头那几件没有办完的事。去年秋天到柳浦镇走访，一位种藕的大姐
拉着我说，水渠修到地头却差了三十米。
回来路上我把这件事记在本子上，后来一忙就搁下了。
这次对照着想一想，差的不是三十米水渠，是心里那杆秤。
科里几位同事也谈了感受，有的说要把台账建起来，有的说下去之前先把问题列明白，免得到了村里只听汇报。
下一步打算从三件小事做起：每周留一个下午专门回访，每件建议办完都去现场看一眼，年底把没办成的列出来说清缘由。
会场里坐得满满当当，前排几位老代表戴着花镜记笔记，散会以后还围在一起议论。窗外桂花开得正好，风一吹，满院子都是香的。
记者在现场看到，与会同志边听边记，休息间隙也在交流各自的做法，不少人说这样的会开得解渴、管用。"""


@dataclass(frozen=True)
class Made:
    """A text of the set: the number of the speech it comes from (None for none) and its kind."""

    name: str
    text: str
    origin: int | None
    kind: str


def make_texts() -> Iterator[Made]:
    """Yield the sample speeches, then what is made from them, then the strangers."""
    bodies = [read_sample(path) for path in sorted((ROOT / "fixtures/speeches").glob("*.txt"))]
    for number, (header, body) in enumerate(bodies):
        yield Made(f"sample-{number}", f"{header}\n{body}", number, "full")
    for number, (header, body) in enumerate(bodies):
        chance = random.Random(number)
        for kind in DERIVED:
            yield Made(f"{kind}-{number}", derive(kind, header, body, chance), number, kind)
    for folder in CORPORA:
        for path in sorted((SHARED / folder).glob("*.txt")):
            yield Made(path.stem, path.read_bytes().decode("utf-8", "replace"), None, "stranger")


def read_sample(path: Path) -> tuple[str, str]:
    """Return a sample's header and its clean text."""
    draft = parse_bytes(path.read_bytes(), path.name)
    delivered = draft.metadata.dates.get("delivered")
    header = [draft.metadata.title or path.stem, f"（{delivered.value}）" if delivered else ""]
    return "\n".join(line for line in header if line), draft.text


def derive(kind: str, header: str, text: str, chance: random.Random) -> str:
    """Return a copy with a part hidden, a digest, a report or notes."""
    title = header.splitlines()[0]
    sentences = [s for s in re.findall(r"[^。！？\n]+[。！？]", text) if len(s) > 24]
    if kind == "copy":
        return f"{header}\n{hide_part(text, chance)}"
    if kind == "digest":
        chosen = pick(sentences, max(5, len(sentences) // 5), chance)
        parts = ["".join(chosen[at : at + 3]) for at in range(0, len(chosen), 3)]
        return "\n".join([f"{title}（摘编）", *parts])
    # Shuffled, for two authors do not use the same words.
    own = ["".join(chance.sample(line, len(line))) for line in PROSE.splitlines()]
    if kind == "report":
        said = [f"会议强调，{sentence}" for sentence in pick(sentences, 5, chance)]
        head = title.removeprefix("在").replace("上的讲话", "召开").replace("讲话", "召开")
        return mix(head, own[6:], said)
    quoted = pick(sentences, 4, chance)
    said = [f"讲话中说：“{sentence[:-1]}。”这句话说到了我心里。" for sentence in quoted]
    return mix(f"学习《{title}》的体会", own[:6], said)


def hide_part(text: str, chance: random.Random) -> str:
    """Return the text with a quarter of it behind a notice."""
    lines = re.findall(r"[^。\n]+[。\n]", text)
    begin = chance.randrange(len(lines) // 4, len(lines) // 2)
    end = begin + len(lines) // 4
    hidden = sum(map(len, lines[begin:end]))
    notice = f"\n--此处隐藏{hidden}字，下载后查看--\n"
    return "".join([*lines[:begin], notice, *lines[end:]])


def pick(sentences: list[str], count: int, chance: random.Random) -> list[str]:
    """Return so many sentences in their order."""
    return [
        sentences[n]
        for n in sorted(chance.sample(range(len(sentences)), min(count, len(sentences))))
    ]


def mix(title: str, own: list[str], said: list[str]) -> str:
    """Return the author's lines with the quoted ones between them."""
    lines = [line for pair in zip(said, [*own, *own, *own], strict=False) for line in pair]
    return "\n".join([title, *lines])


def judge_pairs(found: dict[tuple[int, int], str], texts: dict[int, Made]) -> dict[str, object]:
    """Return recall by kind of the derived text, precision over all pairs, and what is wrong."""
    origins = {made.origin: pk for pk, made in texts.items() if made.kind == "full"}
    wanted = {
        (min(pk, origins[m.origin]), max(pk, origins[m.origin])): m.kind
        for pk, m in texts.items()
        if m.kind in DERIVED
    }
    met = Counter(kind for pair, kind in wanted.items() if pair in found)
    asked = Counter(wanted.values())
    family = {pair for pair in found if is_family(texts[pair[0]], texts[pair[1]])}
    wrong = sorted(set(found) - family)
    return {
        "texts": len(texts),
        "recall": {kind: f"{met[kind]}/{asked[kind]}" for kind in DERIVED},
        "kinds": {
            kind: dict(Counter(found.get(p, "-") for p, k in wanted.items() if k == kind))
            for kind in DERIVED
        },
        "pairs": len(found),
        "false pairs": len(wrong),
        "precision": round(len(family) / len(found), 4) if found else None,
        "missed": [texts[max(pair)].name for pair in wanted if pair not in found],
        "wrong": [
            f"{found[pair]}: {texts[pair[0]].name} – {texts[pair[1]].name}" for pair in wrong
        ],
    }


def is_family(first: Made, second: Made) -> bool:
    """Say whether both come from one speech; a resolution on a report quotes that report."""
    if first.origin is not None:
        return first.origin == second.origin
    return is_resolution_on(first.name, second.name) or is_resolution_on(second.name, first.name)


def is_resolution_on(resolution: str, report: str) -> bool:
    """Say whether the one is a congress's resolution on a report, the other a report of a year."""
    return "关于政府工作报告的决议" in resolution and re.fullmatch(r"gwr_\d{4}", report) is not None


def take_all_in(made: list[Made]) -> tuple[dict[tuple[int, int], str], dict[int, Made]]:
    """Store the texts one after the other and return the pairs found with their kind."""
    from corpus_app.catalog.models import Kinship
    from corpus_app.intake.importing.files import import_bytes
    from corpus_app.intake.indexing import leave_index

    texts: dict[int, Made] = {}
    with leave_index():
        for one in made:
            outcome = import_bytes(one.text.encode(), f"{one.name}.txt")
            if outcome.speech is not None:
                texts.setdefault(outcome.speech, one)
    rows = Kinship.objects.values_list("speech_id", "other_id", "kind")
    return {(low, high): kind for low, high, kind in rows}, texts


def look_for_passages(hosts: int) -> None:
    """Print how well planted passages are found and named, and the time."""
    from benchmarks.planted_passages import measure_passages

    numbers = measure_passages(hosts, TEXTS)
    print(json.dumps(numbers, ensure_ascii=False, indent=2))
    if "--record" in sys.argv:
        write_record(PASSAGES, "Passages that texts share", numbers)


def hold_against_reader() -> None:
    """Print how often natural passages are named as a reader names them."""
    from benchmarks.judged_passages import measure_labels

    numbers = measure_labels()
    print(json.dumps(numbers, ensure_ascii=False, indent=2))
    if "--record" in sys.argv:
        write_record(JUDGED, "Natural passages and what they are called", numbers)


def main() -> None:
    """Print the marks; with --record keep the numbers."""
    from django.core.management import call_command

    if "--judged" in sys.argv:
        hold_against_reader()
        return
    if "--passages" in sys.argv:
        given = [int(word) for word in sys.argv[1:] if word.isdecimal()]
        look_for_passages(given[0] if given else HOSTS)
        return
    with tempfile.TemporaryDirectory() as folder:
        open_site(Path(folder))
        call_command("migrate", verbosity=0)
        result = judge_pairs(*take_all_in(list(make_texts())))
    print(json.dumps(result, ensure_ascii=False, indent=2))
    if "--record" in sys.argv:
        numbers = {key: value for key, value in result.items() if key not in ("missed", "wrong")}
        write_record(RESULTS, "Texts of one speech", numbers)


if __name__ == "__main__":
    main()
