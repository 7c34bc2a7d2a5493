"""Set expressions of a draft against the standard wordings, and those that newer ones replaced."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_app.ingest.superseded import SupersededWording, drop_timely, find_superseded
from corpus_app.ingest.suspects import find_suspects
from corpus_app.proofreading.findings import DraftFinding, EvidencePassage, Kind
from corpus_app.proofreading.sentences import cut_sentence


def find_wording_faults(text: str, day: str = "") -> Iterator[DraftFinding]:
    """Yield near misses of standard wordings ("slogan"), superseded ones, and words said twice.

    All as of the day, "2026-05-12", "2026-05" or "2026"; "" for today. What is right on the day is
    not told, nor an older wording in a sentence that bears the newer one too, which speaks of the
    change.
    """
    old = [one for one in find_superseded(text, day) if one.past is not False]
    old = [one for one in old if not _speaks_of_change(text, one)]
    taken: set[int] = set()
    for one in old:
        taken.update(range(one.start, one.end))
        yield _tell_superseded(one)
    for slip in drop_timely(find_suspects(text), day):
        # What was left to be filled in is told by find_placeholders, which writes nothing in.
        if slip.kind == "placeholder" or taken.intersection(range(slip.start, slip.end)):
            continue
        doubled = slip.kind == "doubled"
        message = "字词重复。" if doubled else f"标准表述是“{slip.suggestion}”。"
        kind: Kind = "wording" if doubled else "slogan"
        yield DraftFinding(kind, slip.start, slip.end, slip.text, message, slip.suggestion, 0.95)


def _speaks_of_change(text: str, one: SupersededWording) -> bool:
    """Say whether the sentence bears the newer wording, too, elsewhere than in the older one."""
    sentence = cut_sentence(text, one.start, one.end)
    return one.new in sentence.replace(one.text, "\n")


def _tell_superseded(one: SupersededWording) -> DraftFinding:
    source = one.supersession.new_source
    message = (
        f"“{one.text}”的说法已经由“{one.new}”取代，最迟见于{source.date}《{source.document}》。"
    )
    proofs = tuple(
        EvidencePassage(document.quote, f"《{document.document}》{document.place}", document.date)
        for document in (source, one.supersession.old_source)
    )
    confidence = 0.95 if one.past else 0.7
    return DraftFinding(
        "superseded", one.start, one.end, one.text, message, one.new, confidence, proofs
    )
