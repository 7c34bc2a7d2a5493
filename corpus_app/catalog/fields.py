"""From a draft's metadata to a speech's fields; what does not fit is reported."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.catalog.models import Organisation, Source, Speaker, Speech
from corpus_app.catalog.periods import find_period
from corpus_app.ingest.draft import DATES

PARTIES: Final = {"speaker": Speaker, "organisation": Organisation, "source": Source}
TEXTS: Final = (
    "title",
    "subtitle",
    "speaker_role",
    "occasion",
    "place",
    "level",
    "genre",
    "delivered",
    "published",
    "updated",
    "source_url",
    "licence",
)
# Everything that a person may correct; parties by their name.
EDITABLE: Final = (*TEXTS, *PARTIES)


@dataclass
class Fitting:
    """Field values that the model can hold, and notices on what had to be shortened."""

    values: dict[str, str]
    notices: list[dict[str, Any]] = field(default_factory=list)


def flatten_metadata(metadata: dict[str, Any]) -> dict[str, str]:
    """Return the parse's metadata object (contract keys) as speech field values."""
    dates = metadata.get("dates") or {}
    source = metadata.get("source") or {}
    flat = {name: metadata.get(name) for name in EDITABLE}
    flat |= {name: (dates.get(name) or {}).get("value") for name in DATES}
    flat |= {"source": source.get("name"), "source_url": source.get("url")}
    return {name: str(value or "").strip() for name, value in flat.items()}


def fit_fields(values: dict[str, str]) -> Fitting:
    """Shorten what is too long for its field and drop what is no web address or date."""
    fitting = Fitting({})
    for name, value in values.items():
        fitting.values[name] = _fit_value(name, value, fitting.notices)
    return fitting


def list_choices(codes: dict[str, str], present: str) -> list[tuple[str, Any]]:
    """Return the choices for a vocabulary; a value from elsewhere stays choosable."""
    choices: list[tuple[str, Any]] = [("", gettext_lazy("（未知）"))]
    choices += [(code, gettext_lazy(label)) for code, label in codes.items()]
    if present and present not in codes:
        choices.append((present, present))
    return choices


def apply_fields(speech: Speech, values: dict[str, str]) -> None:
    """Set the given fields on the unsaved speech; party names become rows."""
    for name, value in values.items():
        if name in PARTIES:
            setattr(speech, name, _find_party(name, value))
        else:
            setattr(speech, name, value)
    period = find_period(speech.date) if speech.date else None
    speech.date_start, speech.date_end = period or (None, None)


def read_fields(speech: Speech) -> dict[str, str]:
    """Return the speech's editable fields as text, parties by name."""
    texts = {name: getattr(speech, name) for name in TEXTS}
    return texts | {
        name: getattr(speech, name).name if getattr(speech, f"{name}_id") else ""
        for name in PARTIES
    }


def _find_party(name: str, value: str) -> Speaker | Organisation | Source | None:
    if not value:
        return None
    model: Any = PARTIES[name]
    party: Speaker | Organisation | Source = model.objects.get_or_create(name=value)[0]
    return party


def _fit_value(name: str, value: str, notices: list[dict[str, Any]]) -> str:
    if name in DATES and value and find_period(value) is None:
        notices.append(_report(name, value, _("不是有效日期，未采用")))
        return ""
    if name == "source_url" and value and not _is_web_address(value):
        notices.append(_report(name, value, _("不是有效网址，未采用")))
        return ""
    limit = measure_limit(name)
    if len(value) <= limit:
        return value
    if name == "source_url":
        notices.append(_report(name, value, _("网址过长，未采用")))
        return ""
    notices.append(_report(name, value, _("超过 %(limit)d 字，已截短") % {"limit": limit}))
    return value[: limit - 1] + "…"


def measure_limit(name: str) -> int:
    """Return how many characters the named field holds."""
    if name in PARTIES:
        return 200
    return int(_find_field(name).max_length or 0)


def _find_field(name: str) -> models.Field[Any, Any]:
    field = Speech._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no field of a speech")
    return field


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and " " not in value


def _report(name: str, value: str, what: str) -> dict[str, Any]:
    label = str(_find_field(name).verbose_name)
    message = _("%(label)s%(what)s；解析所得全文：%(value)s") % {
        "label": label,
        "what": what,
        "value": value,
    }
    return {"code": "field_unfit", "message": message, "start": None, "end": None}
