"""The form that makes an account."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from corpus_app.accounts.roles import ROLES


class InvitationForm(forms.Form):
    """Who gets an account: the name to sign in with, the person's name, a role."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=150,
        # Django's own words allow English letters alone, which its rule does not.
        validators=[UnicodeUsernameValidator(message=_("只能用汉字、字母、数字和 @ . + - _。"))],
        help_text=_("登录时输入，可用汉字、字母、数字和 @ . + - _，设定后不能更改。"),
    )
    name = forms.CharField(label=_("姓名"), max_length=150, required=False)
    role = forms.ChoiceField(label=_("角色"), choices=list(ROLES.items()), initial="reader")

    def clean_username(self) -> str:
        """Refuse a name that is taken, whatever its capitals."""
        name = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("已有这个用户名。"))
        return name
