"""Latin names and web addresses between the words: taken where the page itself names them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_app.ingest.noise.page import Page
from corpus_app.ingest.noise.sightings import (
    Sighting,
    count_broken,
    find_latin,
    list_latin,
    take_seen,
    warn_seen,
)
from corpus_app.ingest.noise.witnesses import (
    HOST,
    Witness,
    is_official,
    load_pinyin,
)
from corpus_app.ingest.rule_files import read_rules

TELLING = re.compile(r"\d|\.")


def remove_latin_names(page: Page, witness: Witness) -> None:
    """Take a site's hosts (kind "url") and Latin names (kind "watermark") out of sentences.

    A technical term (PM2.5, ISO9001) stands there as such a name does, however often: only that
    the page names it elsewhere tells them apart, or that it spells the trade in documents.
    """
    for name, seen in find_latin(page).items():
        if HOST.fullmatch(name):
            _judge_host(page, name, seen, witness)
        else:
            _judge_name(page, name, seen, witness)


def _judge_host(page: Page, host: str, seen: Sequence[Sighting], witness: Witness) -> None:
    if is_official(host):
        return
    named = host in witness.latin or not witness.latin.isdisjoint(list_labels(host))
    free = [one for one in seen if not one.asked]
    if free and (named or load_pinyin().search(host)):
        take_seen(page, free, "url", "address-in-sentence")
        _take_elsewhere(page, host)
    elif free:
        warn_seen(page, page.raw[slice(*free[0].span)], free)


def list_labels(host: str) -> list[str]:
    """Return the parts of a host that are names (www.wenmi114.com gives wenmi114)."""
    endings = read_rules("noise_phrases")["outside"]["endings"]
    return [label for label in host.split(".") if label not in endings]


def _take_elsewhere(page: Page, host: str) -> None:
    """The same address beside no word: behind a sentence, or on a line of its own."""
    spans = [span for name, span in list_latin(page.raw) if name == host]
    free = [span for span in spans if not page.is_taken(*span)]
    alone = [span for span in free if not page.raw[span[0] - 1 : span[0]].isalnum()]
    page.take_all(alone, "url", "address-in-sentence")


def _judge_name(page: Page, name: str, seen: Sequence[Sighting], witness: Witness) -> None:
    if name in witness.latin:
        take_seen(page, seen, "watermark", "latin-name")
        return
    traded = load_pinyin().search(name) and len(seen) > 1
    if traded and count_broken(page, seen):
        take_seen(page, seen, "watermark", "latin-name")
    elif len(seen) > 1 and TELLING.search(name):
        warn_seen(page, page.raw[slice(*seen[0].span)], seen[:1])
