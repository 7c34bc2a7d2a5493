"""A passage as readers copy or download it: quoted, referenced, as BibTeX and so on.

What is written here goes into documents, so it is Chinese whatever the interface speaks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.days import write_day
from corpus_app.catalog.limits import STRICTEST_MARKS
from corpus_app.catalog.models import Speech
from corpus_app.catalog.text_warnings import describe_gaps, list_span_warnings
from corpus_app.desk.citation import (
    EXPORTS,
    CitedSpeech,
    Item,
    export_item,
    format_author_date,
    format_footnote,
    format_numeric,
    format_reference,
    make_speech_item,
    to_full_width,
)
from corpus_app.desk.citation.exports import quote_markdown
from corpus_app.desk.citation.speech_item import list_notices
from corpus_app.desk.passages import Passage

Edition = Literal["2025", "2015"]
Style = Literal["numeric", "author-date"]
EDITIONS: Final = (("2025", _("2025 版")), ("2015", _("2015 版")))
STYLES: Final = (("numeric", _("顺序编码")), ("author-date", _("著者-出版年")))
# In the order of the menu; the first is what a first copy takes.
LABELS: Final = {
    "sourced": _("文字附出处"),
    "plain": _("纯文字"),
    "quotation": _("引文与参考文献"),
    "reference": _("参考文献"),
    "footnote": _("脚注"),
    "markdown": _("Markdown"),
    "bibtex": _("BibTeX"),
    "ris": _("RIS"),
    "csl-json": _("CSL-JSON（Zotero）"),
}
_LICENCE: Final = "授权说明："
_SAMPLE: Final = "示例文稿，内容均为虚构，不得引用为依据。"
_TITLE: Final = "原文件没有标题，标题系代拟。"


@dataclass(frozen=True)
class Options:
    """How a passage is to be cited."""

    edition: Edition = "2025"
    style: Style = "numeric"
    full_width: bool = False
    link: bool = True

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Options:
        """Read edition, style, full_width and link; what is not known counts as unset."""
        edition, style = params.get("edition", ""), params.get("style", "")
        return cls(
            edition=cast(Edition, edition if edition in dict(EDITIONS) else "2025"),
            style=cast(Style, style if style in dict(STYLES) else "numeric"),
            full_width=params.get("full_width", "") in ("1", "on"),
            link=params.get("link", "1") not in ("0", "off"),
        )


@dataclass(frozen=True)
class Form:
    """The passage in one form, ready to be pasted."""

    key: str
    label: str
    text: str


def describe_speech(speech: Speech, *, accessed: str = "", permalink: str = "") -> CitedSpeech:
    """Return what a citation needs of a speech; accessed is the ISO day it was read."""
    return CitedSpeech(
        title=speech.title,
        subtitle=speech.subtitle,
        title_inferred=speech.title_inferred,
        speaker=speech.speaker.name if speech.speaker else "",
        organisations=(speech.organisation.name,) if speech.organisation else (),
        date=speech.delivered,
        published=speech.published or speech.updated,
        source_name=speech.source.name if speech.source else "",
        url=speech.source_url,
        permalink=permalink,
        accessed=accessed,
        genre=speech.genre,
        level=speech.level,
        place=speech.place,
        occasion=speech.occasion,
        completeness=speech.completeness,
        is_verified=speech.status == Speech.Status.PUBLISHED,
        key=f"yanku-{speech.pk}",
    )


def list_passage_notices(passage: Passage) -> list[str]:
    """Return what whoever uses the passage must know: gaps, slips, unverified or made-up text."""
    record = describe_speech(passage.speech)
    if passage.gaps:
        # The gap in the words themselves says more than the one somewhere in the speech.
        record = replace(record, completeness="complete")
    warnings = list_span_warnings(passage.revision, passage.start, passage.end)
    notices = [describe_gaps(passage.gaps), *list_notices(record), *warnings]
    own = _list_own_notices(passage.speech)
    return [*list_terms(passage.speech), *(notice for notice in notices if notice), *own]


def list_speech_notices(speech: Speech) -> list[str]:
    """Return what whoever uses a speech must know of it as a whole, but for its terms."""
    return [*list_notices(describe_speech(speech)), *_list_own_notices(speech)]


def _list_own_notices(speech: Speech) -> list[str]:
    return [*([_TITLE] if speech.title_inferred else []), *([_SAMPLE] if speech.is_sample else [])]


def list_terms(speech: Speech) -> list[str]:
    """Return on what terms a speech may be used: who alone may have it, and its licence note."""
    mark, licence = speech.limit.mark, speech.licence.strip().removesuffix("。")
    return [*([f"{mark}。"] if mark else []), *([f"{_LICENCE}{licence}。"] if licence else [])]


def is_term(notice: str) -> bool:
    """Return whether a notice is one of those that list_terms makes."""
    return notice.removesuffix("。") in STRICTEST_MARKS or notice.startswith(_LICENCE)


def make_item(record: CitedSpeech, notices: Sequence[str]) -> Item:
    """Return the CSL item of a passage's speech; notices and the permalink are its note."""
    item = make_speech_item(record)
    link = f"言库链接：{record.permalink}" if record.permalink else ""
    note = "\n".join([*notices, *([link] if link else [])])
    fields = {key: value for key, value in item.fields.items() if key != "note"}
    return replace(item, fields={**fields, "note": note} if note else fields)


def write_forms(passage: Passage, permalink: str, accessed: str, options: Options) -> list[Form]:
    """Return the passage in every form that LABELS names."""
    notices = list_passage_notices(passage)
    record = describe_speech(passage.speech, accessed=accessed, permalink=permalink)
    item = make_item(record, notices)
    words = passage.marked_words
    words = to_full_width(words) if options.full_width else words
    tail = [*notices, *([permalink] if options.link else [])]
    texts = {
        "plain": _stack(words, tail),
        "sourced": f"{words}\n（{'；'.join([_name_source(passage), *_unstop(tail)])}）",
        "quotation": _stack(_write_quotation(words, item, options), tail),
        "reference": _stack(
            format_reference(item, edition=options.edition, style=options.style), tail
        ),
        "footnote": _stack(f"{words}①\n\n{_write_footnote(item, options)}", tail),
        "markdown": _write_markdown(words, item, tail, options),
        **{key: export_item(item, key) for key in ("bibtex", "ris", "csl-json")},
    }
    return [Form(key, str(label), texts[key].strip()) for key, label in LABELS.items()]


def write_download(
    passage: Passage, permalink: str, accessed: str, form: str, options: Options
) -> str:
    """Return the passage's reference as a file's content; form is a key of EXPORTS."""
    record = describe_speech(passage.speech, accessed=accessed, permalink=permalink)
    item = make_item(record, list_passage_notices(passage))
    return EXPORTS[form].write([item], options.edition)


def _name_source(passage: Passage) -> str:
    """Return 《title》，who，when，which part, as prose gives a source."""
    speech = passage.speech
    record = describe_speech(speech)
    item = make_speech_item(record)
    author = "、".join(name.join() for name in item.get_names("author"))
    part = "".join(quote_words(step) for step in passage.path[-1:])
    # Inside 《》 stand 〈〉 (GB/T 15834).
    title = speech.title.translate(str.maketrans("《》", "〈〉"))
    pieces = [f"《{title}》", author, write_day(speech.day), part and f"{part}部分"]
    return "，".join(piece for piece in pieces if piece)


def _unstop(sentences: Sequence[str]) -> list[str]:
    return [sentence.removesuffix("。") for sentence in sentences]


def _stack(text: str, tail: Sequence[str]) -> str:
    return "\n".join([text, *tail])


def quote_words(words: str) -> str:
    """Return the words in “ ”, those in them in ‘ ’; several paragraphs stand as a block."""
    if "\n" in words.strip():
        return words
    inner = words.strip().translate(str.maketrans("“”‘’", "‘’“”"))
    return f"“{inner}”"


def _write_quotation(words: str, item: Item, options: Options) -> str:
    if options.style == "author-date":
        mark = format_author_date(item, edition=options.edition)
    else:
        mark = format_numeric([1])
    return f"{quote_words(words)}{mark}\n\n{_write_reference(item, options)}"


def _write_reference(item: Item, options: Options) -> str:
    number = 1 if options.style == "numeric" else None
    return format_reference(item, edition=options.edition, style=options.style, number=number)


def _write_footnote(item: Item, options: Options) -> str:
    return format_footnote(item, edition=options.edition, mark="①")


def _write_markdown(words: str, item: Item, tail: Sequence[str], options: Options) -> str:
    quoted = quote_markdown(words, item, edition=options.edition).rstrip()
    links = [f"<{line}>" if line.startswith("http") else line for line in tail]
    return "\n\n".join([quoted, *links])
