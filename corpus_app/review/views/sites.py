"""Sites and how their pages look: learnt from a correction, tried, approved, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.intake.models import SiteProfile
from corpus_app.intake.profiles import applying
from corpus_app.intake.profiles.exchanging import (
    ProfileFormatError,
    take_profiles,
    write_profiles,
)
from corpus_app.intake.profiles.learning import propose_profile
from corpus_app.intake.rereading.storing import load_speech
from corpus_app.review.profile_forms import ProfileFileForm, open_forms, read_forms
from corpus_app.review.site_page import list_sites, list_strange_profiles, open_profile
from corpus_app.review.views.steps import read_user, report_portion, take_step
from corpus_app.text.numbers import read_number


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def show_sites(request: HttpRequest) -> HttpResponse:
    """Show the sites that files came from, and the profiles of each."""
    page, lines = list_sites(request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines,
        "strange": list_strange_profiles(),
        "form": ProfileFileForm(),
    }
    return render(request, "review/sites.html", context)


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def propose(request: HttpRequest) -> HttpResponse:
    """Keep what the corrections of a speech teach as a proposal, and lead to its preview."""
    speech = get_object_or_404(Speech, pk=read_number(request.POST.get("speech")) or 0)
    profile = propose_profile(load_speech(speech.pk), read_user(request))
    if profile is None:
        messages.warning(request, _("这一篇的改动没有可供同一网站其他文件参照的。"))
        return redirect("review", speech.pk)
    return redirect("profile", profile.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def show_profile(request: HttpRequest, profile_id: int) -> HttpResponse:
    """Show a profile with what it would change; a post changes one that is only proposed."""
    found = SiteProfile.objects.select_related("made_by", "approved_by", "example", "replaces")
    profile = get_object_or_404(found, pk=profile_id)
    proposed = profile.state == SiteProfile.State.PROPOSED
    posted = request.method == "POST"
    if posted and not proposed:
        messages.error(request, _("版式已不在待批准状态，不能再改；请停用后另立一份。"))
        return redirect("profile", profile.pk)
    values, lines = open_forms(profile, request.POST if posted else None)
    if posted and values.is_valid() and lines.is_valid():
        wrong = read_forms(profile, values, lines)
        if not wrong:
            profile.save()
            return redirect("profile", profile.pk)
        messages.error(request, wrong)
        profile.refresh_from_db()
    context = {
        "desk": open_profile(profile, request.GET.get("page"), request.GET.get("done")),
        "profile": profile,
        "values": values if proposed else None,
        "lines": lines if proposed else None,
        "running": "running" in request.GET,
    }
    return render(request, "review/profile.html", context, status=422 if posted else 200)


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def change_profile(request: HttpRequest, profile_id: int) -> HttpResponse:
    """Take one step with the profile: approve, apply, retire, undo or discard."""
    profile = get_object_or_404(SiteProfile, pk=profile_id)
    return take_step(request, profile, STEPS)


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def export_profiles(request: HttpRequest) -> HttpResponse:
    """Answer with all profiles that hold or are proposed, or the one named, as a JSON file."""
    profiles = SiteProfile.objects.exclude(state=SiteProfile.State.RETIRED).order_by("site", "pk")
    if "profile" in request.GET:
        number = read_number(request.GET["profile"]) or 0
        profiles = SiteProfile.objects.filter(pk=number)
    response = HttpResponse(write_profiles(profiles), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="site-profiles.json"'
    return response


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def import_profiles(request: HttpRequest) -> HttpResponse:
    """Keep the profiles in the file as proposals; a file that is none of ours is refused whole."""
    form = ProfileFileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
        return redirect("sites")
    try:
        taken = take_profiles(form.cleaned_data["file"], read_user(request))
    except ProfileFormatError as fault:
        messages.error(request, _("没有导入：%(reason)s") % {"reason": fault})
        return redirect("sites")
    words = ngettext(
        "导入 %(count)d 份版式，都待批准。", "导入 %(count)d 份版式，都待批准。", len(taken)
    )
    messages.success(request, words % {"count": len(taken)})
    return redirect("sites")


def _approve(request: HttpRequest, profile: SiteProfile) -> HttpResponse:
    applying.approve_profile(profile, read_user(request))
    return _apply(request, profile)


def _apply(request: HttpRequest, profile: SiteProfile) -> HttpResponse:
    outcome = applying.apply_portion(profile, read_user(request))
    words = ngettext("已改 %(count)d 篇。", "已改 %(count)d 篇。", outcome.applied)
    return report_portion(request, profile, outcome, words)


def _retire(request: HttpRequest, profile: SiteProfile) -> HttpResponse:
    applying.retire_profile(profile)
    messages.success(request, _("版式已停用，以后的文件不再照它读；已改的可以撤销。"))
    return redirect("profile", profile.pk)


def _undo(request: HttpRequest, profile: SiteProfile) -> HttpResponse:
    outcome = applying.undo_portion(profile, read_user(request))
    words = ngettext("已恢复 %(count)d 篇。", "已恢复 %(count)d 篇。", outcome.applied)
    return report_portion(request, profile, outcome, words)


def _discard(request: HttpRequest, profile: SiteProfile) -> HttpResponse:
    applying.discard_profile(profile)
    messages.success(request, _("未批准的版式已删除，没有改动任何讲话。"))
    return redirect("sites")


STEPS: Final[dict[str, Callable[[HttpRequest, SiteProfile], HttpResponse]]] = {
    "approve": _approve,
    "apply": _apply,
    "retire": _retire,
    "undo": _undo,
    "discard": _discard,
}
