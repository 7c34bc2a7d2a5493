"""The form by which a slogan is changed: its wordings, and the official source of the standard."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from corpus_app.ingest.superseded import load_supersessions
from corpus_app.registry.forms import read_lines, refuse_equal, refuse_short
from corpus_app.registry.scanning import strip
from corpus_app.slogans.models import Slogan, SloganVariant

LONGEST: Final = 200
_DAY: Final = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
# What a standard wording must be able to show.
_PROOF: Final = {
    "source_document": _("规范表述须写明出处文件的正式名称。"),
    "source_date": _("规范表述须写明出处的日期。"),
    "source_quote": _("规范表述须引出处的原句。"),
    "sourced": _("规范表述须对照出处核对，核对后勾选。"),
}
_DAY_HELP: Final = _("写到哪一级都行：2022、2022-10、2022-10-16")


class SloganForm(forms.Form):
    """A slogan's wording, its variants, its standard wording with the source, what followed it."""

    base = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("提法"), max_length=LONGEST)
    kind = forms.ChoiceField(label=_("类别"), choices=Slogan.Kind.choices)
    variants = forms.CharField(
        label=_("异写"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "zh-Hans"}),
        help_text=_("一行一个；在文中出现，也算这一提法。"),
    )
    members = forms.CharField(
        label=_("所指内容"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "zh-Hans"}),
        help_text=_("数字提法所数的各项，一行一项。"),
    )
    standard = forms.CharField(
        label=_("规范表述"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "zh-Hans"}),
        help_text=_("须有官方出处，并见于下面的原句。没有可靠出处就空着。"),
    )
    source_document = forms.CharField(
        label=_("出处文件（正式名称）"), max_length=300, required=False
    )
    source_place = forms.CharField(
        label=_("条款、段落"),
        max_length=60,
        required=False,
        help_text=_("如：第四条第二款、第二部分第3段"),
    )
    source_date = forms.CharField(
        label=_("出处日期"), max_length=10, required=False, help_text=_DAY_HELP
    )
    source_url = forms.URLField(
        label=_("出处网址"), max_length=500, required=False, assume_scheme="https"
    )
    source_quote = forms.CharField(
        label=_("出处原句"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "zh-Hans"}),
    )
    sourced = forms.BooleanField(label=_("已对照出处原文核对"), required=False)
    successor = forms.CharField(
        label=_("已为哪一提法取代"),
        max_length=LONGEST,
        required=False,
        help_text=_("填一条登记提法的原文；两条都须有核对过的出处。仍在用就空着。"),
    )
    superseded_since = forms.CharField(
        label=_("至迟何时起取代"), max_length=10, required=False, help_text=_DAY_HELP
    )
    note = forms.CharField(label=_("备注"), max_length=300, required=False)

    def __init__(self, *args: Any, slogan: Slogan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slogan = slogan
        self._own = slogan.pk if slogan else 0

    def clean_text(self) -> str:
        """Refuse a wording of one character, or one that is registered already."""
        text: str = self.cleaned_data["text"].strip()
        refuse_short([text], LONGEST)
        self._refuse_taken([text])
        met = Slogan.objects.filter(text=text).exclude(pk=self._own).first()
        if met is not None and self.slogan is not None:
            message = gettext(
                "文中已识别出“%(text)s”（第 %(id)d 号）。请把本条并入那一条，或把它列为异写。"
            )
            raise forms.ValidationError(message % {"text": text, "id": met.pk})
        return text

    def clean_variants(self) -> list[str]:
        """Refuse new variants of one character, twice the same, or registered elsewhere."""
        variants = read_lines(self.cleaned_data["variants"])
        refuse_short(variants, LONGEST)
        # What came with the product may have 互联网＋ beside 互联网+; it stays as it is.
        rows = SloganVariant.objects.filter(slogan=self._own)
        stored = set(rows.values_list("text", flat=True)) & set(variants)
        known = [*filter(None, [self.cleaned_data.get("text", "")]), *stored]
        fresh = [one for one in variants if one not in stored]
        refuse_equal([*{strip(one): one for one in known}.values(), *fresh])
        self._refuse_taken(variants)
        return variants

    def _refuse_taken(self, words: list[str]) -> None:
        wanted = {strip(one): one for one in words}
        own = Slogan.objects.filter(registered=True).exclude(pk=self._own)
        variants = SloganVariant.objects.exclude(slogan=self._own).filter(slogan__retired=False)
        rows = [*own.values_list("text", "text"), *variants.values_list("text", "slogan__text")]
        for text, owner in rows:
            if strip(text) in wanted:
                message = gettext("“%(text)s”已登记在“%(owner)s”之下；要合在一起，请用“并入”。")
                raise forms.ValidationError(message % {"text": wanted[strip(text)], "owner": owner})

    def clean_source_date(self) -> str:
        """Refuse what is no day."""
        return self._read_day("source_date")

    def clean_superseded_since(self) -> str:
        """Refuse what is no day."""
        return self._read_day("superseded_since")

    def _read_day(self, name: str) -> str:
        day: str = self.cleaned_data[name].strip()
        if day and not _DAY.match(day):
            raise forms.ValidationError(gettext("日期写作 2022、2022-10 或 2022-10-16。"))
        return day

    def clean_successor(self) -> Slogan | None:
        """Return the registered slogan that is worded so; refuse another, or a circle."""
        text = self.cleaned_data["successor"].strip()
        if not text:
            return None
        found = Slogan.objects.filter(registered=True, text=text).first()
        if found is None:
            raise forms.ValidationError(gettext("没有登记这一提法，请先登记。"))
        at: Slogan | None = found
        while at is not None:
            if at.pk == self._own:
                raise forms.ValidationError(gettext("两条提法不能互相取代。"))
            at = at.superseded_by
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse a standard wording without its source, and a succession without both sources."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("standard"):
            self._check_proof(cleaned)
        if cleaned.get("successor") is not None:
            self._check_succession(cleaned)
        return cleaned

    def _check_proof(self, cleaned: dict[str, Any]) -> None:
        for name, message in _PROOF.items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, str(message))
        if not cleaned.get("source_place") and not cleaned.get("source_url"):
            self.add_error("source_place", gettext("规范表述须写明条款、段落，或者网址。"))
        quote, standard = (
            _read_signs(cleaned.get(name, "")) for name in ("source_quote", "standard")
        )
        if quote and standard not in quote:
            self.add_error(
                "standard", gettext("出处原句里没有这一表述（标点不计），请对照原文改正。")
            )

    def _check_succession(self, cleaned: dict[str, Any]) -> None:
        new = cleaned["successor"]
        if cleaned.get("text") in load_supersessions():
            self.add_error("successor", gettext("系统已载有这一旧提法的改动，不必另填。"))
        if not cleaned.get("superseded_since") and "superseded_since" not in self.errors:
            self.add_error("superseded_since", gettext("请写明至迟何时起取代。"))
        sourced = cleaned.get("source_document") and cleaned.get("source_quote")
        if not (new.has_source and new.source_quote and sourced and cleaned.get("sourced")):
            self.add_error("successor", gettext("新旧两条都须有核对过的出处文件和原句。"))

    def read_values(self) -> dict[str, Any]:
        """Return the values as a plan takes them."""
        cleaned = self.cleaned_data
        plain = ("text", "kind", "variants", "source_document", "source_place", "source_date")
        more = ("source_url", "sourced", "note", "superseded_since")
        return {name: cleaned[name] for name in (*plain, *more)} | {
            "members": read_lines(cleaned["members"]),
            "standard": " ".join(cleaned["standard"].split()),
            "source_quote": " ".join(cleaned["source_quote"].split()),
            "superseded_by_id": cleaned["successor"].pk if cleaned["successor"] else None,
        }


def _read_signs(text: str) -> str:
    """Return the words without punctuation: 、 and ， part the same items."""
    return re.sub(r"\W", "", strip(text))


def write_slogan(slogan: Slogan) -> dict[str, Any]:
    """Return what the form shows of a slogan that is there."""
    plain = ("text", "kind", "standard", "source_document", "source_place", "source_date")
    more = ("source_url", "source_quote", "sourced", "note", "superseded_since")
    return {name: getattr(slogan, name) for name in (*plain, *more)} | {
        "variants": "\n".join(slogan.variants.order_by("pk").values_list("text", flat=True)),
        "members": "\n".join(map(str, slogan.members)),
        "successor": slogan.superseded_by.text if slogan.superseded_by else "",
    }
