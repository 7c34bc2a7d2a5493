"""What every page knows about the site."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _


class NavigationEntry(NamedTuple):
    """A link of the main navigation; current is "page", "true" (a page below it) or ""."""

    label: str
    url: str
    current: str


@cache
def read_version() -> str:
    """Return the version that pyproject.toml states."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def list_navigation(path: str) -> list[NavigationEntry]:
    """Return the main navigation, the entry that path belongs to marked."""
    labels = {
        "search": _("检索"),
        "speech_list": _("讲话"),
        "theme_list": _("主题"),
        "slogan_list": _("提法"),
        "outline_bench": _("谋篇"),
        "basket_list": _("摘编"),
    }
    # Other views of a search stand beside it as tabs.
    beside = {"search": (reverse("concordance"), reverse("trends"))}
    return [
        _make_entry(label, reverse(name), path, beside.get(name, ()))
        for name, label in labels.items()
    ]


def _make_entry(label: str, url: str, path: str, beside: tuple[str, ...]) -> NavigationEntry:
    current = "page" if path == url else "true" if path.startswith((url, *beside)) else ""
    return NavigationEntry(label, url, current)


def _find_upload_url() -> str:
    try:
        return reverse("upload")
    except NoReverseMatch:
        return ""


def _describe_index() -> str:
    from corpus_app.pages.index_notice import describe_index_state

    return describe_index_state()


def describe_site(request: HttpRequest) -> dict[str, Any]:
    """Return the values that the page frame shows on every page."""
    return {
        "demo": settings.DEMO,
        "version": read_version(),
        "navigation": list_navigation(request.path),
        "upload_url": _find_upload_url(),
        # Read only where the frame is drawn: answers without a page cost nothing.
        "index_notice": SimpleLazyObject(_describe_index),
    }
