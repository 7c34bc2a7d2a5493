"""The check of a draft, and the files that come of it. Nothing of it is stored or logged."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from docx import Document
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph

from corpus_app.access.limits import limit_drafts
from corpus_app.ingest.draft import RejectedFile
from corpus_app.proofreading.checked_page import HandedDraft, answer_checked
from corpus_app.proofreading.checking import check_draft
from corpus_app.proofreading.commenting import comment_docx
from corpus_app.proofreading.drafts import PASTED, OwnDraft, read_draft
from corpus_app.proofreading.forms import CheckedForm, DraftForm
from corpus_app.proofreading.revising import revise_docx
from corpus_app.proofreading.secrecy import keep_secret
from corpus_app.proofreading.word_file import NotWordError

if TYPE_CHECKING:
    from docx.oxml.text.paragraph import CT_P

# What a Word file can't hold; all else of a clerk's words stays, wide blanks and rare signs too.
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END: Final = re.compile("\r\n|\r|\n")
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@keep_secret
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@limit_drafts
def show_check(request: HttpRequest) -> HttpResponseBase:
    """Show the form; on POST what was found in the draft, or the file with its marks."""
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
    if "comments" in request.POST or "tracked" in request.POST:
        return _send_marked(request, form, data, name, draft)
    file = data if name.lower().endswith(".docx") else None
    handed = HandedDraft(draft, _name(name, draft), file)
    return answer_checked(request, cast("User", request.user), handed, form)


def _refuse(request: HttpRequest, form: DraftForm) -> HttpResponse:
    return render(request, "proofreading/check.html", {"form": form}, status=422)


def _read_sent(form: DraftForm) -> tuple[bytes, str]:
    sent = form.cleaned_data["file"]
    if sent:
        return sent.read(), sent.name
    # Lone surrogates come from broken clipboards; they are no characters.
    return form.cleaned_data["text"].encode("utf-8", "replace"), PASTED


def _name(name: str, draft: OwnDraft) -> str:
    """Return what the draft is called where it is kept: its file's name, else its own title."""
    if name != PASTED:
        return name
    first = next((line for line in draft.text.splitlines() if line.strip()), "")
    return draft.facts.title or first.strip()[:40]


def _send_marked(
    request: HttpRequest, form: DraftForm, data: bytes, name: str, draft: OwnDraft
) -> HttpResponse:
    """Send the uploaded Word file with a comment or, by choice, a tracked change at each place."""
    findings = check_draft(draft).drop_unlikely().findings
    try:
        if "tracked" in request.POST:
            sure = [f for f in findings if f.suggestion is not None and f.is_sure]
            others = [f for f in findings if f not in set(sure)]
            marked, _lost = revise_docx(data, draft.text, sure, others)
        else:
            marked, _lost = comment_docx(data, draft.text, findings)
    except NotWordError:
        form.add_error("file", _("只有 .docx 文件可以加批注、修订；其他稿件请直接校稿。"))
        return _refuse(request, form)
    return _send_docx(marked, name)


@keep_secret
@require_POST
@login_required
@limit_drafts
def send_revised(request: HttpRequest) -> HttpResponseBase:
    """Send the Word file that a checked page holds, with what was accepted as tracked changes."""
    form = CheckedForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["file"]:
        return _refuse(request, _tell_errors(form))
    accepted = [one.find(form.text) for one in form.decisions_made if one.state == "accepted"]
    try:
        marked, _lost = revise_docx(form.cleaned_data["file"], form.text, accepted)
    except NotWordError:
        return _refuse(request, _tell_errors(form))
    return _send_docx(marked, form.cleaned_data["name"])


def _tell_errors(form: CheckedForm) -> DraftForm:
    """Return the form to begin anew with, and what was wrong with the page that was sent."""
    told = [str(words) for errors in form.errors.values() for words in errors]
    anew = DraftForm({})
    anew.full_clean()
    anew.errors.clear()
    anew.add_error("file", told or [_("页面里没有 Word 文件，请选择文件重新校稿。")])
    return anew


@keep_secret
@require_POST
@login_required
@limit_drafts
def send_text(request: HttpRequest) -> HttpResponseBase:
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
    return _send_docx(target.getvalue(), request.POST.get("name") or "draft.docx")


def _send_docx(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=_DOCX)
    stem, checked = name.rsplit(".", 1)[0] or "draft", _("（校稿）")
    answer.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{stem}{checked}.docx"
    )
    return answer
