"""The forms by which a site's profile is changed and taken in."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from corpus_app.ingest.profiled import FIELDS
from corpus_app.ingest.site import LINE_CHARS
from corpus_app.intake.models import SiteProfile
from corpus_app.intake.profiles.exchanging import (
    FARTHEST,
    MOST_ENTRIES,
    ProfileFormatError,
    read_profile_row,
)
from corpus_app.intake.rereading.describing import name_field
from corpus_app.text.chars import squeeze

RELATIONS: Final = {
    "label": _("在标签后面"),
    "below": _("在这一行下面"),
    "above": _("在这一行上面"),
}
MOST_BYTES: Final = 1_000_000


class ValueForm(forms.Form):
    """Where one value stands; a row without words is none."""

    name = forms.ChoiceField(label=_("项目"))
    relation = forms.ChoiceField(label=_("位置"), choices=list(RELATIONS.items()))
    words = forms.CharField(label=_("标签或行"), max_length=LINE_CHARS, required=False)
    distance = forms.IntegerField(label=_("隔几行"), min_value=1, max_value=FARTHEST, initial=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(name, name_field(name)) for name in FIELDS]  # type: ignore[attr-defined]


ValueFormSet: Final = forms.formset_factory(
    ValueForm, extra=2, max_num=MOST_ENTRIES, validate_max=True
)


class LinesForm(forms.Form):
    """The whole lines that are none of the site's speeches, one a line."""

    lines = forms.CharField(
        label=_("剔除的整行"),
        required=False,
        max_length=MOST_ENTRIES * LINE_CHARS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("一行写一条，空格不计；页面上整行相同才剔除。"),
    )


class ProfileFileForm(forms.Form):
    """A file of profiles that another installation wrote."""

    file = forms.FileField(label=_("版式文件（JSON）"))

    def clean_file(self) -> bytes:
        """Return the file's bytes; refuse one that is too large to be profiles."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(gettext("文件过大，不是版式文件。"))
        data: bytes = file.read()
        return data


def open_forms(profile: SiteProfile, data: Any = None) -> tuple[Any, LinesForm]:
    """Return the forms of a profile's values and lines, bound where data is given."""
    rows = [dict(value) for value in profile.values]
    values = ValueFormSet(data, initial=rows, prefix="value")
    return values, LinesForm(data, initial={"lines": "\n".join(profile.lines)})


def read_forms(profile: SiteProfile, values: Any, lines: LinesForm) -> str:
    """Set on the unsaved profile what the valid forms say; return what is wrong, "" for nothing."""
    filled = [form.cleaned_data for form in values if squeeze(form.cleaned_data.get("words", ""))]
    kept = [line for line in lines.cleaned_data["lines"].splitlines() if squeeze(line)]
    try:
        row = {"site": profile.site, "values": filled, "lines": kept}
        _site, profile.values, profile.lines = read_profile_row(row)
    except ProfileFormatError as fault:
        return str(fault)
    return ""
