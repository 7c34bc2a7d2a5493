"""What is found out about a speech, with the inputs that each finding reads, in one table.

A change says which inputs it changed, and only the findings that read one of them are made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Flag, auto
from typing import Final

from django.db import transaction

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import SloganMention
from corpus_app.ingest.slogans import find_slogans
from corpus_app.intake.indexing import index_on_commit
from corpus_app.intake.quality.flags import flag_outline, flag_related_texts, flag_text
from corpus_app.intake.sites.evidence import note_stored_page
from corpus_app.intake.text_reuse.duplicates import store_fingerprint
from corpus_app.intake.text_reuse.finding import TextReuse, record_text_reuse
from corpus_app.intake.text_reuse.fingerprints import take_fingerprint
from corpus_app.slogans.mentions import Place, find_mentions, read_mentions, store_mentions
from corpus_app.slogans.refusals import read_refused
from corpus_app.slogans.sentences import store_sentences
from corpus_app.themes.tagging import tag_revision


class Input(Flag):
    """What findings are made of."""

    # The current revision's words, and the raw text that they were taken from.
    TEXT = auto()
    # Its sections and what follows from them; every revision has rows of its own.
    OUTLINE = auto()
    # The speech's fields: title, dates, parties and the like.
    METADATA = auto()
    # Terms of themes and what people decided on the speech's themes.
    THEMES = auto()
    # The registered expressions, and mentions that people refused.
    SLOGANS = auto()


NO_INPUT: Final = Input(0)
ALL: Final = ~NO_INPUT


@dataclass
class Subject:
    """A speech with its current revision, and what is known of the text already.

    before is the revision that had the same text and whose mentions are stored; places are the
    mentions found anew.
    """

    speech: Speech
    revision: Revision
    before: Revision
    slogans: Sequence[SloganMention] | None = None
    reuse: list[TextReuse] | None = None
    places: list[Place] | None = None


@dataclass(frozen=True)
class DerivedFinding:
    """A finding that is stored: its name, what it reads, and how it is made anew.

    follows are the earlier findings that it reads, by name.
    """

    name: str
    reads: Input
    find: Callable[[Subject], object]
    follows: tuple[str, ...] = ()


def _find_mentions(subject: Subject) -> None:
    text, found = subject.revision.text, subject.slogans
    found = find_slogans(text) if found is None else found
    subject.places = find_mentions(text, found, refused=read_refused(subject.revision))


def _store_mentions(subject: Subject) -> None:
    places = read_mentions(subject.before) if subject.places is None else subject.places
    store_mentions(subject.revision, places)


# In this order. Whatever a text shares with another is read from both, so the other's flags
# follow too; the index holds some of everything.
FINDINGS: Final = (
    DerivedFinding(
        "tags",
        Input.TEXT | Input.OUTLINE | Input.METADATA | Input.THEMES,
        lambda subject: tag_revision(subject.revision),
    ),
    DerivedFinding("mentions", Input.TEXT | Input.SLOGANS, _find_mentions),
    DerivedFinding("sections of mentions", Input.OUTLINE, _store_mentions, ("mentions",)),
    DerivedFinding(
        "parallel sentences",
        Input.TEXT | Input.OUTLINE,
        lambda subject: store_sentences(subject.revision),
    ),
    DerivedFinding(
        "fingerprint",
        Input.TEXT,
        lambda subject: store_fingerprint(subject.speech, take_fingerprint(subject.revision.text)),
    ),
    DerivedFinding(
        "text reuse",
        Input.TEXT | Input.METADATA,
        lambda subject: record_text_reuse(subject.speech, subject.reuse),
    ),
    DerivedFinding(
        "quality flags",
        Input.TEXT | Input.METADATA,
        lambda subject: flag_text(subject.speech, subject.revision),
        ("text reuse",),
    ),
    DerivedFinding(
        "quality flags of the outline",
        Input.TEXT | Input.OUTLINE,
        lambda subject: flag_outline(subject.speech, subject.revision),
    ),
    DerivedFinding(
        "quality flags around",
        Input.TEXT | Input.METADATA,
        lambda subject: flag_related_texts(subject.speech),
        ("text reuse",),
    ),
    DerivedFinding(
        "site",
        Input.TEXT | Input.METADATA,
        lambda subject: note_stored_page(subject.speech, subject.revision),
    ),
    DerivedFinding(
        "index",
        Input.TEXT | Input.OUTLINE | Input.METADATA,
        lambda subject: index_on_commit(subject.speech.pk),
        ("tags", "mentions", "sections of mentions"),
    ),
)


@transaction.atomic(savepoint=False)
def derive(
    speech: Speech,
    changed: Input = ALL,
    *,
    before: Revision | None = None,
    slogans: Sequence[SloganMention] | None = None,
    reuse: list[TextReuse] | None = None,
) -> None:
    """Make anew every finding on the speech that reads what has changed; the index on commit.

    slogans and reuse are what find_slogans and find_text_reuse said of this text, where asked;
    before is the revision that was current until now, where the text is the same still.
    """
    if speech.current is None:
        index_on_commit(speech.pk)
        return
    subject = Subject(speech, speech.current, before or speech.current, slogans, reuse)
    made: set[str] = set()
    for finding in FINDINGS:
        if finding.reads & changed or made & set(finding.follows):
            finding.find(subject)
            made.add(finding.name)
