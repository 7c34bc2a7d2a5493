"""The form by which files come in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

ACCEPTED = ".txt,.html,.htm,.docx,.md"


class UploadForm(forms.Form):
    """One file to take in."""

    file = forms.FileField(
        label=_("文稿文件"),
        allow_empty_file=True,
        help_text=_("支持 .txt、.html、.docx、.md，单个文件不超过 20 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("请选择一个文件。")},
    )
