"""The pages' filters, read from the address; wrong values are reported and ignored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from corpus_app.catalog.kept import keep_answers
from corpus_app.catalog.models import Speech
from corpus_app.ingest.vocabulary import label_genre, label_level
from corpus_app.pages.queries import Option
from corpus_app.themes.models import Theme

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

MAX_CHARACTERS: Final = 10_000_000
MAX_POINTS: Final = 999
Choices = list[tuple[str, str]]


class SpeechFilter(forms.Form):
    """Speeches by theme, occasion, genre, level and year."""

    # Links in a row instead of a field: name → its values, the first one is the default.
    switches: dict[str, tuple[str, ...]] = {}

    theme = forms.ChoiceField(label=_("主题"), required=False)
    occasion = forms.CharField(
        label=_("场合"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": _("如：培训班")}),
    )
    genre = forms.ChoiceField(label=_("体裁"), required=False)
    level = forms.ChoiceField(label=_("级别"), required=False)
    year = forms.ChoiceField(label=_("年份"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, label_suffix="")
        themes = list_themes()
        self._themes = dict(themes)
        offered = {
            "theme": themes,
            "genre": list_codes("genre"),
            "level": list_codes("level"),
            "year": list_years(),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", gettext("不限")), *choices]
            field.error_messages["invalid_choice"] = gettext("没有“%(value)s”这一项，未按此筛选。")

    def read(self) -> dict[str, Any]:
        """Return the values that can be used, by name; what is empty or wrong is left out."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return chosen | {name: self.read_switch(name) for name in self.switches}

    def read_switch(self, name: str) -> str:
        """Return the switch's value; an unknown one counts as the default."""
        value = str(self.data.get(name, ""))
        return value if value in self.switches[name] else self.switches[name][0]

    def to_querystring(self, **changes: str) -> str:
        """Return the address's parameters with changes, without the page number."""
        names = [*self.fields, *self.switches]
        given = {name: str(self.data.get(name, "")).strip() for name in names}
        return urlencode({name: value for name, value in (given | changes).items() if value})

    def name_theme(self) -> str:
        """Return the name of the chosen theme, or ""."""
        return self._themes.get(self.cleaned_data.get("theme", ""), "").strip()

    def list_switch(self, name: str, labels: Mapping[str, str]) -> list[Option]:
        """Return a link for each value that has a label."""
        chosen = self.read_switch(name)
        return [
            Option(label, value == chosen, "?" + self.to_querystring(**{name: value}))
            for value, label in labels.items()
        ]

    def hidden(self) -> list[tuple[str, str]]:
        """Return the switches' values that the form has to carry along."""
        return [(name, self.data[name]) for name in self.switches if self.data.get(name)]


def make_bound(label: StrPromise, maximum: int) -> forms.IntegerField:
    """Return a field for a number from 1 to maximum."""
    # A number input would drop what was typed wrongly instead of showing it with the error.
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=maximum,
        widget=widget,
        error_messages={"invalid": _("请填整数。")},
    )


class BenchFilter(SpeechFilter):
    """Speeches by length in characters and by number of top-level points, too."""

    switches = {
        "depth": ("3", "2", "1"),
        "sort": ("", "date", "long", "short", "points"),
    }

    min_chars = make_bound(_("字数不少于"), MAX_CHARACTERS)
    max_chars = make_bound(_("字数不超过"), MAX_CHARACTERS)
    min_points = make_bound(_("一级要点不少于"), MAX_POINTS)
    max_points = make_bound(_("一级要点不超过"), MAX_POINTS)

    def clean(self) -> dict[str, Any]:
        """Refuse bounds that no speech can meet."""
        cleaned = super().clean() or self.cleaned_data
        for unit in ("chars", "points"):
            low, high = cleaned.get(f"min_{unit}"), cleaned.get(f"max_{unit}")
            if low and high and low > high:
                self.add_error(f"max_{unit}", gettext("上限不能小于下限。"))
        return cleaned


class OpeningFilter(SpeechFilter):
    """Openings or closings."""

    switches = {"part": ("opening", "closing")}


class ParallelFilter(SpeechFilter):
    """Parallel phrases, or full sentences, by the characters they hold and their members."""

    switches = {"form": ("", "sentence"), "members": ("", "2", "3", "4", "5")}

    words = forms.CharField(label=_("含有的字"), required=False, max_length=60)


@keep_answers
def list_themes() -> Choices:
    """Return the themes as slug and name, each below its parent and set in."""
    below: dict[int | None, list[Theme]] = {}
    for theme in Theme.objects.all():
        below.setdefault(theme.parent_id, []).append(theme)
    return list(_walk_themes(below, None, 0))


def _walk_themes(below: dict[int | None, list[Theme]], parent: int | None, depth: int) -> Choices:
    found: Choices = []
    for theme in below.get(parent, []):
        found.append((theme.slug, "　" * depth + theme.name))
        found += _walk_themes(below, theme.pk, depth + 1)
    return found


@keep_answers
def list_codes(name: str) -> Choices:
    """Return the genres or levels of published speeches as code and word."""
    codes = Speech.objects.real().exclude(**{name: ""}).order_by(name)
    label = label_genre if name == "genre" else label_level
    found = codes.values_list(name, flat=True).distinct()
    return [(code, gettext(label(code)) if label(code) else code) for code in found]


@keep_answers
def list_years() -> Choices:
    """Return the years of published speeches, the newest first."""
    return [(str(year), str(year)) for year in Speech.objects.real().list_years()]
