"""The values of a speech that a bulk change may set, by name: fields, status, themes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _

from corpus_app.catalog.fields import EDITABLE, read_fields
from corpus_app.catalog.models import Speech
from corpus_app.intake.revisions import editing
from corpus_app.pages.labels import name_genre, name_level
from corpus_app.review.forms import LABELS
from corpus_app.themes.models import Theme, ThemePin

# What many speeches have in common, the most common first; a title belongs to one alone.
FIELDS: Final = (
    "organisation",
    "speaker",
    "speaker_role",
    "place",
    "level",
    "genre",
    "occasion",
    "delivered",
    "published",
    "updated",
    "source",
    "source_url",
)
STATUS: Final = "status"
# "theme:12" holds "pin", "exclude" or "" for the theme with that id.
THEME: Final = "theme:"

Values = dict[str, str]


def read_values(speeches: Iterable[Speech]) -> dict[int, Values]:
    """Return all present values by speech id; one query besides the speeches fetched."""
    listed = list(speeches)
    pins: defaultdict[int, Values] = defaultdict(dict)
    rows = ThemePin.objects.filter(speech__in=[speech.pk for speech in listed], section_key="")
    for speech_id, theme, decision in rows.values_list("speech", "theme", "decision"):
        pins[speech_id][f"{THEME}{theme}"] = decision
    return {
        speech.pk: read_fields(speech) | {STATUS: speech.status} | pins[speech.pk]
        for speech in listed
    }


def set_values(speech: Speech, values: Values) -> None:
    """Set the values by the services that single changes use; the index follows on commit."""
    fields = {name: value for name, value in values.items() if name in EDITABLE}
    decisions = {
        int(name.removeprefix(THEME)): value
        for name, value in values.items()
        if name.startswith(THEME)
    }
    if fields or decisions:
        editing.correct(speech, fields, decisions)
    act = ACTS.get(values.get(STATUS, ""))
    if act is not None:
        act(speech)


ACTS: Final[dict[str, Any]] = {
    Speech.Status.PUBLISHED: editing.publish,
    Speech.Status.WITHDRAWN: editing.withdraw,
    Speech.Status.DRAFT: editing.hold_back,
}


class ValueWords:
    """Names and values in words; the themes are read once."""

    def __init__(self) -> None:
        self._themes = dict(Theme.objects.values_list("pk", "name"))

    def name(self, name: str) -> str:
        """Return the label of a value."""
        if name.startswith(THEME):
            theme = self._themes.get(int(name.removeprefix(THEME)), _("（已删除）"))
            return _("主题“%(name)s”") % {"name": theme}
        return str(LABELS.get(name) or Speech._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

    def tell(self, name: str, value: str) -> str:
        """Return a value in words, "" for an empty one."""
        if name == STATUS:
            return str(Speech.Status(value).label)
        if name.startswith(THEME):
            return str(ThemePin.Decision(value).label) if value else _("自动")
        return {"level": name_level, "genre": name_genre}.get(name, str)(value) or value
