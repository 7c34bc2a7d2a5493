"""Signing in, in one step or two, and setting a password by a link."""

from __future__ import annotations

import time
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corpus_app.access.models import Activity
from corpus_app.access.recording import record_activity
from corpus_app.accounts.second_factor import check_code, has_second_factor, measure_wait
from corpus_app.accounts.sessions import end_sessions
from corpus_app.accounts.signing_in import Attempt

_PENDING: Final = "second_step"
# Seconds in which the code must follow the password.
_PENDING_AGE: Final = 600
# In the session of whoever gave a second factor, or has just set one up.
TWO_FACTOR: Final = "two_factor"


class LoginPageView(LoginView):
    """The first step: name and password, at most as often as attempts may be made."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the password, unless one has to wait before that."""
        self.attempt = Attempt(request, request.POST.get("username", ""))
        if wait := self.attempt.begin():
            return tell_wait(request, "registration/login.html", wait, self.get_context_data())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, or ask for the second factor; the browser is known from here on."""
        user, forward = form.get_user(), self.get_success_url()
        self.attempt.succeed()
        response: HttpResponse
        if has_second_factor(user):
            self.request.session[_PENDING] = _describe_pending(user, forward)
            response = redirect("sign_in_code")
        else:
            enter(self.request, user)
            response = redirect(forward)
        self.attempt.remember(response)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Say that name or password was wrong, and not which."""
        self.attempt.fail()
        return super().form_invalid(form)


class LogoutPageView(LogoutView):
    """The way out, recorded."""

    @method_decorator(never_cache)
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session."""
        if request.user.is_authenticated:
            record_activity(request, Activity.Kind.SIGN_OUT)
        return super().post(request, *args, **kwargs)


class SetPasswordView(PasswordResetConfirmView):
    """The page behind a link that an admin handed over: set a password, once."""

    template_name = "accounts/set_password.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Set the password and end what sessions there were."""
        response = super().form_valid(form)
        end_sessions(form.user.pk)
        words = _("凭链接设置")
        record_activity(self.request, Activity.Kind.PASSWORD, detail=words, user=form.user)
        return response

    def get_success_url(self) -> str:
        """Return the address of the sign-in page."""
        return f"{reverse('login')}?set=1"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_code(request: HttpRequest) -> HttpResponseBase:
    """Ask for the second factor of whoever gave the right password just now."""
    template = "accounts/sign_in_code.html"
    pending = request.session.get(_PENDING, {})
    user = _find_pending(pending)
    if user is None:
        request.session.pop(_PENDING, None)
        return redirect("login")
    if request.method != "POST":
        return render(request, template)
    if wait := measure_wait(user):
        return tell_wait(request, template, wait, {})
    if not check_code(user, request.POST.get("code", "")):
        words = _("第二步验证码不正确")
        record_activity(request, Activity.Kind.SIGN_IN_FAILED, detail=words, user=user)
        return render(request, template, {"wrong": True}, status=400)
    del request.session[_PENDING]
    enter(request, user)
    request.session[TWO_FACTOR] = True
    forward = pending["next"]
    is_ours = url_has_allowed_host_and_scheme(forward, {request.get_host()}, request.is_secure())
    return redirect(forward if is_ours else settings.LOGIN_REDIRECT_URL)


def enter(request: HttpRequest, user: User) -> None:
    """Sign the user in and record it."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    record_activity(request, Activity.Kind.SIGN_IN)


def tell_wait(
    request: HttpRequest, template: str, wait: int, context: dict[str, Any]
) -> HttpResponse:
    """Return the page with the word that one has to wait so many seconds."""
    context = {**context, "wait": wait, "wait_words": spell_wait(wait)}
    response = render(request, template, context, status=429)
    response["Retry-After"] = str(wait)
    return response


def spell_wait(seconds: int) -> str:
    """Return a wait in words: 45 秒, 2 分钟, 1 分 30 秒."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("%d 秒") % rest
    if not rest:
        return _("%d 分钟") % minutes
    return _("%(minutes)d 分 %(seconds)d 秒") % {"minutes": minutes, "seconds": rest}


def _describe_pending(user: User, forward: str) -> dict[str, Any]:
    return {
        "user": user.pk,
        "at": int(time.time()),
        "next": forward,
        # Void once the password is another, as a session would be.
        "hash": user.get_session_auth_hash(),
    }


def _find_pending(pending: dict[str, Any]) -> User | None:
    if not 0 <= time.time() - pending.get("at", 0) <= _PENDING_AGE:
        return None
    user = get_user_model().objects.filter(pk=pending["user"], is_active=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), pending["hash"]):
        return None
    return user
