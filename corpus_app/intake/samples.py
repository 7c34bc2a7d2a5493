"""The sample corpus: loaded once, through the real import."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from corpus_app.catalog.models.marker import read_marker, set_marker
from corpus_app.catalog.records import note_reason
from corpus_app.intake.folders import read_file
from corpus_app.intake.importing import ImportOutcome, import_bytes
from corpus_app.intake.registries import locate_fixture

MARKER = "samples"


def are_samples_loaded() -> bool:
    """Return whether the sample corpus was loaded once; what became of it since is the admin's."""
    return read_marker(MARKER) is not None


def load_samples(progress: Callable[[int, int], None]) -> list[ImportOutcome]:
    """Import the sample speeches; progress is called with the number done and of all."""
    files = sorted(locate_fixture("speeches").glob("*.txt"))
    outcomes = []
    for done, path in enumerate(files, start=1):
        with note_reason(_("载入示例文稿")):
            outcomes.append(import_bytes(read_file(path), path.name))
        progress(done, len(files))
    set_marker(MARKER, {"files": len(files)})
    return outcomes
