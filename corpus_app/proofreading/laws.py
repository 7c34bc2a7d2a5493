"""Laws that a draft cites, against the texts at hand: title, article, and the words quoted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from corpus_app.laws.citations import CitedArticle, LawCitation, find_citations
from corpus_app.laws.collection import HeldArticle, HeldLaw, HeldVersion, LawCollection, name_day
from corpus_app.laws.titles import LAW_NAME, find_repealed, list_short_names
from corpus_app.proofreading.findings import DraftFinding, EvidencePassage
from corpus_app.proofreading.law_quotations import LawQuote, QuotedWords, list_law_quotes
from corpus_app.proofreading.sentences import cut_sentence
from corpus_app.text.numerals import write_count, write_quantity

# Of a law that is no more, these words tell its history.
_PAST: Final = ("原", "曾", "当时", "过去", "废止", "取代", "施行前", "施行之前", "时任")
_LONGEST_PROOF: Final = 600


@dataclass(slots=True)
class LawReview:
    """What the laws say of a draft.

    quoted are the spans quoted of laws, whether judged or not; missing are laws not at hand,
    unheld those whose text of the day is not, each as named in the draft.
    """

    findings: list[DraftFinding] = field(default_factory=list)
    quoted: list[tuple[int, int]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unheld: list[str] = field(default_factory=list)
    loaded: bool = False


def review_laws(text: str, day: date) -> LawReview:
    """Return what is to be said of the laws that a text cites, as of a day."""
    review = LawReview()
    laws = LawCollection()
    review.loaded = bool(laws)
    names = frozenset(list_short_names())
    for citation in find_citations(text, lambda words: words in laws or words in names):
        quotes = list(list_law_quotes(text, citation))
        if LAW_NAME.search(citation.title) or citation.articles:
            review.quoted += [(one.start, one.end) for one in quotes]
        if laws:
            _review_citation(text, citation, quotes, laws, day, review)
    return review


def _review_citation(
    text: str,
    citation: LawCitation,
    quotes: list[LawQuote],
    laws: LawCollection,
    day: date,
    review: LawReview,
) -> None:
    law = laws.find(citation.title)
    if law is None:
        told = _tell_unknown(text, citation, laws, day)
        if told is not None:
            review.findings.append(told)
        elif citation.articles:
            review.missing.append(citation.title)
        return
    if not citation.articles and not quotes:
        return
    version = law.choose_version(day)
    if version is None:
        review.unheld.append(citation.title)
        return
    review.findings += _check_articles(text, citation, law, version, day)
    for quote in quotes:
        told = _check_quote(quote, citation, law, version)
        if told is not None:
            review.findings.append(told)


def _tell_unknown(
    text: str, citation: LawCitation, laws: LawCollection, day: date
) -> DraftFinding | None:
    """Return what is told of a law not at hand: repealed, or the slip of a name; else None."""
    start, end = citation.start, citation.name_end
    words = text[start:end]
    repealed = find_repealed(citation.title)
    if repealed is not None:
        sentence = cut_sentence(text, start, citation.end)
        if not citation.articles or day.isoformat() < repealed.day:
            return None
        if any(word in sentence for word in _PAST):
            return None
        since, now = name_day(repealed.day), repealed.successor
        message = f"《{repealed.name}》自{since}起已经废止，现为《{now}》。"
        return DraftFinding("law", start, end, words, message, None, 0.9)
    near = laws.suggest(citation.title) if LAW_NAME.search(citation.title) else None
    if near is None or any(word in cut_sentence(text, start, end) for word in _PAST):
        return None
    state = "中华人民共和国"
    name = near if citation.title.startswith(state) else near.removeprefix(state)
    message = f"没有查到名为《{citation.title}》的法律法规，名称相近的是《{near}》。"
    proof = EvidencePassage(near, f"《{near}》")
    suggestion = f"《{name}》" if words.startswith("《") else name
    return DraftFinding("law", start, end, words, message, suggestion, 0.85, (proof,))


def _check_articles(
    text: str, citation: LawCitation, law: HeldLaw, version: HeldVersion, day: date
) -> Iterator[DraftFinding]:
    """Yield the cited articles, paragraphs and items that the law does not have.

    What is adopted already but not in force yet is spoken of, too: nothing is told then.
    """
    coming = [one for one in law.versions if version.since < one.since and one.day]
    if any(one.day <= day.isoformat() < one.since for one in coming):
        return
    for cited in citation.articles:
        article = version.articles.get((cited.number, cited.branch))
        message = (
            _say_without_parts(cited, article)
            if article
            else _say_without_article(cited, law, version)
        )
        if message:
            start, end = cited.start, cited.end
            last = article or list(version.articles.values())[-1]
            proof = prove_article(version, last)
            yield DraftFinding("law", start, end, text[start:end], message, None, 0.95, (proof,))


def _say_without_article(cited: CitedArticle, law: HeldLaw, version: HeldVersion) -> str:
    """Return what is said of an article that the law does not have on the day."""
    name = _name_cited(cited)
    last = list(version.articles.values())[-1].name
    older = [one for one in law.versions if (cited.number, cited.branch) in one.articles]
    message = f"{version.name}没有{name}，最后一条是{last}。"
    if not older:
        return message
    other = older[-1]
    return f"{message}{name}见于{name_day(other.day)}的文本。" if other.day else message


def _say_without_parts(cited: CitedArticle, article: HeldArticle) -> str:
    """Return what is said of a paragraph or item that an article does not have, "" for nothing."""
    paragraphs = article.paragraphs
    if cited.paragraphs and max(cited.paragraphs) > len(paragraphs):
        return f"{article.name}只有{write_quantity(len(paragraphs))}款。"
    named = [paragraphs[n - 1] for n in cited.paragraphs] or list(paragraphs)
    items = max((len(items) for _, items in named), default=0)
    if cited.items and max(cited.items) > items:
        where = f"第{write_count(cited.paragraphs[-1])}款" if cited.paragraphs else ""
        count = f"只有{write_quantity(items)}项" if items else "没有分项"
        return f"{article.name}{where}{count}。"
    return ""


def _check_quote(
    quote: LawQuote, citation: LawCitation, law: HeldLaw, version: HeldVersion
) -> DraftFinding | None:
    """Return what is told of words quoted of a law, None where they stand as they are cited."""
    words = QuotedWords(quote)
    if not words.is_long or not version.articles:
        return None
    cited = _list_cited(citation, version)
    holding = words.find_all(version.articles.values())
    if any(one in holding for one in cited):
        return _check_paragraph(words, citation, version, [o for o in holding if o in cited])
    if holding:
        return _tell_other_article(quote, citation, version, holding[0])
    other = _find_other_text(words, law, version)
    near = words.find_nearest(cited) or words.find_nearest(version.articles.values())
    if other is not None:
        return _tell_other_text(quote, law, version, other, near)
    if near is not None:
        article, wording = near
        message = f"与{version.name}{article.name}的条文不一致。"
        if article not in cited:
            message = f"与条文不一致；相近的话在{version.name}{article.name}。"
        proof = prove_article(version, article, wording)
        return _tell(quote, message, wording, 0.9 if quote.marked else 0.7, (proof,))
    if not quote.marked or not quote.claimed:
        return None
    where = "、".join(one.name for one in cited[:1]) if citation.articles else ""
    message = f"{version.name}{where}没有这句话，请核对。"
    return _tell(quote, message, None, 0.6, tuple(prove_article(version, o) for o in cited[:1]))


def _list_cited(citation: LawCitation, version: HeldVersion) -> list[HeldArticle]:
    """Return the articles that a citation names; all of them where it names the law alone."""
    if not citation.articles:
        return list(version.articles.values())
    return [
        article
        for (number, branch), article in version.articles.items()
        if any(
            one.number <= number <= one.last and (branch == one.branch or one.last > one.number)
            for one in citation.articles
        )
    ]


def _check_paragraph(
    words: QuotedWords, citation: LawCitation, version: HeldVersion, holding: list[HeldArticle]
) -> DraftFinding | None:
    """Return what is told where the article is right and the paragraph named is another."""
    if len(citation.articles) != 1 or len(citation.articles[0].paragraphs) != 1:
        return None
    paragraphs = ["\n".join([line, *items]) for line, items in holding[0].paragraphs]
    numbers = [n for n, line in enumerate(paragraphs, 1) if words.stand_in(line)]
    named = citation.articles[0].paragraphs[0]
    if not numbers or named in numbers or named > len(paragraphs):
        return None
    message = (
        f"这句话在{holding[0].name}第{write_count(numbers[0])}款，不在第{write_count(named)}款。"
    )
    proof = prove_article(version, holding[0], paragraphs[numbers[0] - 1])
    return _tell(words.quote, message, None, 0.9, (proof,))


def _tell_other_article(
    quote: LawQuote, citation: LawCitation, version: HeldVersion, article: HeldArticle
) -> DraftFinding | None:
    if not quote.claimed and not quote.marked:
        return None
    cited = _name_cited(citation.articles[0])
    message = f"这句话在{version.name}{article.name}，不在{cited}。"
    return _tell(quote, message, None, 0.9, (prove_article(version, article),))


def _find_other_text(
    words: QuotedWords, law: HeldLaw, version: HeldVersion
) -> tuple[HeldVersion, HeldArticle] | None:
    """Return another text of the law that holds the words, the newest that is not in force."""
    for other in reversed(law.versions):
        if other.pk != version.pk and (found := words.find_all(other.articles.values())):
            return other, found[0]
    return None


def _tell_other_text(
    quote: LawQuote,
    law: HeldLaw,
    version: HeldVersion,
    other: tuple[HeldVersion, HeldArticle],
    near: tuple[HeldArticle, str] | None,
) -> DraftFinding:
    text, article = other
    follows = law.find_end(text)
    if law.versions.index(text) > law.versions.index(version):
        message = f"这是{text.name}{article.name}的话，自{name_day(text.since)}起才施行。"
    else:
        since = name_day(follows.since) if follows and follows.since else ""
        message = f"这是{text.name}{article.name}的话，自{since}起条文已经改动。"
    proofs = [prove_article(text, article)]
    if near is not None:
        message += f"现为{near[0].name}：“{near[1]}”。"
        proofs.insert(0, prove_article(version, *near))
    return _tell(quote, message, near[1] if near else None, 0.95, tuple(proofs))


def prove_article(version: HeldVersion, article: HeldArticle, words: str = "") -> EvidencePassage:
    """Return the proof that an article has some words, or all of its own where none are named."""
    shown = words or article.text
    shown = shown if len(shown) <= _LONGEST_PROOF else shown[:_LONGEST_PROOF] + "…"
    return EvidencePassage(shown, f"{version.name}{article.name}", version.day)


def _name_cited(cited: CitedArticle) -> str:
    branch = f"之{write_count(cited.branch)}" if cited.branch else ""
    return f"第{write_count(cited.number)}条{branch}"


def _tell(
    quote: LawQuote,
    message: str,
    suggestion: str | None,
    confidence: float,
    proofs: tuple[EvidencePassage, ...],
) -> DraftFinding:
    return DraftFinding(
        "law", quote.start, quote.end, quote.words, message, suggestion, confidence, proofs
    )
