"""The laws at hand, as they stood on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from corpus_app.laws.models import Law, LawArticle, LawVersion, name_article
from corpus_app.laws.texts import list_article_paragraphs
from corpus_app.laws.titles import normalize_title, suggest_title


@dataclass(frozen=True, slots=True)
class HeldArticle:
    """An article at hand, with its paragraphs (款), each with its items (项)."""

    number: int
    branch: int
    text: str
    paragraphs: Sequence[tuple[str, list[str]]]

    @property
    def name(self) -> str:
        """Return how it is cited."""
        return name_article(self.number, self.branch)


@dataclass
class HeldVersion:
    """A text of a law at hand; day and since are ISO dates or ""."""

    pk: int
    title: str
    day: str
    since: str
    amended: list[str] = field(default_factory=list)

    @cached_property
    def articles(self) -> dict[tuple[int, int], HeldArticle]:
        """Return the articles by number and branch, in order; read at the first asking."""
        rows = LawArticle.objects.filter(version=self.pk).values_list("number", "branch", "text")
        return {
            (number, branch): HeldArticle(number, branch, text, list_article_paragraphs(text))
            for number, branch, text in rows.order_by("number", "branch")
        }

    @property
    def name(self) -> str:
        """Return title and date, as evidence is headed: 《…法》（2025年3月11日文本）."""
        return f"《{self.title}》" + (f"（{name_day(self.day)}文本）" if self.day else "")


@dataclass
class HeldLaw:
    """A law with its texts at hand, the oldest first."""

    title: str
    versions: list[HeldVersion]

    def choose_version(self, day: date) -> HeldVersion | None:
        """Return the text in force on a day; None where the collection lacks it.

        It lacks it too where a later text names an amendment in between that is not at hand.
        """
        moment = day.isoformat()
        stood = [one for one in self.versions if one.since <= moment]
        if not stood:
            return None
        newest = max(stood, key=lambda one: (one.since, one.day))
        held = {one.day for one in self.versions}
        changes = {when for one in self.versions for when in one.amended} - held
        # A local law is passed on one day and approved on another, both named as changes.
        lacking = [when for when in changes if newest.day < when <= moment]
        return None if any(_is_later(when, newest.day) for when in lacking) else newest

    def find_end(self, version: HeldVersion) -> HeldVersion | None:
        """Return the text that took the place of a version, None for the newest."""
        at = self.versions.index(version)
        return self.versions[at + 1] if at + 1 < len(self.versions) else None


def _is_later(when: str, day: str) -> bool:
    """Say whether a change came more than some months after another."""
    if not day:
        return True
    return (date.fromisoformat(when) - date.fromisoformat(day)).days > 183


class LawCollection:
    """All laws at hand, found by any of their names."""

    def __init__(self) -> None:
        """Read the titles; texts are read when they are asked for."""
        self._laws = {
            normalize_title(title): (pk, title)
            for pk, title in Law.objects.values_list("pk", "title")
        }
        self._held: dict[int, HeldLaw] = {}

    def __bool__(self) -> bool:
        return bool(self._laws)

    def __contains__(self, name: str) -> bool:
        return normalize_title(name) in self._laws

    def find(self, name: str) -> HeldLaw | None:
        """Return the law of a name, None where it is not at hand."""
        pk, title = self._laws.get(normalize_title(name), (0, ""))
        if not pk:
            return None
        if pk not in self._held:
            rows = LawVersion.objects.filter(law=pk).order_by("since", "day")
            self._held[pk] = HeldLaw(
                title,
                [HeldVersion(row.pk, title, row.day, row.since, row.amended) for row in rows],
            )
        return self._held[pk]

    def suggest(self, name: str) -> str | None:
        """Return the full title of the one law whose name a wrong one is a slip of, or None."""
        near = suggest_title(name, self._laws)
        return self._laws[near][1] if near else None


def name_day(day: str) -> str:
    """Return an ISO date in Chinese: 2025年3月11日."""
    moment = date.fromisoformat(day)
    return f"{moment.year}年{moment.month}月{moment.day}日"
