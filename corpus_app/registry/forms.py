"""The forms by which themes and slogans are changed, and what they refuse."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from corpus_app.registry.scanning import strip
from corpus_app.themes.models import Theme, ThemeTerm

LONGEST_TERM: Final = 60
HEAVIEST: Final = 9.0
# A term with a weight of its own: 代表家站 2.5
_WEIGHED: Final = re.compile(r"^(.*\S)[ \t\u3000]+(\d+(?:\.\d+)?)$")
_LINES: Final = forms.Textarea(attrs={"rows": 8, "lang": "zh-Hans"})
# The boxes of terms with the weight of what stands in them.
BOXES: Final = {"names": 3.0, "supports": 2.0, "hints": 1.0}


def read_lines(text: str) -> list[str]:
    """Return the lines that say something, white space at their ends left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def refuse_short(words: list[str], longest: int) -> None:
    """Raise ValidationError for words of one character, which would stand everywhere."""
    for one in words:
        if len(strip(one)) < 2:
            raise forms.ValidationError(
                gettext("“%(word)s”只有一个字，会在正文里到处误中；至少写两个字。") % {"word": one}
            )
        if len(one) > longest:
            raise forms.ValidationError(
                gettext("“%(word)s……”超过 %(most)d 字。") % {"word": one[:10], "most": longest}
            )


def refuse_equal(words: list[str]) -> None:
    """Raise ValidationError for two words that are held equal."""
    known: dict[str, str] = {}
    for one in words:
        other = known.get(strip(one))
        if other == one:
            raise forms.ValidationError(gettext("“%(one)s”写了两遍，只留一个。") % {"one": one})
        if other is not None:
            raise forms.ValidationError(
                gettext("“%(one)s”与“%(other)s”视为相同（繁简、全半角、引号不分），只留一个。")
                % {"one": one, "other": other}
            )
        known[strip(one)] = one


class ThemeForm(forms.Form):
    """A theme's name, its place in the tree and its terms, one a line in the box of its weight."""

    base = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("名称"), max_length=60)
    slug = forms.SlugField(
        label=_("网址名"),
        max_length=80,
        help_text=_("小写字母、数字和连字符，如 daibiao-jiazhan；定了就不再改，旧链接才不会断。"),
    )
    parent = forms.ModelChoiceField(
        label=_("上级主题"), queryset=Theme.objects.none(), required=False, empty_label=_("（无）")
    )
    order = forms.IntegerField(
        label=_("次序"), min_value=0, max_value=9999, initial=0, help_text=_("小的在前。")
    )
    description = forms.CharField(
        label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    names = forms.CharField(
        label=_("点明主题的词语（权重 3）"),
        required=False,
        widget=_LINES,
        help_text=_("一行一个。出现在标题里，或者在文中反复出现，就以此为主题。"),
    )
    supports = forms.CharField(
        label=_("佐证的词语（权重 2）"), required=False, widget=_LINES, help_text=_("一行一个。")
    )
    hints = forms.CharField(
        label=_("提示的词语（权重 1）"),
        required=False,
        widget=_LINES,
        help_text=_("一行一个。权重不是整数的，在词语后面空一格写明：代表家站 2.5"),
    )
    excluded = forms.CharField(
        label=_("排除语"),
        required=False,
        widget=_LINES,
        help_text=_("一行一个。形近而不算本主题的：写了“人民民主专政”，其中的“人民民主”就不计。"),
    )
    related = forms.ModelMultipleChoiceField(
        label=_("相关主题"),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, theme: Theme | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own: int = theme.pk if theme else 0
        others = Theme.objects.exclude(pk=self._own)
        below = _list_below(theme) if theme else set()
        self.fields["parent"].queryset = others.exclude(pk__in=below)  # type: ignore[attr-defined]
        self.fields["related"].queryset = others  # type: ignore[attr-defined]
        if theme is not None:
            del self.fields["slug"]

    def clean_name(self) -> str:
        """Refuse a name that another theme has, retired ones with them."""
        name: str = self.cleaned_data["name"].strip()
        others = Theme.every.exclude(pk=self._own)
        for other in others:
            if strip(other.name) == strip(name):
                raise forms.ValidationError(
                    gettext("已有主题“%(name)s”（%(state)s）。")
                    % {
                        "name": other.name,
                        "state": gettext("已停用") if other.retired else gettext("在用"),
                    }
                )
        return name

    def clean_slug(self) -> str:
        """Refuse an address that a theme has."""
        slug: str = self.cleaned_data["slug"].lower()
        if Theme.every.filter(slug=slug).exists():
            raise forms.ValidationError(gettext("这个网址名已经用过。"))
        return slug

    def clean(self) -> dict[str, Any]:
        """Read the boxes as terms; what is too short or there twice is said at its box."""
        cleaned = super().clean() or self.cleaned_data
        terms: list[list[Any]] = []
        for box in (*BOXES, "excluded"):
            try:
                found = _read_terms(cleaned.get(box, ""), BOXES.get(box))
                refuse_short([text for text, _weight, _out in found], LONGEST_TERM)
                refuse_equal([text for text, _weight, _out in [*terms, *found]])
                terms += found
            except forms.ValidationError as fault:
                self.add_error(box, fault)
        cleaned["terms"] = terms
        return cleaned

    def read_values(self) -> dict[str, Any]:
        """Return the values as a plan takes them."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "slug": cleaned.get("slug", ""),
            "parent_id": cleaned["parent"].pk if cleaned["parent"] else None,
            "order": cleaned["order"],
            "description": cleaned["description"].replace("\r\n", "\n").strip(),
            "terms": cleaned["terms"],
            "related": sorted(theme.pk for theme in cleaned["related"]),
        }


def _list_below(theme: Theme) -> set[int]:
    parents = dict(Theme.every.values_list("pk", "parent_id"))
    below = {theme.pk}
    while found := {pk for pk, parent in parents.items() if parent in below} - below:
        below |= found
    return below


def _read_terms(text: str, weight: float | None) -> list[list[Any]]:
    """Return (text, weight, excluded) of each line; weight None is the box of excluded ones."""
    terms: list[list[Any]] = []
    for line in read_lines(text):
        match = _WEIGHED.match(line) if weight is not None else None
        words, own = match.groups() if match else (line, weight or 1.0)
        if not 0 < float(own) <= HEAVIEST:
            raise forms.ValidationError(
                gettext("“%(word)s”的权重应大于 0，不超过 %(most)d。")
                % {"word": words, "most": HEAVIEST}
            )
        terms.append([words, float(own), weight is None])
    return terms


def write_theme(theme: Theme) -> dict[str, Any]:
    """Return what the form shows of a theme that is there."""
    boxes: dict[str, list[str]] = {name: [] for name in (*BOXES, "excluded")}
    for term in theme.terms.order_by("pk"):
        box, line = _place_term(term)
        boxes[box].append(line)
    return {
        "name": theme.name,
        "parent": theme.parent_id,
        "order": theme.order,
        "description": theme.description,
        "related": list(theme.related.values_list("pk", flat=True)),
        **{name: "\n".join(lines) for name, lines in boxes.items()},
    }


def _place_term(term: ThemeTerm) -> tuple[str, str]:
    if term.excluded:
        return "excluded", term.text
    for box, weight in BOXES.items():
        if term.weight == weight:
            return box, term.text
    box = next((name for name, weight in BOXES.items() if term.weight > weight), "hints")
    return box, f"{term.text} {term.weight:g}"
