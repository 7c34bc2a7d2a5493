"""What every page knows about the site."""

from __future__ import annotations

import logging
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from corpus_app.catalog.kept import keep_answers
from corpus_app.catalog.models import Speech
from corpus_app.catalog.registry import is_being_tagged
from corpus_app.catalog.samples import list_samples
from corpus_app.pages.study_views import VIEWS

logger = logging.getLogger(__name__)


class NavigationEntry(NamedTuple):
    """A link of the main navigation; current is "page", "true" (a page below it) or ""."""

    label: str
    url: str
    current: str


@dataclass(frozen=True)
class SampleCollection:
    """How many invented samples are published, and whether real speeches set them aside."""

    count: int = 0
    set_aside: bool = False

    @property
    def speak_for_corpus(self) -> bool:
        """Tell whether what readers see counted and found is invented."""
        return self.count > 0 and not self.set_aside


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
    beside = {"search": tuple(reverse(name) for name in VIEWS)}
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


def describe_index_state() -> str:
    """Return a sentence where the index is not fresh, else an empty string; never raises."""
    try:
        from search import read_index_state

        status = read_index_state().status
    except Exception:
        # A frame that fails would hide every page behind a fault of the index.
        logger.exception("index state could not be read")
        return _("检索索引暂不可用，浏览不受影响。")
    return _name_state(status)


def _name_state(status: str) -> str:
    sentences = {
        "missing": _("检索索引尚未建立，暂时检索不到内容；浏览不受影响。"),
        "stale": _("检索索引正在更新，新近的改动可能暂时检索不到。"),
        "behind": _("检索索引正在更新，新近的改动可能暂时检索不到。"),
        "damaged": _("检索索引已损坏，等待修复；浏览不受影响。"),
        "unreachable": _("检索引擎暂时连接不上，恢复后即可检索；浏览不受影响。"),
    }
    return sentences.get(status, "")


def describe_samples() -> SampleCollection:
    """Return the invented samples that are published; never raises."""
    try:
        return _count_samples()
    except DatabaseError:
        logger.exception("samples could not be looked for")
        return SampleCollection()


@keep_answers
def _count_samples() -> SampleCollection:
    rows = Speech.objects.samples().values_list("set_aside")
    found = rows.annotate(count=Count("pk")).order_by("set_aside").first()
    return SampleCollection(found[1], found[0]) if found else SampleCollection()


def has_removable_samples() -> bool:
    """Return whether samples that came with the product are still here; never raises."""
    try:
        return _has_samples()
    except DatabaseError:
        logger.exception("samples could not be looked for")
        return False


@keep_answers
def _has_samples() -> bool:
    return list_samples().exists()


# There from and to are the two revisions.
_OWN_ENDS: Final = "review_difference"


def explain_address(request: HttpRequest) -> list[str]:
    """Return what of the address does nothing though it looks as if it did."""
    from search import explain_years

    match = request.resolver_match
    return [] if match is not None and match.url_name == _OWN_ENDS else explain_years(request.GET)


def describe_site(request: HttpRequest) -> dict[str, Any]:
    """Return the values that the page frame shows on every page."""
    return {
        "version": read_version(),
        # Read only where the frame is drawn: answers without a page cost nothing.
        "navigation": SimpleLazyObject(lambda: list_navigation(request.path)),
        "upload_url": SimpleLazyObject(_find_upload_url),
        "index_notice": SimpleLazyObject(describe_index_state),
        "in_vain": SimpleLazyObject(lambda: explain_address(request)),
        "being_tagged": SimpleLazyObject(is_being_tagged),
        "samples": SimpleLazyObject(describe_samples),
        "has_removable_samples": SimpleLazyObject(has_removable_samples),
    }
