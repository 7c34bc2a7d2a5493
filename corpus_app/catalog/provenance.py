"""By what speeches of one title are told apart in a list: file, site, first words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from corpus_app.catalog.models import Speech
from corpus_app.text.chars import shorten

# So much of a text is read to find its first words, and so much of them is shown.
READ: Final = 400
SHOWN: Final = 48
# 各位代表： at the head of every speech says nothing of this one.
_GREETED: Final = "同志|代表|委员|领导|朋友|女士|先生|来宾|嘉宾|大家|各位|主席|主任|书记"
_SALUTATION: Final = re.compile(
    rf"\s*[^。！？；：!?;:\n]{{0,50}}(?:{_GREETED})[^。！？；：，!?;:,\n]{{0,4}}[：:]\s*"
)


@dataclass(frozen=True)
class Provenance:
    """The name of the file that the present text came in, its site, and its first words.

    The site is the source's name, else the host of its address; each is "" where not known.
    """

    file: str = ""
    site: str = ""
    words: str = ""


UNKNOWN: Final = Provenance()


def read_provenances(speech_ids: Iterable[int]) -> dict[int, Provenance]:
    """Return the provenance of each of the speeches by id, in one query."""
    rows = Speech.objects.filter(pk__in=set(speech_ids)).order_by()
    fields = rows.values_list(
        "pk",
        "current__upload__name",
        "source__name",
        "source_url",
        "current__text",
    )
    return {
        pk: Provenance(file or "", source or find_host(url), find_first_words((text or "")[:READ]))
        for pk, file, source, url, text in fields
    }


def find_host(url: str) -> str:
    """Return the host of a web address, "" where it has none.

    >>> find_host("https://www.example.gov.cn/a/1.html")
    'example.gov.cn'
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def find_first_words(text: str) -> str:
    """Return the first words of a text behind its salutations, on one line.

    >>> find_first_words("各位代表：\\n现在，我报告工作。")
    '现在，我报告工作。'
    """
    at = 0
    while (match := _SALUTATION.match(text, at)) and match.end() < len(text):
        at = match.end()
    return shorten(text[at:], SHOWN)
