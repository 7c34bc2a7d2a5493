"""What names the site of a page that bears neither its address nor its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

import corpus_app.ingest.plausibility.titles as plausible
from corpus_app.ingest.dates import find_date
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.formats.extracted import Statement
from corpus_app.ingest.metadata.names import is_name, split_office
from corpus_app.ingest.noise.chrome import load_line_rules
from corpus_app.ingest.noise.page import PageLine
from corpus_app.ingest.noise.repeated import may_be_content
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import squeeze

# The field of what a format states of the hosts that its page links to.
LINKED: Final = "linked_host"
LONGEST: Final = 40
SHORTEST: Final = 4
_HOST: Final = re.compile(r"(?:https?://|www\.)([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5})", re.I)
_TAIL: Final = re.compile(r"[-_—–|｜]\s*([^-_—–|｜]{2,24})$")
_NO_NAME: Final = re.compile(r"[\d\s:：./年月日时分-]*|.*[。！？；，]|.*\d{1,2}[:：]\d{2}.*")


def is_site_name(name: str) -> bool:
    """Say whether a source may be a site's: no time, button, person or stand-in (本站)."""
    bare = squeeze(name)
    if not 2 <= len(bare) <= LONGEST or _NO_NAME.fullmatch(bare) or bare in _rules()["nameless"]:
        return False
    if find_date(name) or plausible.is_button(bare) or _is_listed(bare):
        return False
    if _compile("names").search(bare):
        return True
    return not (is_name(name) or split_office(name))


def is_telling_line(line: str) -> bool:
    """Say whether a line that pages share may be a site's name or motto.

    No value of a head, no sentence, no button.
    """
    content = may_be_content(PageLine(0, len(line), line))
    return len(line) >= SHORTEST and not content and is_site_name(line)


def find_host(addresses: Iterable[str], least: int) -> str:
    """Return the host that half of the addresses or more lead to, and as many as least.

    Hosts that any site's pages link to are left out; "" where no host stands out, as among links
    to friends.
    """
    hosts = Counter(host for address in addresses if (host := read_host(address)))
    first, count = max(hosts.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    return first if count >= least and count * 2 >= hosts.total() else ""


def read_host(address: str) -> str:
    """Return the host of an address, "" for none, and for one that any site's pages link to."""
    try:
        host = (urlsplit(address.strip()).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
    for prefix in _rules()["prefixes"]:
        host = host.removeprefix(prefix)
    strange = any(host == one or host.endswith(f".{one}") for one in _rules()["strangers"])
    numeric = host.replace(".", "").isdigit()
    known = strange or numeric or "." not in host or host in _rules()["states"]
    return "" if known else host


def find_site_mark(raw: str, removed: Sequence[Removed], stated: Sequence[Statement]) -> str:
    """Return what on the page itself names its site, the surest first; "" where nothing does.

    The host that it links to or prints, its registration, its owner, the end of its window's title.
    removed are the spans that are not the speech's: of the speech's own words none counts.
    """
    return next((mark for mark in _list_marks(raw, removed, stated) if mark), "")


def _list_marks(raw: str, removed: Sequence[Removed], stated: Sequence[Statement]) -> Iterator[str]:
    yield next((one.value for one in stated if one.field == LINKED), "")
    own = [span.text for span in removed if span.kind not in ("watermark", "title")]
    printed = [f"http://{found[1]}" for text in own for found in _HOST.finditer(text)]
    yield find_host(printed, 1)
    for text in reversed(own):
        found = _compile("registered").search(text)
        if found:
            yield squeeze(found[1] or found[2])
    for text in reversed(own):
        found = _compile("owner").search(text)
        if found and is_site_name(found[1]):
            yield found[1]
    for one in stated:
        tail = _TAIL.search(one.value) if one.field == "page_title" else None
        if tail and _compile("names").search(tail[1].strip()) and is_site_name(tail[1]):
            yield squeeze(tail[1])


@cache
def _is_listed(words: str) -> bool:
    return any(rule.matches(words) for rule in load_line_rules("line"))


@cache
def _compile(name: str) -> re.Pattern[str]:
    return re.compile(_rules()[name])


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = read_rules("sites")
    return rules
