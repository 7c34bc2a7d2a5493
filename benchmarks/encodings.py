"""How many texts are read right, by family of encoding, beside other detectors on the same bytes.

    python benchmarks/encodings.py [--seed N] [--misses]

The texts are the sample speeches and the passages of benchmarks/encodings.toml, simplified and
traditional, short and long, plain and in mark-up. Right means that every character comes back.
chardet is asked where it is installed; it is no dependency.
"""

from __future__ import annotations

import argparse
import codecs
import importlib
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # so that the file also runs as a script

from charset_normalizer import from_bytes  # noqa: E402
from opencc import OpenCC  # noqa: E402

from corpus_app.ingest.decode import decode_text  # noqa: E402
from corpus_app.ingest.draft import RejectedFile  # noqa: E402
from corpus_app.ingest.encodings.cns import DAMAGE, load_plane  # noqa: E402

LENGTHS = (4, 8, 20, 200, 4000)
RARE = "㙍䶮䥽㛃𠮷𡋤𣲗"
HONG_KONG = "嘅咗喺啲冇嚟㗎嗰"
SCRIPT = 'function go(e,t){return"undefined"!=typeof e&&t.call(window,e);}'
TEMPLATES = {
    "plain": "{}",
    "html": "<html><head><title>{}</title><script>" + SCRIPT * 30 + "</script></head>"
    '<body><div class="main">{}</div></body></html>',
    "stated": '<html><head><meta http-equiv="Content-Type" content="text/html; charset=%s">'
    "</head><body>{}</body></html>",
    "rss": '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>{}</title><item>'
    "<link>http://www.xibei.example/a/1.html</link><description>{}</description></item>"
    "</channel></rss>\n",
    "subtitles": "1\r\n00:00:01,000 --> 00:00:04,500\r\n{}\r\n\r\n2\r\n00:00:05,000 --> "
    "00:00:07,250\r\n{}\r\n",
}


def encode_hz(text: str) -> bytes:
    """Return text as HZ, line by line."""
    return text.encode("hz")


def encode_iso_2022_cn(text: str) -> bytes:
    """Return text as ISO-2022-CN by its mainland set alone."""
    lines = []
    for line in text.split("\n"):
        parts, chosen = [], False
        for run in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]+", line):
            if run.isascii():
                parts.append(run.encode())
                continue
            pairs = bytes(byte & 0x7F for byte in run.encode("gb2312"))
            parts.append((b"" if chosen else b"\x1b$)A") + b"\x0e" + pairs + b"\x0f")
            chosen = True
        lines.append(b"".join(parts))
    return b"\n".join(lines)


@cache
def list_places() -> dict[str, bytes]:
    """Return the bytes of each character in EUC-TW's first two planes."""
    places = {}
    for plane, lead in ((2, b"\x8e\xa2"), (1, b"")):
        for place, char in enumerate(load_plane(plane)):
            if char != DAMAGE:
                places[char] = lead + bytes((place // 94 + 0xA1, place % 94 + 0xA1))
    return places


def encode_euc_tw(text: str) -> bytes:
    """Return text as EUC-TW."""
    places = list_places()
    try:
        return b"".join(c.encode() if c.isascii() else places[c] for c in text)
    except KeyError as error:
        raise UnicodeEncodeError("euc-tw", text, 0, 1, "not in its planes") from error


def by_codec(name: str) -> Callable[[str], bytes]:
    """Return the encoder of one of Python's codecs."""
    return lambda text: text.encode(name)


@dataclass(frozen=True, slots=True)
class Family:
    """One encoding: how text becomes its bytes, which script it holds, what pages call it."""

    name: str
    encode: Callable[[str], bytes]
    traditional: bool | None
    label: str
    extra: str = ""


FAMILIES = (
    Family("gb2312", by_codec("gb2312"), False, "gb2312"),
    Family("gbk", by_codec("gbk"), None, "gbk"),
    Family("gb18030", by_codec("gb18030"), None, "gb18030", RARE),
    Family("big5", by_codec("big5"), True, "big5"),
    Family("cp950", by_codec("cp950"), True, "big5"),
    Family("big5-hkscs", by_codec("big5hkscs"), True, "big5-hkscs", HONG_KONG),
    Family("euc-tw", encode_euc_tw, True, "euc-tw"),
    Family("utf-8", by_codec("utf-8"), None, "utf-8", RARE),
    Family("utf-8-sig", by_codec("utf-8-sig"), None, "utf-8"),
    Family("utf-16 with mark", by_codec("utf-16"), None, "utf-16", RARE),
    Family("utf-16-le", by_codec("utf-16-le"), None, "utf-16le", RARE),
    Family("utf-16-be", by_codec("utf-16-be"), None, "utf-16be"),
    Family("utf-32 with mark", by_codec("utf-32"), None, "utf-32"),
    Family("utf-32-le", by_codec("utf-32-le"), None, "utf-32"),
    Family("utf-32-be", by_codec("utf-32-be"), None, "utf-32"),
    Family("hz-gb-2312", encode_hz, False, "hz-gb-2312"),
    Family("iso-2022-cn", encode_iso_2022_cn, False, "iso-2022-cn"),
    Family("utf-7", by_codec("utf-7"), None, "utf-7"),
)


def load_texts() -> dict[str, str]:
    """Return texts by kind of writing: one long one of the speeches, the passages repeated."""
    speeches = sorted((ROOT / "fixtures/speeches").glob("*.txt"))
    texts = {"official": "\n".join(path.read_text("utf-8") for path in speeches)}
    passages = tomllib.loads((ROOT / "benchmarks/encodings.toml").read_text("utf-8"))["texts"]
    return texts | {kind: (text.strip() + "\n") * 20 for kind, text in passages.items()}


def list_samples(seed: int) -> Iterator[tuple[Family, str, str, bytes]]:
    """Yield family, what it is (kind, carrier, length), the text and its bytes."""
    chance = random.Random(seed)
    texts = load_texts()
    converter = OpenCC("s2tw")
    forms = {False: texts, True: {kind: converter.convert(text) for kind, text in texts.items()}}
    for family in FAMILIES:
        scripts = (False, True) if family.traditional is None else (family.traditional,)
        for traditional in scripts:
            for kind, text in forms[traditional].items():
                for carrier, template in TEMPLATES.items():
                    for length in LENGTHS:
                        body = _cut(text, length, family, chance)
                        full = _fill(template, body, family)
                        what = f"{kind} {carrier} {length}"
                        yield family, what, full, family.encode(full)


def _cut(text: str, length: int, family: Family, chance: random.Random) -> str:
    """A stretch that the encoding can hold, with some characters that it alone can."""
    start = chance.randrange(max(1, len(text) - length))
    chars = [char for char in text[start : start + 2 * length] if _holds(family, char)]
    if family.extra:
        for at in range(length // 3, len(chars), max(4, len(chars) // 9)):
            chars[at] = chance.choice(family.extra)
    return "".join(chars[:length]).strip() or "代表"


@cache
def _holds(family: Family, char: str) -> bool:
    try:
        family.encode(char)
    except UnicodeEncodeError:
        return False
    return True


def _fill(template: str, body: str, family: Family) -> str:
    if "%s" in template:
        template = template % family.label
    count = template.count("{}")
    head, _, _ = body.partition("\n")
    return (
        template.replace("{}", head, count - 1).replace("{}", body)
        if count > 1
        else (template.replace("{}", body))
    )


def read_ours(data: bytes) -> str:
    """Return what the product reads, "" where it refuses."""
    try:
        return decode_text(data).text
    except RejectedFile:
        return ""


def read_normalizer(data: bytes) -> str:
    """Return what charset-normalizer reads."""
    best = from_bytes(data).best()
    return str(best).lstrip("\ufeff") if best else ""


def find_readers() -> dict[str, Callable[[bytes], str]]:
    """Return the readers at hand by name."""
    readers: dict[str, Callable[[bytes], str]] = {
        "yanku": read_ours,
        "charset-normalizer": read_normalizer,
    }
    try:
        detect = importlib.import_module("chardet").detect
    except ImportError:
        return readers

    def read_chardet(data: bytes) -> str:
        name = detect(data)["encoding"]
        try:
            return codecs.decode(data, name).lstrip("\ufeff") if name else ""
        except (LookupError, UnicodeError):
            return ""

    return readers | {"chardet": read_chardet}


def main() -> int:
    """Print right and all by family and reader; exit 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="list what ours reads wrong")
    options = parser.parse_args()
    readers = find_readers()
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    for family, what, text, data in list_samples(options.seed):
        total[family.name] += 1
        for name, read in readers.items():
            if read(data) == text:
                right[family.name, name] += 1
            elif options.misses and name == "yanku":
                print(f"  {family.name}: {what}: {read(data)[:40]!r} for {text[:40]!r}")
    print(f"{'family':18}" + "".join(f"{name:>20}" for name in readers))
    for group, count in total.items():
        shares = (f"{right[group, name]} of {count}" for name in readers)
        print(f"{group:18}" + "".join(f"{share:>20}" for share in shares))
    sums = (sum(right[group, name] for group in total) for name in readers)
    print(f"{'all':18}" + "".join(f"{f'{one} of {total.total()}':>20}" for one in sums))
    return 0


if __name__ == "__main__":
    sys.exit(main())
