"""What is found out from a speech's current text, and found out anew when that changes."""

from __future__ import annotations

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import Draft
from corpus_app.intake.indexing import index_on_commit
from corpus_app.intake.quality.flags import refresh_doubt
from corpus_app.intake.text_reuse.duplicates import store_fingerprint
from corpus_app.intake.text_reuse.finding import Kin, record_kinships
from corpus_app.intake.text_reuse.fingerprints import take_fingerprint
from corpus_app.slogans.mentions import record_mentions
from corpus_app.themes.tagging import tag_revision


def find_out_rest(
    speech: Speech, revision: Revision, draft: Draft, kin: list[Kin] | None = None
) -> None:
    """Tag the revision, record slogans, fingerprint, kin and doubts; let the index follow.

    kin is what find_kin said of this text, where that was asked already.
    """
    tag_revision(revision)
    record_mentions(revision, draft.slogans)
    store_fingerprint(speech, take_fingerprint(revision.text))
    record_kinships(speech, kin)
    refresh_doubt(speech)
    index_on_commit(speech.pk)


def derive_again(speech: Speech) -> None:
    """Find out anew what follows from the speech's current text; the index follows on commit."""
    if speech.current is not None:
        tag_revision(speech.current)
        store_fingerprint(speech, take_fingerprint(speech.current.text))
        record_kinships(speech)
    index_on_commit(speech.pk)
