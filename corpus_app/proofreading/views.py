"""校稿: a signed-in user's draft against the corpus. Nothing of it is stored or logged."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from docx import Document
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph

from corpus_app.access.limits import limit_drafts
from corpus_app.ingest.draft import RejectedFile
from corpus_app.proofreading.checking import check_draft
from corpus_app.proofreading.commenting import comment_docx
from corpus_app.proofreading.drafts import PASTED, OwnDraft, read_draft
from corpus_app.proofreading.findings import CheckedDraft
from corpus_app.proofreading.forms import DraftForm
from corpus_app.proofreading.presenting import (
    count_kinds,
    cut_text,
    show_findings,
    show_sources,
)
from corpus_app.proofreading.word_file import NotWordError

if TYPE_CHECKING:
    from docx.oxml.text.paragraph import CT_P

# What a Word file can't hold; all else of a clerk's words stays, wide blanks and rare signs too.
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END: Final = re.compile("\r\n|\r|\n")
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@limit_drafts
def show_check(request: HttpRequest) -> HttpResponse:
    """Show the form; on POST what was found in the draft, or the file with comments."""
    if request.method != "POST":
        return render(request, "proofreading/check.html", {"form": DraftForm()})
    form = DraftForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refuse(request, form)
    data, name = _read_sent(form)
    try:
        draft = read_draft(
            data, name, day=form.cleaned_data["day"], place=form.cleaned_data["place"].strip()
        )
    except RejectedFile as refusal:
        form.add_error("file" if form.cleaned_data["file"] else "text", refusal.message)
        return _refuse(request, form)
    checked = check_draft(draft)
    if "comments" in request.POST:
        return _send_commented(request, form, data, name, checked)
    return _show(request, form, draft, checked)


def _refuse(request: HttpRequest, form: DraftForm) -> HttpResponse:
    return render(request, "proofreading/check.html", {"form": form}, status=422)


def _read_sent(form: DraftForm) -> tuple[bytes, str]:
    sent = form.cleaned_data["file"]
    if sent:
        return sent.read(), sent.name
    # Lone surrogates come from broken clipboards; they are no characters.
    return form.cleaned_data["text"].encode("utf-8", "replace"), PASTED


def _show(
    request: HttpRequest, form: DraftForm, draft: OwnDraft, checked: CheckedDraft
) -> HttpResponse:
    findings = show_findings(checked)
    context = {
        "form": form,
        "facts": draft.facts,
        "checked": checked,
        "findings": findings,
        "pieces": list(cut_text(checked.text, findings)),
        "kinds": count_kinds(checked),
        "sources": show_sources(checked),
    }
    return render(request, "proofreading/checked.html", context)


def _send_commented(
    request: HttpRequest, form: DraftForm, data: bytes, name: str, checked: CheckedDraft
) -> HttpResponse:
    """Send the uploaded Word file with a comment at each place."""
    try:
        marked, _lost = comment_docx(data, checked.text, checked.findings)
    except NotWordError:
        form.add_error("file", _("只有 .docx 文件可以加批注；其他稿件请直接校稿。"))
        return _refuse(request, form)
    return _send_docx(marked, name)


@never_cache
@sensitive_post_parameters()
@require_POST
@login_required
@limit_drafts
def send_text(request: HttpRequest) -> HttpResponse:
    """Send the words of a draft, as they stand on the page now, as a Word file."""
    document = Document()
    # add_paragraph looks for the end of the file by all that is there: too slow for many lines.
    end = document.element.body.sectPr
    for line in _LINE_END.split(request.POST.get("text", "")):
        paragraph = Paragraph(cast("CT_P", OxmlElement("w:p")), document._body)
        paragraph.add_run(_UNFIT.sub("", line))
        end.addprevious(paragraph._p)
    target = BytesIO()
    document.save(target)
    return _send_docx(target.getvalue(), "draft.docx")


def _send_docx(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=_DOCX)
    stem, checked = name.rsplit(".", 1)[0] or "draft", _("（校稿）")
    answer.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{stem}{checked}.docx"
    )
    return answer
