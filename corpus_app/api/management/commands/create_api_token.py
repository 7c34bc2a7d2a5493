"""Make a token for a user and print it, this once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from corpus_app.api.tokens import TokenError, create_token


class Command(BaseCommand):
    """Print the secret alone on stdout, so that a script can take it."""

    help = "为账号建立接口令牌并显示一次。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the account and what the token is for."""
        parser.add_argument("user", metavar="USER", help=_("账号名"))
        parser.add_argument("--name", default=_("命令行建立"), help=_("令牌的用途"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the token; exit 1 where there is no such account."""
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(_("没有账号 %(name)s，或者已停用。") % {"name": options["user"]})
        try:
            _token, secret = create_token(user, options["name"])
        except TokenError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(secret)
