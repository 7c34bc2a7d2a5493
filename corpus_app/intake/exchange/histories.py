"""Who changed which value of a speech, and decided which theme, when: carried with the speech."""

from __future__ import annotations

from typing import Any

from corpus_app.catalog.models import Revision, Speech
from corpus_app.intake.exchange.rows import Values, dump_row, load_row
from corpus_app.intake.exchange.tables import Moved
from corpus_app.themes.models import Theme, ThemePin


def dump_histories(speech: Speech) -> Values:
    """Return the states of a speech's values and of its decisions on themes, oldest first."""
    numbers = dict(speech.revisions.values_list("pk", "number"))
    states: Any = speech.history.select_related("speaker", "organisation", "source", "history_user")
    pins: Any = ThemePin.history.filter(speech_id=speech.pk).select_related("theme", "history_user")
    return {
        "values": [
            {**dump_row(one), "current": numbers.get(one.current_id)}
            for one in states.order_by("history_date", "pk")
        ],
        "pins": [
            {**dump_row(one), "theme": one.theme.slug if one.theme else None}
            for one in pins.order_by("history_date", "pk")
        ],
    }


def load_histories(
    values: Values, speech: Speech, revisions: dict[int, Revision], moved: Moved
) -> None:
    """Put the states of an export in the place of those that taking the speech back made."""
    speech.history.all().delete()
    for one in values["values"]:
        current = revisions.get(one["current"] or 0)
        more: dict[str, Any] = {
            "current": current,
            "open_to": moved.find_groups(one.get("open_to", "")),
        }
        load_row(Speech.history.model, one, id=speech.pk, **more)
    ThemePin.history.filter(speech_id=speech.pk).delete()
    themes = {theme.slug: theme for theme in Theme.every.all()}
    for one in values["pins"]:
        theme = themes.get(one["theme"] or "")
        load_row(ThemePin.history.model, one, speech=speech, theme=theme)
