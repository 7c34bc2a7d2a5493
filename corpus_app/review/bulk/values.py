"""The values of a speech that a bulk change may set, by name: fields, status, themes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _

from corpus_app.catalog.fields import EDITABLE, read_fields
from corpus_app.catalog.limits import AccessLimit, name_groups
from corpus_app.catalog.models import Revision, Speech
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
    "licence",
)
STATUS: Final = "status"
# Who may see it, as catalog.limits writes it: "members", "groups:3,15".
LIMIT: Final = "limit"
# "theme:12" holds "pin", "exclude" or "" for the theme with that id on the whole speech,
# "theme:12@2.1" on section 2.1 of the revision that REVISION names.
THEME: Final = "theme:"
AT: Final = "@"
REVISION: Final = "revision"

Values = dict[str, str]


def read_values(speeches: Iterable[Speech]) -> dict[int, Values]:
    """Return all present values by speech id; two queries besides the speeches fetched."""
    listed = list(speeches)
    ids = [speech.pk for speech in listed]
    pins: defaultdict[int, Values] = defaultdict(dict)
    rows = ThemePin.objects.filter(speech__in=ids)
    for speech_id, theme, key, decision in rows.values_list(
        "speech", "theme", "section_key", "decision"
    ):
        pins[speech_id][name_theme(theme, key)] = decision
    current = Revision.objects.filter(pk__in=[speech.current_id for speech in listed])
    numbers = dict(current.values_list("speech", "number"))
    return {
        speech.pk: read_fields(speech)
        | {STATUS: speech.status, REVISION: str(numbers.get(speech.pk, ""))}
        | {LIMIT: speech.limit.to_words()}
        | pins[speech.pk]
        for speech in listed
    }


def name_theme(theme: int, key: str = "") -> str:
    """Return the name of the value that holds what was decided on a theme, of a section or all."""
    return f"{THEME}{theme}{AT}{key}" if key else f"{THEME}{theme}"


def _read_name(name: str) -> tuple[int, str]:
    theme, _at, key = name.removeprefix(THEME).partition(AT)
    return int(theme), key


def set_values(speech: Speech, values: Values) -> None:
    """Set the values by the services that single changes use; the index follows on commit."""
    fields = {name: value for name, value in values.items() if name in EDITABLE}
    decisions = {
        _read_name(name): value for name, value in values.items() if name.startswith(THEME)
    }
    whole = {theme: value for (theme, key), value in decisions.items() if not key}
    if fields or whole:
        editing.correct(speech, fields, whole)
    on_sections = {place: value for place, value in decisions.items() if place[1]}
    if on_sections:
        editing.decide_sections(speech, on_sections)
    # What is published is limited first.
    if LIMIT in values:
        editing.limit_access(speech, AccessLimit.from_words(values[LIMIT]))
    act = ACTS.get(values.get(STATUS, ""))
    if act is not None:
        act(speech)


ACTS: Final[dict[str, Any]] = {
    Speech.Status.PUBLISHED: editing.publish,
    Speech.Status.WITHDRAWN: editing.withdraw,
    Speech.Status.DRAFT: editing.hold_back,
}


class ValueWords:
    """Names and values in words; themes and groups are read once."""

    def __init__(self) -> None:
        self._themes = dict(Theme.objects.values_list("pk", "name"))

    @cached_property
    def _groups(self) -> dict[int, str]:
        return name_groups(every=True)

    def name(self, name: str) -> str:
        """Return the label of a value."""
        if name.startswith(THEME):
            theme_id, key = _read_name(name)
            words = {"name": self._themes.get(theme_id, _("（已删除）")), "key": key}
            whole = _("主题“%(name)s”") % words
            return _("主题“%(name)s”（第 %(key)s 节）") % words if key else whole
        if name in (REVISION, LIMIT):
            return _("正文版本") if name == REVISION else _("可见范围")
        return str(LABELS.get(name) or Speech._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

    def tell(self, name: str, value: str) -> str:
        """Return a value in words, "" for an empty one."""
        if name == STATUS:
            return str(Speech.Status(value).label)
        if name == LIMIT:
            return AccessLimit.from_words(value).tell(self._groups)
        if name.startswith(THEME):
            return str(ThemePin.Decision(value).label) if value else _("自动")
        return {"level": name_level, "genre": name_genre}.get(name, str)(value) or value
