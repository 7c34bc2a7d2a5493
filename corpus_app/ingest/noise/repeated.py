"""Lines that other files of the site repeat: a page's own, where they stand outside the speech."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import corpus_app.ingest.plausibility.titles as plausible
from corpus_app.ingest.dates import find_date
from corpus_app.ingest.metadata.label_cells import is_bare_label
from corpus_app.ingest.metadata.labels import read_labels
from corpus_app.ingest.metadata.names import is_name, is_office, is_organisation, split_office
from corpus_app.ingest.noise.page import NoisePage, PageLine
from corpus_app.ingest.noise.speech import find_body, is_salutation, is_title_like

if TYPE_CHECKING:
    from corpus_app.ingest.site import SiteEvidence

# A line that so many times fewer files hold than the page's commonest came there by chance: three
# speeches of one title among the site's thirty.
CHANCE: Final = 5
# The lines of a speech that others repeat, too: numbered headings, sentences, thanks, notes.
_OF_SPEECH: Final = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十百]+(?:[章条编篇节]|部分)"
    r"|.*[。！？!?；;，,：:”’…—][”’）)」』]*$|谢谢|同志|各位|尊敬的|附[件录：:]|注[释：:]?|名词解释|目\s*录$"
)


def remove_repeated(page: NoisePage, evidence: SiteEvidence) -> None:
    """Take the lines outside the speech that other files of the site hold as well (kind "site").

    The rule names the count: repeated:12/40 stands in 12 of 40 other files. What may be a title,
    a value of the head or the speech's own is left, however often it is repeated.
    """
    lines = page.list_free()
    first, last = find_body(lines)
    # 来源： and below it the name of the site, as on all its pages.
    values = {line.start for above, line in pairwise(lines) if is_bare_label(above.text)}
    found = [*_list_above(lines, first), *_list_below(lines, last)]
    most = max((evidence.count(line.text) for line in found), default=0)
    for line in found:
        count = evidence.count(line.text)
        spoken = is_salutation(line) or may_be_content(line) or line.start in values
        if evidence.is_repeated(line.text) and count * CHANCE >= most and not spoken:
            page.take(line.start, line.end, "site", f"repeated:{count}/{evidence.files}")


def may_be_content(line: PageLine) -> bool:
    """Say whether a line may be a title, a value of the head, or a line of the speech itself."""
    return _OF_SPEECH.match(line.text) is not None or _may_be_head(line)


def _may_be_head(line: PageLine) -> bool:
    text = line.text
    if is_title_like(line) or plausible.ends_as_document(text):
        return True
    if read_labels(text) or find_date(text):
        return True
    named = is_name(text) or is_office(text) or is_organisation(text)
    return named or split_office(text) is not None


def _list_above(lines: list[PageLine], first: int) -> Iterable[PageLine]:
    """Return the lines above the speech.

    Where no salutation opens it, an unnumbered heading may be its first line: then only lines
    above something that is certainly the head's.
    """
    if first < len(lines) and is_salutation(lines[first]):
        return lines[:first]
    heading = next((n for n in range(first) if _OF_SPEECH.match(lines[n].text)), first)
    known = [index for index in range(heading) if _may_be_head(lines[index])]
    return lines[: known[-1]] if known else []


def _list_below(lines: list[PageLine], last: int) -> Iterable[PageLine]:
    """Return the lines below the last one that is the speech's, or may be."""
    own = [i for i in range(last, len(lines)) if _OF_SPEECH.match(lines[i].text)]
    return lines[own[-1] + 1 if own else last :]
