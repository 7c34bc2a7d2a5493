"""What a draft to be checked is handed in by: pasted or as a file, with its day and place."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from corpus_app.proofreading.decisions import Decision, DecisionError, read_decisions
from corpus_app.proofreading.draft_days import read_day
from corpus_app.proofreading.drafts import MOST_CHARS

# A form sends each end of a line as two characters; a draft has none of them, nor what no
# database keeps.
_LINE_END: Final = re.compile("\r\n|\r")


def read_words(sent: str) -> str:
    """Return words of a draft as they stood on the page that sent them."""
    return _LINE_END.sub("\n", sent).replace("\0", "\ufffd")


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


class CheckedForm(forms.Form):
    """What the page of a checked draft holds of it, to be kept or put into its Word file.

    text and decisions are those that were sent, once the form is valid.
    """

    draft = forms.CharField(strip=False, max_length=MOST_CHARS)
    decisions = forms.CharField(required=False, strip=False)
    name = forms.CharField(required=False, max_length=300)
    day = forms.CharField(required=False, max_length=10)
    place = forms.CharField(required=False, max_length=40)
    file = forms.CharField(required=False)
    number = forms.IntegerField(required=False)
    shown = forms.CharField(required=False, max_length=40)
    text = ""
    decisions_made: list[Decision]

    def clean_file(self) -> bytes:
        """Return the Word file that the page holds, b"" without one."""
        try:
            return base64.b64decode(self.cleaned_data["file"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise forms.ValidationError(_("页面里的 Word 文件不完整，请重新校稿。")) from error

    def clean(self) -> dict[str, Any]:
        """Read the decisions, whose places are those of the draft."""
        cleaned = super().clean() or {}
        self.text = read_words(cleaned.get("draft", ""))
        try:
            self.decisions_made = read_decisions(cleaned.get("decisions", ""), self.text)
        except DecisionError as error:
            self.add_error("decisions", str(error))
        return cleaned
