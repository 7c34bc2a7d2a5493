"""What a draft to be checked is handed in by: pasted or as a file, with its day and place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corpus_app.proofreading.drafts import MOST_CHARS
from corpus_app.proofreading.residue import read_day


class DraftForm(forms.Form):
    """A draft, pasted or as a file of any format that the reader takes."""

    text = forms.CharField(
        label=_("粘贴稿件"),
        required=False,
        strip=False,
        max_length=MOST_CHARS,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"max_length": _("稿件超过一百万字，请分开校。")},
    )
    file = forms.FileField(label=_("或者选择文件"), required=False, allow_empty_file=True)
    day = forms.CharField(label=_("讲话日期"), required=False, max_length=10)
    place = forms.CharField(label=_("所属地方"), required=False, max_length=40)

    def clean_day(self) -> str:
        """Refuse what is no date."""
        words: str = self.cleaned_data["day"].strip()
        if words and read_day(words) is None:
            raise forms.ValidationError(_("日期写作 2026-05-12、2026-05 或 2026。"))
        return words

    def clean(self) -> dict[str, Any]:
        """Refuse a form without a word."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            self.add_error("text", _("请先粘贴稿件，或者选择一个文件。"))
        return cleaned
