"""The forms by which texts come in: files, what is pasted, an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.limits import list_single_choices

TITLE_CHARS = 300
ADDRESS_CHARS = 1000


class FilesInput(forms.ClearableFileInput):
    """A field that takes many files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files in the order they were chosen; empty ones are let through, the import says so."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files; raise ValidationError where the field needs one and has none."""
        files = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(FilesField, self).clean(file, initial) for file in files]
        if not cleaned and self.required:
            super().clean(None, initial)
        return [file for file in cleaned if file is not None]


class UploadForm(forms.Form):
    """Files, or a folder's files, to take in."""

    file = FilesField(label=_("选择文件"), allow_empty_file=True, required=False)
    folder = FilesField(label=_("选择文件夹"), allow_empty_file=True, required=False)
    publish = forms.BooleanField(label=_("没有疑点的直接发布"), required=False)

    limit = forms.ChoiceField(label=_("可见范围"), choices=list_single_choices, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a form without any file."""
        cleaned = super().clean() or {}
        if not self.errors and not self.list_files():
            self.add_error("file", _("请选择一个文件。"))
        return cleaned

    def list_files(self) -> list[UploadedFile]:
        """Return the files of both fields; meant for a form whose fields were cleaned."""
        return [*self.cleaned_data.get("file", []), *self.cleaned_data.get("folder", [])]


class PasteForm(forms.Form):
    """Text, or a page's HTML, from the clipboard."""

    text = forms.CharField(
        label=_("文稿全文"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    markup = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("标题"), required=False, max_length=TITLE_CHARS)
    source_url = forms.URLField(
        label=_("来源网址"), required=False, max_length=ADDRESS_CHARS, assume_scheme="https"
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a form into which nothing was pasted."""
        cleaned = super().clean() or {}
        if not (cleaned.get("text", "").strip() or cleaned.get("markup", "").strip()):
            self.add_error("text", _("请先粘贴文字。"))
        return cleaned


class AddressForm(forms.Form):
    """The address of a page to fetch."""

    address = forms.CharField(
        label=_("网址"),
        max_length=ADDRESS_CHARS,
        error_messages={"required": _("请填写网址。")},
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
