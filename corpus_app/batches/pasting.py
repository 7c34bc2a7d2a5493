"""Text or a page's HTML from the clipboard, made a file like any other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

NAME_CHARS = 60


@dataclass(frozen=True)
class Pasted:
    """A file made of what was pasted."""

    data: bytes
    name: str


def make_file(text: str, markup: str, title: str = "") -> Pasted:
    """Return a file of the clipboard's HTML if there is any, else of its text.

    The words stay as they were pasted; a title only names the file.
    """
    stem = _make_stem(title)
    if markup.strip():
        return Pasted(_frame_markup(markup).encode(), f"{stem}.html")
    # A form sends line ends as CR LF whatever was typed.
    return Pasted(text.replace("\r\n", "\n").encode(), f"{stem}.txt")


def is_address(text: str) -> bool:
    """Return whether the text is nothing but one web address."""
    return re.fullmatch(r"\s*https?://[^\s<>\"]+\s*", text) is not None


def _frame_markup(markup: str) -> str:
    # Browsers put a charset of their own at the start or none; these bytes are UTF-8.
    if re.search(r"<meta[^>]+charset", markup[:1024], re.IGNORECASE):
        return re.sub(
            r"(<meta[^>]+charset\s*=\s*[\"']?)[\w-]+",
            r"\1utf-8",
            markup,
            count=1,
            flags=re.IGNORECASE,
        )
    return f'<!doctype html><meta charset="utf-8">{markup}'


def _make_stem(title: str) -> str:
    stem = re.sub(r"[\x00-\x1f\\/:*?\"<>|]+", " ", title).strip()[:NAME_CHARS].strip()
    return stem or _("粘贴 %s") % timezone.localtime().strftime("%Y-%m-%d %H%M%S")
