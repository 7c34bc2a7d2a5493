"""Every speech with its current revision: outline, tags, slogans, fingerprint."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.revisions import store_sections
from corpus_app.ingest.outline import split_sections
from corpus_app.ingest.slogans import find_slogans
from corpus_app.intake.checking.finding import Finding
from corpus_app.intake.checking.outline import find_outline_faults, is_traceable
from corpus_app.intake.indexing import index_on_commit
from corpus_app.intake.quality.flags import has_current_flags
from corpus_app.intake.revisions.derived import derive
from corpus_app.intake.text_reuse.duplicates import is_fingerprint_stored
from corpus_app.intake.text_reuse.fingerprints import take_fingerprint
from corpus_app.slogans.mentions import Register, has_current_mentions
from corpus_app.slogans.sentences import has_current_sentences
from corpus_app.themes.matching import TermMatcher
from corpus_app.themes.tagging import has_current_tags, load_matcher

WORDS = {
    "section_out_of_range": gettext_lazy("章节位置超出正文"),
    "gap_out_of_range": gettext_lazy("缺失位置超出正文"),
    "child_outside_parent": gettext_lazy("下级章节不在上级章节之内"),
    "siblings_overlap": gettext_lazy("同级章节相互重叠"),
    "text_uncovered": gettext_lazy("有正文不属于任何章节"),
}


def check_speeches(*, repair: bool) -> Iterator[Finding]:
    """Yield what is wrong with each speech; with repair, derive again what can be."""
    matcher, register = load_matcher(), Register()
    speeches = Speech.objects.select_related("current").order_by("pk")
    for speech in speeches.iterator(chunk_size=50):
        if speech.current is None:
            message = _("讲话没有现行版本：%(title)s") % {"title": speech.title}
            yield Finding("speeches", "no_revision", message, speech.pk)
            continue
        if not speech.current.has_raw:
            yield _tell_untraceable(speech)
            continue
        yield from _check_text(speech, speech.current)
        yield from _check_outline(speech, speech.current, repair=repair)
        yield from _check_derived(speech, speech.current, matcher, register, repair=repair)


def _check_text(speech: Speech, revision: Revision) -> Iterator[Finding]:
    if not is_traceable(revision):
        yield _tell_untraceable(speech)


def _tell_untraceable(speech: Speech) -> Finding:
    message = _("正文与原文扣除剔除内容后不一致：%(title)s") % {"title": speech.title}
    return Finding("speeches", "untraceable", message, speech.pk)


def _check_outline(speech: Speech, revision: Revision, *, repair: bool) -> Iterator[Finding]:
    faults = list(find_outline_faults(revision))
    mended = False
    if faults and repair:
        _derive_outline(revision)
        mended = not list(find_outline_faults(revision))
    for code in faults:
        message = f"{WORDS[code]}：{speech.title}"
        yield Finding("outline", code, message, speech.pk, repaired=mended)


def _check_derived(
    speech: Speech, revision: Revision, matcher: TermMatcher, register: Register, *, repair: bool
) -> Iterator[Finding]:
    found = find_slogans(revision.text)
    fingerprint = take_fingerprint(revision.text)
    values = {"title": speech.title}
    outdated = []
    if not has_current_tags(revision, matcher):
        outdated.append(("tags_outdated", _("主题标注与主题词不一致：%(title)s") % values))
    if not has_current_mentions(revision, found, register):
        outdated.append(("mentions_outdated", _("提法记录与正文不一致：%(title)s") % values))
    if not has_current_sentences(revision):
        outdated.append(("sentences_outdated", _("排比句记录与正文不一致：%(title)s") % values))
    if not is_fingerprint_stored(speech, fingerprint):
        outdated.append(("fingerprint_outdated", _("正文指纹缺失或过时：%(title)s") % values))
    if not has_current_flags(speech, revision):
        outdated.append(("doubts_outdated", _("疑点未评估或已过时：%(title)s") % values))
    if outdated and repair:
        derive(speech, slogans=found)
    for code, message in outdated:
        yield Finding("derived", code, message, speech.pk, repaired=repair)


@transaction.atomic
def _derive_outline(revision: Revision) -> None:
    gaps = [gap.offset for gap in revision.gaps.all() if gap.offset <= len(revision.text)]
    revision.sections.all().delete()
    store_sections(revision, split_sections(revision.text, gaps))
    index_on_commit(revision.speech_id)
