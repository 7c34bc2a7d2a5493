"""Baskets: the list, one of them, what is done to it, and the shared one that is only read."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corpus_app.desk import services
from corpus_app.desk.basket_page import build_basket_page
from corpus_app.desk.journal import undo_last_change
from corpus_app.desk.models import Basket
from corpus_app.desk.querysets import find_basket, find_shared, list_baskets, list_deleted
from corpus_app.desk.views.answers import send_json, wants_json
from corpus_app.text.numbers import read_numbers


@require_safe
@login_required
def show_baskets(request: HttpRequest) -> HttpResponse:
    """Show the user's baskets."""
    context = {"baskets": list_baskets(request.user), "deleted": list_deleted(request.user)}
    return render(request, "desk/baskets.html", context)


@require_POST
@login_required
def make_basket(request: HttpRequest) -> HttpResponse:
    """Make a basket and go to it."""
    basket = services.create_basket(cast(User, request.user), request.POST.get("name", ""))
    return redirect(basket)


@require_safe
@login_required
def show_basket(request: HttpRequest, basket_id: int) -> HttpResponse:
    """Show a basket with everything that can be done to it."""
    basket = find_own(request, basket_id)
    page = build_basket_page(basket, own=True)
    address = request.build_absolute_uri(page.shared_path) if page.shared_path else ""
    context = {"page": page, "basket": basket, "shared_url": address}
    return render(request, "desk/basket.html", context)


@require_safe
@login_required
def show_shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show a basket to whoever has its link; nothing on the page changes it."""
    basket = find_shared(token)
    if basket is None:
        raise Http404
    context = {"page": build_basket_page(basket), "basket": basket}
    return render(request, "desk/shared.html", context)


@require_POST
@login_required
def change_basket(request: HttpRequest, basket_id: int) -> HttpResponse:
    """Do what the form's action says; an action that fails changes nothing and says why."""
    basket = find_own(request, basket_id, deleted=request.POST.get("action") == "restore")
    act = _ACTIONS.get(request.POST.get("action", ""))
    if act is None:
        raise Http404
    try:
        said = act(basket, request)
    except services.DeskError as fault:
        if wants_json(request):
            return send_json({"error": str(fault)}, 400)
        messages.error(request, str(fault))
        return redirect(basket)
    if wants_json(request):
        return send_json({"said": said})
    if said:
        messages.success(request, said)
    return redirect("basket_list") if basket.deleted_at else redirect(basket)


def find_own(request: HttpRequest, basket_id: int, *, deleted: bool = False) -> Basket:
    """Return the user's basket; another's, and a deleted one unless asked for, is not found."""
    basket = find_basket(request.user, basket_id) if basket_id < 2**63 else None
    if basket is None or (basket.deleted_at and not deleted):
        raise Http404
    return basket


def read_level(text: str) -> int:
    """Return the level of a heading that a form names; the first for anything else."""
    return int(text) if text in ("1", "2", "3") else 1


def _rename(basket: Basket, request: HttpRequest) -> str:
    services.rename_basket(basket, request.POST.get("name", ""))
    return ""


def _delete(basket: Basket, request: HttpRequest) -> str:
    services.delete_basket(basket)
    return _("已删除“%(name)s”，可在本页恢复。") % {"name": basket.name}


def _restore(basket: Basket, request: HttpRequest) -> str:
    services.restore_basket(basket)
    return _("已恢复“%(name)s”。") % {"name": basket.name}


def _share(basket: Basket, request: HttpRequest) -> str:
    services.share_basket(basket)
    return _("已开启共享，登录用户凭链接可以查看。")


def _unshare(basket: Basket, request: HttpRequest) -> str:
    services.unshare_basket(basket)
    return _("已停止共享，原链接失效。")


def _undo(basket: Basket, request: HttpRequest) -> str:
    label = undo_last_change(basket)
    return _("已撤销：%(label)s。") % {"label": label} if label else _("没有可撤销的操作。")


def _order(basket: Basket, request: HttpRequest) -> str:
    services.order_entries(basket, read_numbers(request.POST.get("order", "")))
    return _("次序已保存。")


def _add_heading(basket: Basket, request: HttpRequest) -> str:
    level = read_level(request.POST.get("level", ""))
    services.add_heading(basket, request.POST.get("words", ""), level)
    return ""


_ACTIONS: dict[str, Callable[[Basket, HttpRequest], str]] = {
    "rename": _rename,
    "delete": _delete,
    "restore": _restore,
    "share": _share,
    "unshare": _unshare,
    "undo": _undo,
    "order": _order,
    "heading": _add_heading,
}
