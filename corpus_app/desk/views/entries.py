"""What is gathered, and what is done to a single entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corpus_app.desk import services
from corpus_app.desk.basket_page import describe_repeats
from corpus_app.desk.models import Basket, Entry
from corpus_app.desk.outlines import list_headings
from corpus_app.desk.passages import (
    MissingPassageError,
    PassageError,
    build_passage,
    find_passage,
    find_speech,
    read_asked,
)
from corpus_app.desk.permalinks import find_today
from corpus_app.desk.querysets import find_basket, find_entry, list_baskets
from corpus_app.desk.views.answers import find_way_back, send_fault, send_json, wants_json
from corpus_app.desk.views.baskets import read_level
from corpus_app.text.numbers import read_number


@require_POST
def gather_passage(request: HttpRequest) -> HttpResponse:
    """Put a passage into the basket named, else the one last used, else a new one."""
    if not request.user.is_authenticated:
        return _send_to_login(request)
    try:
        passage = find_passage(read_asked(request.POST), request.user)
    except (PassageError, MissingPassageError) as fault:
        return send_fault(request, fault)
    basket = _choose_basket(request)
    try:
        entry = services.add_passage(basket, passage)
    except services.DeskError as fault:
        return _tell_fault(request, basket, fault)
    said = " ".join(
        [_("已加入摘编“%(name)s”。") % {"name": basket.name}, *describe_repeats(basket, entry)]
    )
    if wants_json(request):
        undo = reverse("basket_change", args=[basket.pk])
        address = basket.get_absolute_url()
        return send_json({"said": said, "basket": address, "undo": undo, "entry": entry.pk})
    messages.success(request, said)
    return redirect(find_way_back(request, basket.get_absolute_url()))


@require_POST
def gather_outline(request: HttpRequest) -> HttpResponse:
    """Put a speech's headings into the basket last used, as headings to be filled."""
    if not request.user.is_authenticated:
        return _send_to_login(request)
    try:
        speech = find_speech(read_asked(request.POST).speech, request.user)
    except (PassageError, MissingPassageError) as fault:
        return send_fault(request, fault)
    depth = read_level(request.POST.get("depth", "3"))
    basket = _choose_basket(request)
    try:
        services.add_outline(basket, list_headings(speech, depth))
    except services.DeskError as fault:
        return _tell_fault(request, basket, fault)
    messages.success(request, _("提纲已加入摘编“%(name)s”。") % {"name": basket.name})
    return redirect(find_way_back(request, basket.get_absolute_url()))


@require_POST
@login_required
def change_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Do what the form's action says to an entry of the user's own baskets."""
    entry = find_entry(request.user, entry_id) if entry_id < 2**63 else None
    act = _ACTIONS.get(request.POST.get("action", ""))
    if entry is None or act is None:
        raise Http404
    try:
        act(entry, request)
    except services.DeskError as fault:
        return _tell_fault(request, entry.basket, fault)
    if wants_json(request):
        return send_json({"said": _("已保存。")})
    anchor = "" if entry.removed else f"#entry-{entry.pk}"
    return redirect(f"{entry.basket.get_absolute_url()}{anchor}")


def _tell_fault(request: HttpRequest, basket: Basket, fault: services.DeskError) -> HttpResponse:
    if wants_json(request):
        return send_json({"error": str(fault)}, 400)
    messages.error(request, str(fault))
    return redirect(find_way_back(request, basket.get_absolute_url()))


def _send_to_login(request: HttpRequest) -> HttpResponse:
    # The form's own address takes no GET, so the login leads back to where it was sent from.
    address = f"{reverse('login')}?next={find_way_back(request, reverse('basket_list'))}"
    if wants_json(request):
        return send_json({"error": _("请先登录。"), "login": reverse("login")}, 401)
    return redirect(address)


def _choose_basket(request: HttpRequest) -> Basket:
    user = cast(User, request.user)
    asked = request.POST.get("basket", "")
    if asked == "new":
        return services.create_basket(user, request.POST.get("name", ""))
    if asked:
        basket = find_basket(user, read_number(asked) or 0)
        if basket is None or basket.deleted_at:
            raise Http404
        return basket
    return list_baskets(user).first() or services.create_basket(user)


def _save(entry: Entry, request: HttpRequest) -> None:
    if entry.kind == Entry.Kind.HEADING:
        level = read_level(request.POST.get("level", ""))
        services.change_heading(entry, request.POST.get("words", ""), level)
    else:
        services.write_note(entry, request.POST.get("note", ""))


def _renew(entry: Entry, request: HttpRequest) -> None:
    try:
        speech = find_speech(entry.speech.pk if entry.speech else 0, request.user)
        assert entry.revision is not None
        span = find_today(speech, entry.revision, entry.start, entry.end)
        if speech.current is None or span is None:
            raise services.DeskError(_("现行文字里找不到相近的一段。"))
        sections = list(speech.current.sections.order_by("position"))
        passage = build_passage(speech, speech.current, sections, *span)
    except (MissingPassageError, PassageError):
        raise services.DeskError(_("来源讲话您现在不能查看。")) from None
    services.renew_entry(entry, passage)


def _move(entry: Entry, request: HttpRequest, step: int) -> None:
    # The buttons send the whole form: a note just written must not be lost by moving.
    if "note" in request.POST or "words" in request.POST:
        _save(entry, request)
    services.move_entry(entry, step)


_ACTIONS: dict[str, Callable[[Entry, HttpRequest], None]] = {
    "up": lambda entry, request: _move(entry, request, -1),
    "down": lambda entry, request: _move(entry, request, 1),
    "remove": lambda entry, request: services.remove_entry(entry),
    "save": _save,
    "renew": _renew,
}
