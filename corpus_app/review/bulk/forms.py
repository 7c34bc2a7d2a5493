"""The form that says what to set on many speeches: only what is ticked is touched."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.validators import MaxLengthValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.fields import list_choices, measure_limit
from corpus_app.catalog.limits import LEVEL_LABELS, LEVEL_NAMES, AccessLimit, name_groups
from corpus_app.catalog.models import Speech
from corpus_app.catalog.periods import find_period
from corpus_app.ingest.draft import DATES
from corpus_app.ingest.vocabulary import GENRES, LEVELS
from corpus_app.review.bulk.planning import AskedChange
from corpus_app.review.bulk.values import FIELDS
from corpus_app.review.forms import LABELS
from corpus_app.themes.models import Theme, ThemePin

KEEP: Final = "keep"
STATUSES: Final = [("", _("不变")), *Speech.Status.choices]
DECISIONS: Final = [(KEEP, _("不变")), *ThemePin.Decision.choices, ("", _("自动"))]


class BulkForm(forms.Form):
    """What to set, all at once: fields with a tick each, decisions on themes, a status."""

    only_blank = forms.BooleanField(required=False, label=_("只填空缺，不覆盖已有内容"))
    status = forms.ChoiceField(
        required=False, label=_("状态"), choices=STATUSES, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        levels = [(name, LEVEL_LABELS[level]) for level, name in LEVEL_NAMES.items()]
        self.fields["limit"] = forms.ChoiceField(
            required=False, label=_("可见范围"), choices=[("", _("不变")), *levels]
        )
        self.fields["group"] = forms.MultipleChoiceField(
            required=False,
            label=_("用户组（选“指定用户组”时）"),
            choices=list(name_groups().items()),
            widget=forms.CheckboxSelectMultiple,
        )
        for name in FIELDS:
            self.fields[f"set_{name}"] = forms.BooleanField(required=False)
            self.fields[name] = _make_field(name)
        self.themes = list(Theme.objects.values_list("pk", "name"))
        for theme, label in self.themes:
            self.fields[f"theme_{theme}"] = forms.ChoiceField(
                required=False, label=label, choices=DECISIONS, initial=KEEP
            )

    def list_pairs(self) -> list[tuple[Any, Any]]:
        """Return the tick and the field of each value that may be set."""
        return [(self[f"set_{name}"], self[name]) for name in FIELDS]

    def list_themes(self) -> list[Any]:
        """Return the field of each theme."""
        return [self[f"theme_{theme}"] for theme, _label in self.themes]

    def clean(self) -> dict[str, Any]:
        """Refuse dates that are none, and a form that asks for nothing."""
        cleaned = super().clean() or self.cleaned_data
        for name in FIELDS:
            value = cleaned.get(name, "")
            if name in DATES and value and find_period(value) is None:
                self.add_error(name, _("不是有效日期，请写作 2024、2024-04 或 2024-04-05。"))
            if value and not cleaned.get(f"set_{name}"):
                self.add_error(name, _("填写了内容，但没有勾选；不改这一项请清空。"))
        if not self.errors:
            self._check_asked()
        return cleaned

    def _check_asked(self) -> None:
        try:
            asked = self.read_asked()
        except ValueError as fault:
            self.add_error("limit", str(fault))
            return
        if asked.is_empty:
            raise forms.ValidationError(
                _("还没有选择要改什么：请勾选字段，或选择主题、状态、可见范围。")
            )

    def _read_limit(self) -> str:
        """Return the limit as catalog.limits writes it, "" for none; ValueError for no groups."""
        name, groups = self.cleaned_data.get("limit", ""), self.cleaned_data.get("group", [])
        if not name:
            return ""
        level = AccessLimit.from_words(name).access
        return AccessLimit.make(level, map(int, groups)).to_words()

    def read_asked(self) -> AskedChange:
        """Return what the valid form asks for."""
        cleaned = self.cleaned_data
        return AskedChange(
            status=cleaned.get("status", ""),
            fields={
                name: str(cleaned.get(name) or "").strip()
                for name in FIELDS
                if cleaned.get(f"set_{name}")
            },
            themes={
                str(theme): cleaned[f"theme_{theme}"]
                for theme, _label in self.themes
                # A form sent without the field asks nothing of the theme.
                if self.data.get(f"theme_{theme}", KEEP) != KEEP
            },
            only_blank=bool(cleaned.get("only_blank")),
            limit=self._read_limit(),
        )


def _make_field(name: str) -> forms.Field:
    label = LABELS.get(name) or Speech._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    if name in ("level", "genre"):
        codes = LEVELS if name == "level" else GENRES
        return forms.ChoiceField(required=False, label=label, choices=list_choices(codes, ""))
    validators: list[Any] = [MaxLengthValidator(measure_limit(name))]
    if name == "source_url":
        validators.append(URLValidator(schemes=["http", "https"]))
    field = forms.CharField(required=False, label=label, validators=validators)
    if name in DATES:
        field.help_text = _("如 2024、2024-04 或 2024-04-05")
    return field
