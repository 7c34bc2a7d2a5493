"""Record where slogans stand in a revision: those the parse found, and the registered ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import SloganMention
from corpus_app.ingest.slogans import find_slogans
from corpus_app.ingest.word_borders import may_stand_bare, stands_alone
from corpus_app.slogans.models import Mention, Slogan, SloganVariant
from corpus_app.slogans.refusals import Span, list_refused_slogans, read_refused
from corpus_app.slogans.registry import list_decided
from corpus_app.text.folding import fold_keeping_space
from corpus_app.text.marks import Unmarked, drop_marks
from corpus_app.text.nesting import Nesting
from corpus_app.text.phrases import PhraseIndex, choose_longest

LONGEST: Final = 200
PORTION: Final = 500

# A slogan's id, and text[start:end] where it stands.
Place = tuple[int, int, int]


def list_wordings() -> list[tuple[str, int]]:
    """Return the registered wordings and variants, each with its slogan's id."""
    standing = SloganVariant.objects.filter(slogan__retired=False)
    return [
        *Slogan.objects.filter(registered=True).values_list("text", "pk"),
        *standing.values_list("text", "slogan_id"),
    ]


class Register:
    """The registered slogans with their variants, ready to be looked for in many texts.

    wordings are what to look for, each with its slogan's id; those of the database by default.
    """

    def __init__(self, wordings: Sequence[tuple[str, int]] | None = None) -> None:
        rows = list_wordings() if wordings is None else wordings
        self._ids = {fold_keeping_space(text): pk for text, pk in rows}
        # Others (两新) are looked for only where the parse found them quoted.
        self._bare = {_fold(text): pk for text, pk in rows if may_stand_bare(text)}
        self._index = PhraseIndex(self._bare)

    def holds(self, words: str) -> bool:
        """Return whether words are a registered wording."""
        return fold_keeping_space(words) in self._ids

    def name_all(self, found: Iterable[SloganMention]) -> dict[str, int]:
        """Return the slogan's id for each of the expressions that is registered, by its words."""
        return {
            one.text: self._ids[fold_keeping_space(one.text)]
            for one in found
            if self.holds(one.text)
        }

    def find_places(self, text: str) -> list[Place]:
        """Return (slogan id, start, end) wherever a registered wording stands as words.

        Marks inside it do not hide it: “三公”经费.
        """
        found: dict[int, set[tuple[int, int]]] = {}
        unmarked = Unmarked(text)
        for first, phrase in self._index.find_all(fold_keeping_space(unmarked.chars)):
            span = unmarked.find_span(first, first + len(phrase))
            if span and stands_alone(text, *span):
                found.setdefault(self._bare[phrase], set()).add(span)
        return [
            (slogan, start, end)
            for slogan, spans in found.items()
            for start, end in choose_longest(spans, len(text))
        ]


def _fold(text: str) -> str:
    """Return a wording without marks, by the table of equal characters, one for one."""
    return fold_keeping_space(drop_marks(text))


def record_mentions(
    revision: Revision, found: Iterable[SloganMention], register: Register | None = None
) -> int:
    """Store the revision's mentions anew; return how many; unknown slogans become new rows."""
    refused = read_refused(revision)
    return store_mentions(revision, find_mentions(revision.text, found, register, refused))


def find_mentions(
    text: str,
    found: Iterable[SloganMention],
    register: Register | None = None,
    refused: Collection[Span] = (),
) -> list[Place]:
    """Return where slogans stand in a text, in reading order; unknown ones become new rows.

    found is what find_slogans said of the text; the registered wordings are looked for here.
    """
    register = register or Register()
    known = _list_known(found, refused, register)
    ids = register.name_all(known)
    ids |= _add_unregistered([slogan for slogan in known if slogan.text not in ids])
    return _drop_places(list_places(text, known, ids, register), refused)


def locate_mentions(
    text: str,
    found: Iterable[SloganMention],
    register: Register,
    find_ids: Callable[[Sequence[str]], Mapping[str, int]],
    refused: Collection[Span] = (),
) -> list[Place]:
    """Return what find_mentions would, storing nothing.

    find_ids names the slogans that are not registered, by their words.
    """
    known = _list_known(found, refused, register)
    ids = register.name_all(known)
    ids |= find_ids([slogan.text for slogan in known if slogan.text not in ids])
    return _drop_places(list_places(text, known, ids, register), refused)


def find_ids(words: Sequence[str]) -> dict[str, int]:
    """Return the ids of the stored slogans that are worded so, by their words."""
    ids: dict[str, int] = {}
    # In portions, for a hostile text may hold more expressions than a query takes values.
    for at in range(0, len(words), PORTION):
        rows = Slogan.objects.filter(text__in=words[at : at + PORTION])
        ids |= dict(rows.values_list("text", "pk"))
    return ids


def read_mentions(revision: Revision) -> list[Place]:
    """Return where slogans stand in the revision's text, as stored, in reading order."""
    rows = revision.mentions.order_by("start", "end", "slogan_id")
    return list(rows.values_list("slogan_id", "start", "end"))


def nest_sections(revision: Revision) -> Nesting[Any]:
    """Return the revision's sections, to ask for the deepest one around a place."""
    # The revision goes along, or each section would be asked for it again.
    return Nesting(revision.sections.order_by("position").only("pk", "start", "end", "revision"))


@transaction.atomic(savepoint=False)
def store_mentions(revision: Revision, places: Iterable[Place]) -> int:
    """Store the mentions in place of the revision's, each with its section; return how many."""
    sections = nest_sections(revision)
    Mention.objects.filter(revision=revision).delete()
    mentions = [
        Mention(
            slogan_id=slogan,
            revision=revision,
            section=sections.find_deepest(start, end),
            start=start,
            end=end,
        )
        for slogan, start, end in places
    ]
    return len(Mention.objects.bulk_create(mentions))


def list_places(
    text: str, found: list[SloganMention], ids: dict[str, int], register: Register
) -> list[Place]:
    """Return (slogan id, start, end) in reading order; of a slogan's two wordings the longer."""
    places = register.find_places(text)
    places += [(ids[s.text], start, end) for s in found for start, end in s.mentions]
    longest: dict[tuple[int, int], int] = {}
    for slogan, start, end in places:
        longest[slogan, start] = max(end, longest.get((slogan, start), 0))
    return sorted(
        ((slogan, start, end) for (slogan, start), end in longest.items()),
        key=lambda place: (place[1], place[2], place[0]),
    )


def has_current_mentions(
    revision: Revision, found: Iterable[SloganMention], register: Register
) -> bool:
    """Return whether the stored mentions are those that text and registry give today."""
    refused = read_refused(revision)
    known = _list_known(found, refused, register)
    rows = revision.mentions.values_list("slogan__text", "slogan_id").distinct()
    ids = dict(rows) | register.name_all(known)
    if any(slogan.text not in ids for slogan in known):
        return False
    places = _drop_places(list_places(revision.text, known, ids, register), refused)
    return set(places) == set(read_mentions(revision))


def record_all() -> list[int]:
    """Record every current revision's mentions anew; return speech ids where they changed."""
    register = Register()
    speeches = Speech.objects.exclude(current=None).select_related("current").order_by("pk")
    changed = [
        speech.pk
        for speech in speeches.iterator(chunk_size=50)
        if speech.current and record_again(speech.current, register)
    ]
    drop_unmentioned()
    return changed


def drop_unmentioned(texts: Collection[str] = ()) -> int:
    """Delete slogans that no text mentions and nobody said anything of; return how many.

    Only those worded like one of the texts, where some are given.
    """
    unmentioned = Slogan.objects.filter(registered=False, mentions=None, variants=None)
    if texts:
        unmentioned = unmentioned.filter(text__in=texts)
    unmentioned = unmentioned.exclude(list_refused_slogans())
    # Their addresses were public.
    unmentioned = unmentioned.filter(retired=False, merged_into=None)
    gone = [slogan.pk for slogan in unmentioned if not list_decided(slogan)]
    return Slogan.objects.filter(pk__in=gone).delete()[0]


def _list_known(
    found: Iterable[SloganMention], refused: Collection[Span], register: Register
) -> list[SloganMention]:
    """Return the slogans, none too long, that are registered or offered as set expressions.

    They stand somewhere else than where they were refused.
    """
    return [
        slogan
        for slogan in found
        if len(slogan.text) <= LONGEST and any(span not in refused for span in slogan.mentions)
        if slogan.offered or register.holds(slogan.text)
    ]


def _drop_places(places: list[Place], refused: Collection[Span]) -> list[Place]:
    # A refused wording hides the shorter one inside it, too: they are one place.
    return [place for place in places if place[1:] not in refused]


def _add_unregistered(found: list[SloganMention]) -> dict[str, int]:
    rows = [Slogan(text=slogan.text, kind=slogan.kind) for slogan in found]
    Slogan.objects.bulk_create(rows, ignore_conflicts=True, batch_size=PORTION)
    return find_ids([slogan.text for slogan in found])


def record_again(revision: Revision, register: Register) -> bool:
    """Record the revision's mentions anew where they are no longer right; return whether so."""
    found = find_slogans(revision.text)
    if has_current_mentions(revision, found, register):
        return False
    record_mentions(revision, found, register)
    return True
