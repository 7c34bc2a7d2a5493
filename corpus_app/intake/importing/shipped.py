"""What comes with the product: registries, and sample speeches loaded once by the real import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Speech
from corpus_app.catalog.models.marker import read_marker, set_marker
from corpus_app.catalog.records import note_reason
from corpus_app.catalog.registry import read_registry, read_told
from corpus_app.catalog.samples import list_sample_files, list_samples
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.importing.folders import read_file
from corpus_app.intake.importing.storing import ImportOutcome
from corpus_app.intake.indexing import index_together
from corpus_app.intake.quality.flags import mark_looked
from corpus_app.intake.quality.holding import HELD
from corpus_app.intake.revisions import editing
from corpus_app.slogans.mentions import record_all
from corpus_app.slogans.registry import load_slogans
from corpus_app.themes.registry import load_themes
from corpus_app.themes.tagging import RULE, retag_all

MARKER = "samples"
# By which rule of themes all texts were tagged last.
TAGGED = "tagged"


def locate_fixture(name: str) -> Path:
    """Return the path of a file or folder that the product ships in fixtures/."""
    return Path(settings.BASE_DIR) / "fixtures" / name


def load_registries(tell: Callable[[str], None] | None = None) -> list[int]:
    """Load themes and slogans; return ids of speeches whose tags or mentions changed by it.

    tell is called with what the files have new, and what of them an editor's word stands against.
    """
    changed: set[int] = set()
    new_terms = load_themes(read_registry(locate_fixture("themes.json")))
    if new_terms or read_marker(TAGGED) != {"rule": RULE}:
        changed.update(retag_all())
        set_marker(TAGGED, {"rule": RULE})
    new_slogans = load_slogans(read_registry(locate_fixture("slogans.json")))
    if new_slogans:
        changed.update(record_all())
    for name, is_new in (("themes", new_terms), ("slogans", new_slogans)):
        if is_new and tell is not None:
            for line in read_told(name):
                tell(line)
    return sorted(changed)


def are_samples_loaded() -> bool:
    """Return whether the sample corpus was loaded once; what became of it since is the admin's."""
    return read_marker(MARKER) is not None


def load_samples(progress: Callable[[int, int], None]) -> list[ImportOutcome]:
    """Import the sample speeches; progress is called with the number done and of all."""
    files = list_sample_files()
    outcomes = []
    for done, path in enumerate(files, start=1):
        with note_reason(_("载入示例文稿")):
            outcomes.append(_load_sample(path))
        progress(done, len(files))
    set_marker(MARKER, {"files": len(files)})
    return outcomes


def remove_samples() -> int:
    """Delete all shipped samples; return how many. They do not come back at the next start."""
    with index_together(), transaction.atomic(), note_reason(_("移除示例文稿")):
        samples = list(list_samples().order_by("pk"))
        for speech in samples:
            editing.delete(speech)
        set_marker(MARKER, {"removed": len(samples)})
    return len(samples)


def _load_sample(path: Path) -> ImportOutcome:
    """Import a sample and publish it: whoever ships it has looked at what else would hold it."""
    outcome = import_bytes(read_file(path), path.name)
    if outcome.code == HELD:
        speech = Speech.objects.get(pk=outcome.speech or 0)
        mark_looked(speech, None)
        editing.publish(speech)
    return outcome
