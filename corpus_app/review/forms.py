"""The form of a speech's metadata and themes."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext, gettext_lazy as _

from corpus_app.catalog.fields import EDITABLE, list_choices, measure_limit
from corpus_app.catalog.models import Speech
from corpus_app.catalog.periods import find_period
from corpus_app.ingest.draft import DATES
from corpus_app.ingest.vocabulary import GENRES, LEVELS
from corpus_app.themes.models import Theme, ThemePin

LABELS = {"speaker": _("讲话人"), "organisation": _("单位"), "source": _("来源")}


class MetadataForm(forms.Form):
    """Everything about a speech that a person may correct, parties by their name."""

    # In this order they stand on the page: what a head says first, what is concluded last.
    title = forms.CharField()
    subtitle = forms.CharField(required=False)
    delivered = forms.CharField(required=False)
    speaker = forms.CharField(required=False)
    speaker_role = forms.CharField(required=False)
    organisation = forms.CharField(required=False)
    occasion = forms.CharField(required=False)
    source = forms.CharField(required=False)
    place = forms.CharField(required=False)
    level = forms.ChoiceField(required=False)
    genre = forms.ChoiceField(required=False)
    published = forms.CharField(required=False)
    updated = forms.CharField(required=False)
    source_url = forms.URLField(required=False, assume_scheme="https")
    licence = forms.CharField(required=False)

    def __init__(self, data: Any = None, *, present: dict[str, str]) -> None:
        super().__init__(data, initial=present)
        self.present = present
        # What the editor saw when the page was opened; without it all that was sent counts.
        self.seen = read_seen(data) if data else {}
        for name in EDITABLE:
            field = self.fields[name]
            field.label = LABELS.get(name) or Speech._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            if isinstance(field, forms.ChoiceField):
                codes = LEVELS if name == "level" else GENRES
                field.choices = list_choices(codes, present[name])
            elif isinstance(field, forms.CharField):
                limit = measure_limit(name)
                field.max_length = limit
                field.widget.attrs["maxlength"] = str(limit)
                field.validators.append(MaxLengthValidator(limit))
        for name in DATES:
            self.fields[name].help_text = _("如 2024、2024-04 或 2024-04-05")

    @property
    def seen_now(self) -> str:
        """The present values as JSON, for the page to send back."""
        return json.dumps(self.present, ensure_ascii=False)

    def clean(self) -> dict[str, Any]:
        """Refuse dates that are none, and values that somebody else changed meanwhile."""
        cleaned = super().clean() or self.cleaned_data
        for name in DATES:
            value = cleaned.get(name, "")
            if value and find_period(value) is None:
                self.add_error(name, _("不是有效日期，请写作 2024、2024-04 或 2024-04-05。"))
        for name, seen in self.seen.items():
            if name in cleaned and self.present[name] not in (seen, _strip(cleaned[name])):
                self._refuse_overwriting(name, seen, _strip(cleaned[name]))
        return cleaned

    def _refuse_overwriting(self, name: str, seen: str, typed: str) -> None:
        if typed == seen:
            return
        words = gettext(
            "在您编辑期间，他人已将此项改为“%(value)s”。如以您填写的内容为准，请再次保存。"
        )
        self.add_error(name, words % {"value": self.present[name] or "—"})

    def read_values(self) -> dict[str, str]:
        """Return the valid form's values by field name; what the editor left alone stays."""
        typed = {name: _strip(self.cleaned_data[name]) for name in EDITABLE}
        return {
            name: self.present[name] if value == self.seen.get(name) else value
            for name, value in typed.items()
        }


def read_seen(data: Any) -> dict[str, str]:
    """Return the field values that the page showed when it was opened, {} where it tells none."""
    try:
        seen = json.loads(data.get("seen", ""))
    except ValueError:
        return {}
    if not isinstance(seen, dict):
        return {}
    return {name: value for name, value in seen.items() if name in EDITABLE and value is not None}


def _strip(value: Any) -> str:
    return str(value or "").strip()


def read_decisions(data: Any) -> dict[int, str]:
    """Return the posted decision by theme id; what is neither pin nor exclude counts as ""."""
    allowed = set(ThemePin.Decision.values)
    decisions = {}
    for theme in Theme.objects.values_list("pk", flat=True):
        word = data.get(f"theme-{theme}")
        if word is not None:
            decisions[theme] = word if word in allowed else ""
    return decisions
