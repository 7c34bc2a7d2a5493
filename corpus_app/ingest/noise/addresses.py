"""Latin names and web addresses between the words: taken where the page itself names them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_app.ingest.noise.breaks import CERTAIN, LIKELY
from corpus_app.ingest.noise.page import NoisePage
from corpus_app.ingest.noise.sightings import (
    MOST_STRINGS,
    Sighting,
    count_broken,
    find_latin,
    is_quoted,
    see_all,
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


def remove_latin_names(page: NoisePage, witness: Witness) -> None:
    """Take a site's hosts (kind "url") and Latin names (kind "watermark") out of sentences.

    A technical term (PM2.5, ISO9001) stands there as such a name does, however often: only that
    the page names it elsewhere tells them apart, or that it spells the trade in documents.
    """
    places = find_latin(page.raw)
    for name in sorted(places, key=lambda name: -len(places[name]))[:MOST_STRINGS]:
        spans = places[name]
        seen = see_all(page, spans)
        if seen and HOST.fullmatch(name):
            _judge_host(page, name, seen, spans, witness)
        elif seen:
            _judge_name(page, name, seen, witness)


def _judge_host(
    page: NoisePage,
    host: str,
    seen: Sequence[Sighting],
    spans: Sequence[tuple[int, int]],
    witness: Witness,
) -> None:
    if is_official(host):
        return
    named = host in witness.latin or not witness.latin.isdisjoint(list_labels(host))
    free = [one for one in seen if not one.asked]
    if free and (named or load_pinyin().search(host)):
        take_seen(page, free, "url", "address-in-sentence")
        # The same address beside no word: behind a sentence, or on a line of its own.
        beside = {place for one in seen for place in range(one.start, one.end)}
        alone = [one for one in spans if one[0] not in beside and not is_quoted(page.raw, *one)]
        page.take_all(alone, "url", "address-in-sentence")
    elif free:
        warn_seen(page, page.raw[slice(*free[0].span)], free)


def list_labels(host: str) -> list[str]:
    """Return the parts of a host that are names (www.wenmi114.com gives wenmi114)."""
    endings = read_rules("noise_phrases")["outside"]["endings"]
    return [label for label in host.split(".") if label not in endings]


def _judge_name(page: NoisePage, name: str, seen: Sequence[Sighting], witness: Witness) -> None:
    """A name without figures may be a company's, of which the sentences speak.

    So may what a label of the source names (来源：GB18030): it must break a word, too.
    """
    sourced = name in witness.sourced
    named = sourced or name in witness.latin
    traded = load_pinyin().search(name) is not None
    telling = TELLING.search(name) is not None
    breaks = (named or (traded and len(seen) > 1)) and count_broken(
        page, seen, LIKELY if named else CERTAIN
    ) > 0
    if breaks or (named and (traded or (telling and not sourced))):
        take_seen(page, seen, "watermark", "latin-name")
    elif named or (len(seen) > 1 and telling):
        warn_seen(page, page.raw[slice(*seen[0].span)], seen[:1])
