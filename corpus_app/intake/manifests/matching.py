"""Which stored speech a row of a table is of: by number, sum, file name or title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.identity.folding import fold_words
from corpus_app.catalog.models import Revision, Speech, SpeechAlias, Upload
from corpus_app.ingest.draft import DATES
from corpus_app.intake.manifests.filing import fold_path, list_names
from corpus_app.intake.manifests.reading import ManifestRow

# Of speeches of one name, so many are looked at for what tells them apart.
_COMPARED: Final = 50
# By what else in a row speeches of one name are told apart.
_TELLING: Final = ("title", "subtitle", "speaker", "organisation", *DATES, "source_url")
_TOLD: Final = 5


@dataclass(frozen=True)
class RowMatch:
    """The speech of a row and by what it was found; without one, the reason in words."""

    speech: int | None = None
    by: str = ""
    reason: str = ""


class SpeechFinder:
    """Finds the speeches of rows; each kind of name is read from the database once."""

    def find(self, row: ManifestRow) -> RowMatch:
        """Return the one speech that the row names, or why there is none."""
        if row.speech is not None:
            return self._find_number(row)
        for by, found in (
            (_("校验值"), self._sums.get(row.sha256, set())),
            (_("文件名"), self._find_files(row.file_name)),
        ):
            if found:
                return self._choose(row, found, by)
        if row.file or row.sha256:
            return RowMatch(reason=_("库中没有来自这个文件的讲话"))
        title = row.values.get("title", "")
        if not title:
            return RowMatch(reason=_("没有写明是哪一篇：编号、文件名、标题都是空的"))
        found = self._titles.get(fold_words(title), set())
        if not found:
            return RowMatch(reason=_("库中没有这个标题的讲话"))
        return self._choose(row, found, _("标题"))

    def are_foreign(self, rows: Iterable[ManifestRow]) -> bool:
        """Return whether the numbers of a table are its own: they lead elsewhere than its names."""
        ours = theirs = 0
        for row in rows:
            found = self._find_files(row.file_name) | self._sums.get(row.sha256, set())
            found = found or self._titles.get(fold_words(row.values.get("title", "")), set())
            if row.speech is None or not found:
                continue
            number = self._aliases.get(row.speech, row.speech)
            ours, theirs = ours + (number in found), theirs + (number not in found)
        return theirs > ours

    def _find_number(self, row: ManifestRow) -> RowMatch:
        number = row.speech or 0
        number = self._aliases.get(number, number)
        if number not in self._statuses:
            return RowMatch(reason=_("没有编号为 %(id)d 的讲话") % {"id": row.speech})
        # A number of another store leads to any speech: where a file is named, it must be its.
        names = self._files_of.get(number, set())
        other_file = bool(row.file) and list_names(row.file)[0] not in names
        other_sum = bool(row.sha256) and number not in self._sums.get(row.sha256, set())
        if other_file or other_sum:
            message = _("编号 %(id)d 的讲话不是来自这个文件，表格可能出自别的库")
            return RowMatch(reason=message % {"id": row.speech})
        return RowMatch(number, _("编号"))

    def _find_files(self, path: str) -> set[int]:
        """Return the speeches that came in a file of this name; an ending may be left out."""
        whole = self._files.get(list_names(path)[0], set()) if path else set()
        folded = fold_path(path)
        if len(whole) > 1 and "/" in folded:
            came = Speech.objects.filter(pk__in=whole).values_list("pk", "batch_files__path")
            within = {pk for pk, came_as in came if _ends_with(fold_path(came_as or ""), folded)}
            return within or whole
        return whole

    def _choose(self, row: ManifestRow, found: Iterable[int], by: str) -> RowMatch:
        shown = {pk for pk in found if self._statuses.get(pk) != Speech.Status.WITHDRAWN}
        candidates = shown or set(found)
        if len(candidates) > 1:
            candidates = _tell_apart(row, candidates) or candidates
        if len(candidates) == 1:
            return RowMatch(candidates.pop(), by)
        listed = sorted(candidates)
        numbers = _("、").join(map(str, listed[:_TOLD])) + ("…" if len(listed) > _TOLD else "")
        message = _("%(by)s对应 %(count)d 篇（编号 %(ids)s），请在表中写明编号")
        return RowMatch(reason=message % {"by": by, "count": len(listed), "ids": numbers})

    @cached_property
    def _statuses(self) -> dict[int, str]:
        return dict(Speech.objects.order_by().values_list("pk", "status"))

    @cached_property
    def _aliases(self) -> dict[int, int]:
        return dict(SpeechAlias.objects.values_list("old_id", "speech_id"))

    @cached_property
    def _uploads(self) -> list[tuple[int, str, str]]:
        """Speech, file name and sum of every file, copies with them."""
        rows = Revision.objects.order_by().values_list(
            "speech_id", "upload__name", "upload__sha256"
        )
        copies = Upload.objects.order_by().exclude(copy_of=None)
        return [*rows.distinct(), *copies.values_list("copy_of_id", "name", "sha256")]

    @cached_property
    def _sums(self) -> Mapping[str, set[int]]:
        return _gather((sha256, pk) for pk, _name, sha256 in self._uploads)

    @cached_property
    def _files(self) -> Mapping[str, set[int]]:
        return _gather((n, pk) for pk, name, _sum in self._uploads for n in list_names(name))

    @cached_property
    def _files_of(self) -> Mapping[int, set[str]]:
        found: defaultdict[int, set[str]] = defaultdict(set)
        for pk, name, _sum in self._uploads:
            found[pk].update(list_names(name))
        return found

    @cached_property
    def _titles(self) -> Mapping[str, set[int]]:
        rows = Speech.objects.order_by().values_list("title", "pk")
        return _gather((fold_words(title), pk) for title, pk in rows.iterator())


def _gather(pairs: Iterable[tuple[str, int]]) -> Mapping[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for key, pk in pairs:
        if key:
            found[key].add(pk)
    return dict(found)


def _ends_with(path: str, end: str) -> bool:
    return path == end or path.endswith(f"/{end}")


def _tell_apart(row: ManifestRow, candidates: set[int]) -> set[int]:
    """Return the one candidate that alone has a value of the row; nothing where two say so.

    Other values may differ: they are what the row corrects.
    """
    if len(candidates) > _COMPARED:
        return set()
    speeches = Speech.objects.filter(pk__in=candidates).with_parties()
    present = {speech.pk: read_fields(speech) for speech in speeches}
    alone: set[int] = set()
    for name in _TELLING:
        said = row.values.get(name, "")
        agreeing = {pk for pk in present if _is_same(name, said, present[pk][name])}
        alone |= agreeing if len(agreeing) == 1 else set()
    return alone if len(alone) == 1 else set()


def _is_same(name: str, said: str, present: str) -> bool:
    if not (said and present):
        return False
    if name in DATES:
        return said.startswith(present) or present.startswith(said)
    return fold_words(said) == fold_words(present)
