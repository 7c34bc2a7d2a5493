"""The form of a speech's metadata and themes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.fields import EDITABLE, measure_limit
from corpus_app.catalog.models import Speech
from corpus_app.catalog.periods import find_period
from corpus_app.ingest.vocabulary import GENRES, LEVELS
from corpus_app.intake.choices import list_choices
from corpus_app.themes.models import Theme, ThemePin

DATES = ("delivered", "published", "updated")
LABELS = {"speaker": _("讲话人"), "organisation": _("单位"), "source": _("来源")}


class MetadataForm(forms.Form):
    """Everything about a speech that a person may correct, parties by their name."""

    title = forms.CharField()
    subtitle = forms.CharField(required=False)
    speaker = forms.CharField(required=False)
    speaker_role = forms.CharField(required=False)
    organisation = forms.CharField(required=False)
    occasion = forms.CharField(required=False)
    place = forms.CharField(required=False)
    level = forms.ChoiceField(required=False)
    genre = forms.ChoiceField(required=False)
    delivered = forms.CharField(required=False)
    published = forms.CharField(required=False)
    updated = forms.CharField(required=False)
    source = forms.CharField(required=False)
    source_url = forms.URLField(required=False, assume_scheme="https")

    def __init__(self, data: Any = None, *, present: dict[str, str]) -> None:
        super().__init__(data, initial=present)
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

    def clean(self) -> dict[str, Any]:
        """Refuse dates that are none."""
        cleaned = super().clean() or self.cleaned_data
        for name in DATES:
            value = cleaned.get(name, "")
            if value and find_period(value) is None:
                self.add_error(name, _("不是有效日期，请写作 2024、2024-04 或 2024-04-05。"))
        return cleaned

    def read_values(self) -> dict[str, str]:
        """Return the valid form's values by field name."""
        return {name: str(self.cleaned_data[name] or "").strip() for name in EDITABLE}


def read_decisions(data: Any) -> dict[int, str]:
    """Return the posted decision by theme id; what is neither pin nor exclude counts as ""."""
    allowed = set(ThemePin.Decision.values)
    decisions = {}
    for theme in Theme.objects.values_list("pk", flat=True):
        word = data.get(f"theme-{theme}")
        if word is not None:
            decisions[theme] = word if word in allowed else ""
    return decisions
