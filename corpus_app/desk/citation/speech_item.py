"""The CSL item of a speech: what we know of it, put where GB/T 7714 looks for it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from corpus_app.desk.citation.items import Item, is_nobody, read_item

Carrier = Literal["web", "newspaper", "periodical", "book", "meeting", "internal"]
_CARRIERS = Path(__file__).parent / "data" / "carriers.toml"
_BETWEEN_NAMES = re.compile(r"\s*[、，；,;]\s*")
_BEFORE_SUBTITLE = re.compile(r"^[\s—–\-:：]+")
# The kinds of text that have a mark of their own: a report [R], a decision [A].
_OWN_TYPES: Final = {"report": "report", "resolution": "regulation"}
_GAPS: Final = {
    "gapped": "所据文本中间有缺失，引用前请核对原件。",
    "truncated": "所据文本结尾缺失，引用前请核对原件。",
}


@dataclass(frozen=True, slots=True)
class CitedSpeech:
    """What is known of a speech; "" for what is not. Dates are "2024", "2024-04" or a day.

    `level`, `genre` and `completeness` are codes, `organisations` full names in order.
    `carrier` says where the text was published; left empty, it is told from the source.
    """

    title: str
    subtitle: str = ""
    title_inferred: bool = False
    speaker: str = ""
    organisations: tuple[str, ...] = ()
    date: str = ""
    published: str = ""
    source_name: str = ""
    url: str = ""
    permalink: str = ""
    accessed: str = ""
    genre: str = ""
    level: str = ""
    place: str = ""
    occasion: str = ""
    completeness: str = "complete"
    is_verified: bool = True
    carrier: Carrier | Literal[""] = ""
    container_title: str = ""
    editor: str = ""
    publisher: str = ""
    publisher_place: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    key: str = ""


def make_speech_item(speech: CitedSpeech) -> Item:
    """Return the CSL item of a speech, with its notices of gaps in the note."""
    carrier = speech.carrier or guess_carrier(speech)
    data: dict[str, Any] = {
        "id": speech.key,
        "language": "zh-CN",
        "title": join_title(speech),
        "author": [{"literal": name} for name in list_authors(speech)],
        "issued": _choose_date(speech, carrier),
        "page": speech.page,
        "note": "\n".join(list_notices(speech)),
        **_WRITERS[carrier](speech),
    }
    if data.get("URL"):
        data["accessed"] = speech.accessed
    return read_item({key: value for key, value in data.items() if value})


def list_authors(speech: CitedSpeech) -> list[str]:
    """Return who answers for the text: the speakers, else the bodies, else nobody.

    佚名 and 网友投稿 are nobody. A decision is its body's, whoever read it out.
    """
    speakers = [name for name in _BETWEEN_NAMES.split(speech.speaker.strip()) if name]
    speakers = [_close_name(name) for name in speakers if not is_nobody(name)]
    bodies = [name.strip() for name in speech.organisations]
    bodies = [name for name in bodies if name and not is_nobody(name)]
    return (bodies or speakers) if speech.genre == "resolution" else (speakers or bodies)


def join_title(speech: CitedSpeech) -> str:
    """Return title：subtitle; after a question or call the dash stays; a made-up title in [ ]."""
    title = " ".join(speech.title.split())
    subtitle = _BEFORE_SUBTITLE.sub("", " ".join(speech.subtitle.split()))
    if subtitle:
        title += ("——" if title.endswith(("？", "！")) else "：") + subtitle
    return f"[{title}]" if speech.title_inferred and title else title


def list_notices(speech: CitedSpeech) -> list[str]:
    """Return the notices that go along with every copy: gaps, unverified text, permalink."""
    notices = [_GAPS.get(speech.completeness, "")]
    notices.append("" if speech.is_verified else "所据文本未经与原件核对。")
    notices.append(f"言库链接：{speech.permalink}" if speech.permalink else "")
    return [notice for notice in notices if notice]


def guess_carrier(speech: CitedSpeech) -> Carrier:
    """Return where the text was published, as its source, address and occasion tell it."""
    name = speech.source_name.strip()
    for kind, names, endings in _read_carriers():
        if _bare_title(name) in names or name.strip("》").endswith(endings):
            return kind
    if speech.url or name:
        return "web"
    if speech.publisher:
        return "book"
    return "meeting" if speech.container_title else "internal"


def _write_web(speech: CitedSpeech) -> dict[str, Any]:
    """Return the fields of a web page; without its address, the permalink leads to the text."""
    return {
        "type": _OWN_TYPES.get(speech.genre, "webpage"),
        "container-title": speech.source_name,
        "URL": speech.url or speech.permalink,
    }


def _write_newspaper(speech: CitedSpeech) -> dict[str, Any]:
    return {
        "type": "article-newspaper",
        "container-title": _bare_title(speech.source_name),
        "URL": speech.url,
    }


def _write_periodical(speech: CitedSpeech) -> dict[str, Any]:
    return {
        "type": "article-journal",
        "container-title": _bare_title(speech.source_name),
        "volume": speech.volume,
        "issue": speech.issue,
        "URL": speech.url,
    }


def _write_book(speech: CitedSpeech) -> dict[str, Any]:
    """Return the fields of a part of a book, or of a book of its own."""
    return {
        "type": "chapter" if speech.container_title else "book",
        "container-title": _bare_title(speech.container_title),
        "editor": [{"literal": speech.editor}] if speech.editor else [],
        "volume": speech.volume,
        "publisher": speech.publisher,
        "publisher-place": speech.publisher_place or speech.place,
        "URL": speech.url,
    }


def _write_meeting(speech: CitedSpeech) -> dict[str, Any]:
    """Return the fields of meeting material: a part of its papers, or given at the meeting."""
    return {
        "type": "paper-conference",
        "container-title": _bare_title(speech.container_title),
        "event-title": speech.occasion,
        "event-place": speech.place,
        "editor": [{"literal": speech.editor}] if speech.editor else [],
        "publisher": speech.publisher or _find_keeper(speech),
        "publisher-place": speech.publisher_place or speech.place,
        "URL": speech.url,
    }


def _write_internal(speech: CitedSpeech) -> dict[str, Any]:
    """Return the fields of a text that was never published; the body it comes from keeps it."""
    return {
        "type": _OWN_TYPES.get(speech.genre, "document"),
        "publisher": speech.publisher or _find_keeper(speech),
        "publisher-place": speech.publisher_place or speech.place,
    }


_WRITERS: Final = {
    "web": _write_web,
    "newspaper": _write_newspaper,
    "periodical": _write_periodical,
    "book": _write_book,
    "meeting": _write_meeting,
    "internal": _write_internal,
}


def _find_keeper(speech: CitedSpeech) -> str:
    """Return the first body; a body that is the author, too, is given again as the publisher."""
    return next((name for name in speech.organisations if not is_nobody(name)), "")


def _bare_title(title: str) -> str:
    """Return what stands in 《》, as in 《云溪人大》杂志, or the title as it is."""
    found = re.match(r"《(.+?)》", title.strip())
    return found[1] if found else title.strip()


def _choose_date(speech: CitedSpeech, carrier: Carrier) -> str:
    """Return the day of publication for what was published, the day spoken for the rest."""
    if carrier in ("internal", "meeting"):
        return speech.date or speech.published
    return speech.published or speech.date


def _close_name(name: str) -> str:
    """Return a Chinese name without the space that pads two characters to three: 张　三."""
    return "".join(name.split()) if re.fullmatch(r"[㐀-鿿]\s+[㐀-鿿]", name) else name


@cache
def _read_carriers() -> list[tuple[Carrier, tuple[str, ...], tuple[str, ...]]]:
    """Return kind, whole names and endings from data/carriers.toml."""
    table = tomllib.loads(_CARRIERS.read_text(encoding="utf-8"))
    return [
        (entry["kind"], tuple(entry["names"]), tuple(entry["endings"]))
        for entry in table["carrier"]
    ]
