"""Everything the reading page shows of one speech, gathered with a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _

from corpus_app.catalog.bounded_cache import BoundedCache
from corpus_app.catalog.kept import read_corpus_version
from corpus_app.catalog.models import Gap, Revision, Speech
from corpus_app.catalog.section_names import name_outline
from corpus_app.ingest.outline.sections import OutlineSection
from corpus_app.pages.display import Display
from corpus_app.pages.outline import OutlineTree, build_outline
from corpus_app.pages.related_texts import FilledIn, RelatedSpeeches, collect_related, list_filled
from corpus_app.pages.speech_layers import (
    list_terms,
    span_marks,
    span_slogans,
    span_superseded,
    span_suspects,
    span_themes,
)
from corpus_app.pages.superseded import OldWording, find_all_superseded, sum_superseded
from corpus_app.pages.typesetting import (
    GapMark,
    LayerSpan,
    Links,
    render_blocks,
    set_text,
)
from corpus_app.pages.typesetting.punctuation import show_full_width
from corpus_app.slogans.models import Mention, Slogan
from corpus_app.slogans.querysets import list_slogans_of_revision
from corpus_app.text.chars import count_chars
from corpus_app.themes.models import SectionTheme, Theme
from search import SpeechCount, count_in_speech, find_marks

# Typeset texts, those read last, up to so many characters.
BODIES: Final = BoundedCache(8 * 1024 * 1024, len)


@dataclass(frozen=True)
class ThemeInSpeech:
    """A theme of a speech: where it is strongest and in how many sections it stands."""

    theme: Theme
    key: str
    sections: int
    terms: str


@dataclass(frozen=True)
class SloganInSpeech:
    """A slogan of a speech with how often it is mentioned."""

    slogan: Slogan
    mentions: int


@dataclass(frozen=True)
class SpeechPage:
    """The reading page of one revision."""

    speech: Speech
    revision: Revision
    revisions: list[Revision]
    display: Display
    body: SafeString
    outline: OutlineTree
    themes: list[ThemeInSpeech]
    # Only mentioned, in no section spoken of.
    mentioned: list[Theme]
    slogans: list[SloganInSpeech]
    superseded: list[OldWording]
    marks: int
    counted: SpeechCount | None
    gaps: int
    missing: list[str]
    related: RelatedSpeeches
    filled: list[FilledIn]

    @property
    def is_current(self) -> bool:
        """Tell whether the revision shown is the one that is searched and cited."""
        return self.revision.pk == self.speech.current_id

    @property
    def plain_querystring(self) -> str:
        """Return the query string of this view without marks."""
        return self.display.to_querystring(marked=False)

    @property
    def shows_removed(self) -> bool:
        """Tell whether the removed spans are listed."""
        return self.display.shows("removed")

    @property
    def characters(self) -> int:
        """Return the length of the text without white space."""
        return count_chars(self.revision.text)


def build_speech_page(
    speech: Speech, revision: Revision, display: Display, visible: QuerySet[Revision]
) -> SpeechPage:
    """Return the page of the revision as the display asks for it; visible are those to name."""
    revision.speech = speech  # known already; the slips ask for its date
    sections = name_outline(revision.sections.order_by("position"), revision.text)
    gaps = list(revision.gaps.all())
    mentions = list(list_slogans_of_revision(revision.pk))
    tags = _list_tags(revision)
    places = _find_places(speech, revision, display)
    superseded = find_all_superseded(revision.text, speech.date, mentions)
    # Of an older wording that is a slip too the first is shown: what took its place, and when.
    spans = span_superseded(superseded) if display.shows("suspects") else []
    spans += [*_choose_spans(revision, display, mentions, tags), *span_marks(places)]
    return SpeechPage(
        speech=speech,
        revision=revision,
        revisions=list(visible.only("number", "created_at", "reason", "speech")),
        display=display,
        body=_keep_body(
            revision,
            display,
            lambda: _set_body(speech, revision, display, sections, gaps, spans),
            marked=bool(places),
        ),
        outline=build_outline(sections, gaps),
        themes=_sum_themes(tags),
        mentioned=_list_mentioned(tags),
        slogans=_sum_slogans(mentions),
        superseded=sum_superseded(superseded),
        marks=len(places),
        counted=count_in_speech(display.query, speech.pk, display.match) if places else None,
        gaps=len(gaps),
        missing=describe_announced(revision),
        related=collect_related(speech),
        filled=list_filled(revision),
    )


def describe_announced(revision: Revision) -> list[str]:
    """Return a sentence for each announcement (讲四点意见) that the text does not keep."""
    return [
        _("文中称“%(text)s”，应有 %(expected)d 项，实见 %(found)d 项，缺第 %(missing)s 项。")
        % {
            "text": entry["text"],
            "expected": entry["expected"],
            "found": entry["found"],
            "missing": _("、").join(str(ordinal) for ordinal in entry["missing"]),
        }
        for entry in revision.announced
        if entry.get("missing")
    ]


def _list_tags(revision: Revision) -> list[SectionTheme]:
    rows = SectionTheme.objects.filter(section__revision=revision)
    return list(rows.select_related("theme", "section").order_by("-pinned", "-score", "pk"))


def _find_places(speech: Speech, revision: Revision, display: Display) -> Sequence[tuple[int, int]]:
    # Marks are found in the current text; in an older one they would stand askew.
    if not display.query or revision.pk != speech.current_id:
        return []
    return find_marks(display.query, speech.pk, display.match)


def _choose_spans(
    revision: Revision, display: Display, mentions: list[Mention], tags: list[SectionTheme]
) -> list[LayerSpan]:
    spans = [LayerSpan("cited", *display.cited)] if display.cited else []
    if display.shows("slogans"):
        spans += span_slogans(mentions)
    if display.shows("themes"):
        about = [tag for tag in tags if tag.bearing == SectionTheme.Bearing.ABOUT]
        spans += span_themes(about, revision.text)
    if display.shows("suspects"):
        spans += span_suspects(revision)
    return spans


def _keep_body(
    revision: Revision, display: Display, make: Callable[[], SafeString], *, marked: bool
) -> SafeString:
    """Return the body kept for all its readers; with the marks of a query it is made for one."""
    if marked:
        return make()
    body: SafeString = BODIES.get(
        (read_corpus_version(), get_language(), revision.pk, display), make
    )
    return body


def _set_body(
    speech: Speech,
    revision: Revision,
    display: Display,
    sections: list[OutlineSection],
    gaps: list[Gap],
    spans: list[LayerSpan],
) -> SafeString:
    text, nodes = revision.text, sections
    if display.shows("punct"):
        text, nodes = show_full_width(text), [_widen(section) for section in sections]
    spots = [GapMark(gap.kind, gap.offset, gap.hidden_chars, gap.note) for gap in gaps]
    links = Links(
        permalink=partial(link_section, speech.pk, revision.number),
        cite=partial(link_citation, speech, revision),
    )
    return render_blocks(set_text(text, nodes, spots, spans), links)


def link_section(speech_id: int, number: int, key: str) -> str:
    """Return the permanent address of a section of a revision."""
    return f"{reverse('section', args=[speech_id, key])}?rev={number}"


def link_citation(speech: Speech, revision: Revision, key: str) -> str:
    """Return the address where a section of the revision is cited and gathered."""
    number = {} if revision.pk == speech.current_id else {"rev": revision.number}
    query = urlencode({"speech": speech.pk, "section": key, **number})
    return f"{reverse('cite')}?{query}"


def _widen(section: OutlineSection) -> OutlineSection:
    marker, heading = show_full_width(section.marker), show_full_width(section.heading)
    return replace(section, marker=marker, heading=heading)


def _list_mentioned(tags: list[SectionTheme]) -> list[Theme]:
    about = {tag.theme_id for tag in tags if tag.bearing == SectionTheme.Bearing.ABOUT}
    return list({tag.theme_id: tag.theme for tag in tags if tag.theme_id not in about}.values())


def _sum_themes(tags: list[SectionTheme]) -> list[ThemeInSpeech]:
    tags = [tag for tag in tags if tag.bearing == SectionTheme.Bearing.ABOUT]
    counts = Counter(tag.theme_id for tag in tags)
    strongest = {tag.theme_id: tag for tag in reversed(tags)}
    ordered = sorted(strongest.values(), key=lambda tag: (-counts[tag.theme_id], -tag.score))
    return [
        ThemeInSpeech(
            tag.theme, tag.section.key, counts[tag.theme_id], "、".join(list_terms(tag)[:4])
        )
        for tag in ordered
    ]


def _sum_slogans(mentions: list[Mention]) -> list[SloganInSpeech]:
    counts = Counter(mention.slogan_id for mention in mentions)
    first = {mention.slogan_id: mention for mention in reversed(mentions)}
    ordered = sorted(first.values(), key=lambda one: (-counts[one.slogan_id], one.start))
    return [SloganInSpeech(one.slogan, counts[one.slogan_id]) for one in ordered]
