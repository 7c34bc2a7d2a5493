"""What a password must be, in words that Django does not have in Chinese."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class PasswordLength(MinimumLengthValidator):
    """Django's rule of the shortest password, with the refusal in the user's language."""

    def get_error_message(self) -> str:
        """Return the refusal, with the number of characters that there must be."""
        return _("密码太短，至少要有 %d 个字符。") % self.min_length
