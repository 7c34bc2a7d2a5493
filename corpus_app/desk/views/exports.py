"""Baskets as files and as a page to print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_exports
from corpus_app.access.models import Activity
from corpus_app.access.recording import record_activity
from corpus_app.desk.citation import EXPORTS
from corpus_app.desk.export.compilation import (
    Compilation,
    Quote,
    Settings,
    compile_basket,
    gather_entries,
)
from corpus_app.desk.export.docx import write_docx
from corpus_app.desk.export.texts import write_markdown, write_plain
from corpus_app.desk.models import Basket
from corpus_app.desk.querysets import find_shared
from corpus_app.desk.sources import list_entries
from corpus_app.desk.views.baskets import find_own

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class FileForm:
    """A kind of file: how it is written, its media type and ending."""

    write: Callable[[Compilation, Settings, str], bytes]
    media_type: str
    ending: str


@require_safe
@login_required
@limit_exports
def export_basket(request: HttpRequest, basket_id: int, form: str) -> HttpResponse:
    """Send the user's basket as a file."""
    return _send(request, find_own(request, basket_id), form)


@require_safe
@login_required
@limit_exports
def export_shared(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """Send a shared basket as a file."""
    basket = find_shared(token)
    if basket is None:
        raise Http404
    return _send(request, basket, form)


@require_safe
@login_required
def print_basket(request: HttpRequest, basket_id: int) -> HttpResponse:
    """Show the basket as it would be on paper, to be printed or saved as PDF."""
    basket = find_own(request, basket_id)
    settings = Settings.from_params(request.GET)
    compilation = _compile(request, basket, settings)
    blocks = [
        (block, compilation.mark(block) if isinstance(block, Quote) else "")
        for block in compilation.blocks
    ]
    context = {"basket": basket, "compilation": compilation, "blocks": blocks}
    return render(request, "desk/print.html", context)


def _send(request: HttpRequest, basket: Basket, form: str) -> HttpResponse:
    kind = FORMS.get(form)
    if kind is None:
        raise Http404
    settings = Settings.from_params(request.GET)
    data = kind.write(_compile(request, basket, settings), settings, request.user.get_username())
    response = HttpResponse(data, content_type=kind.media_type)
    record_activity(request, Activity.Kind.EXPORT, _("摘编：%s") % basket.name, kind.ending.upper())
    header = content_disposition_header(True, f"{basket.name}.{kind.ending}")
    response["Content-Disposition"] = header or "attachment"
    return response


def _compile(request: HttpRequest, basket: Basket, settings: Settings) -> Compilation:
    def make_address(code: str) -> str:
        return request.build_absolute_uri(reverse("permalink", args=[code]))

    entries = list_entries(basket, own=basket.owner_id == request.user.pk)
    return compile_basket(basket.name, gather_entries(entries, make_address), settings)


def _write_word(compilation: Compilation, settings: Settings, author: str) -> bytes:
    return write_docx(compilation, author)


def _write_markdown(compilation: Compilation, settings: Settings, author: str) -> bytes:
    return write_markdown(compilation).encode()


def _write_plain(compilation: Compilation, settings: Settings, author: str) -> bytes:
    return write_plain(compilation).encode()


def _write_references(form: str) -> Callable[[Compilation, Settings, str], bytes]:
    def write(compilation: Compilation, settings: Settings, author: str) -> bytes:
        return EXPORTS[form].write(compilation.items, settings.edition).encode()

    return write


FORMS = {
    "docx": FileForm(_write_word, _WORD, "docx"),
    "md": FileForm(_write_markdown, "text/markdown; charset=utf-8", "md"),
    "txt": FileForm(_write_plain, "text/plain; charset=utf-8", "txt"),
    **{
        EXPORTS[form].ending: FileForm(
            _write_references(form),
            f"{EXPORTS[form].media_type}; charset=utf-8",
            EXPORTS[form].ending,
        )
        for form in ("bibtex", "ris", "csl-json")
    },
}
