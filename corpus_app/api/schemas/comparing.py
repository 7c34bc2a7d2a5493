"""Two speeches, sentence by sentence."""

from __future__ import annotations

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.research.comparing.page import link_stretch
from corpus_app.research.comparing.rows import ComparedRow, RowKind
from corpus_app.research.comparing.speeches import ComparedSpeech, SpeechComparison
from corpus_app.research.comparing.tasks import Degree


class ComparedSpeechOut(Schema):
    """One of the two; characters without white space."""

    speech: int
    revision: int
    title: str
    date: str | None
    date_kind: str | None
    organisation: str | None
    characters: int
    sentences: int

    @classmethod
    def of(cls, one: ComparedSpeech, sentences: int) -> ComparedSpeechOut:
        """Return the speech."""
        day, body = one.speech.day, one.speech.organisation
        return cls(
            speech=one.speech.pk,
            revision=one.revision,
            title=one.speech.title,
            date=day.value or None,
            date_kind=day.kind or None,
            organisation=body.name if body else None,
            characters=one.characters,
            sentences=sentences,
        )


class ComparedStretch(Schema):
    """Words of a speech; the offsets count in the text of the revision that was compared."""

    start: int
    end: int
    text: str
    section: str | None
    url: str

    @classmethod
    def of(cls, side: ComparedSpeech, span: tuple[int, int] | None) -> ComparedStretch | None:
        """Return the stretch, None for none."""
        if span is None:
            return None
        part = side.finder.find(span)
        return cls(
            start=span[0],
            end=span[1],
            text=side.text[slice(*span)],
            section=part.key if part else None,
            url=link_stretch(side, span),
        )


class ComparedRowOut(Schema):
    """Sentences of both speeches, or of one, and what became of them."""

    number: int
    kind: RowKind = Field(
        description=gettext_noop("kept 未改，reworded 改写，moved 移位，dropped 删去，new 新增")
    )
    same: bool = Field(description=gettext_noop("两边文字相同，空白不计"))
    likeness: float = Field(description=gettext_noop("相近程度，0 到 1"))
    first: ComparedStretch | None
    second: ComparedStretch | None

    @classmethod
    def of(cls, comparison: SpeechComparison, row: ComparedRow) -> ComparedRowOut:
        """Return the row."""
        return cls(
            number=row.number,
            kind=row.kind,
            same=row.same,
            likeness=row.likeness,
            first=ComparedStretch.of(comparison.first, row.first),
            second=ComparedStretch.of(comparison.second, row.second),
        )


class NumberPairOut(Schema):
    """A number of the first speech and what it became, in the row of that number."""

    row: int
    name: str
    unit: str
    first: ComparedStretch
    second: ComparedStretch
    first_value: float
    second_value: float
    growth: float | None = Field(description=gettext_noop("增幅，0.25 为 25%；比例不算"))


class TaskMatchOut(Schema):
    """A sentence of the second speech that is like a task."""

    degree: Degree = Field(
        description=gettext_noop("close 很相近，alike 相近，slight 略相近；不是落实与否的证明")
    )
    likeness: float
    stretch: ComparedStretch


class TaskOut(Schema):
    """What the first speech said was to be done, and what the second says like it."""

    task: ComparedStretch
    matches: list[TaskMatchOut]


class SectionPairOut(Schema):
    """Parts of both, by section key and name, and the rows of each kind."""

    first: str | None
    first_name: str | None
    second: str | None
    second_name: str | None
    counts: dict[str, int]


class ComparisonOut(Schema):
    """Two speeches compared; numbers, tasks and parts come with the first page alone."""

    first: ComparedSpeechOut
    second: ComparedSpeechOut
    counts: dict[str, int] = Field(description=gettext_noop("各类句数"))
    total: int
    items: list[ComparedRowOut]
    numbers: list[NumberPairOut]
    tasks: list[TaskOut]
    parts: list[SectionPairOut]
    notes: list[str] = Field(description=gettext_noop("须留意的事，一句一条"))
    rule: str = Field(description=gettext_noop("怎样对照"))
    task_rule: str
    day: str
    next_cursor: str | None
    next: str | None


def list_numbers(comparison: SpeechComparison) -> list[NumberPairOut]:
    """Return the numbers that both speeches have."""
    found = []
    for one in comparison.numbers:
        first = ComparedStretch.of(comparison.first, one.first.span)
        second = ComparedStretch.of(comparison.second, one.second.span)
        assert first
        assert second
        found.append(
            NumberPairOut(
                row=one.row,
                name=one.name,
                unit=one.first.unit,
                first=first,
                second=second,
                first_value=float(one.first.value),
                second_value=float(one.second.value),
                growth=one.growth,
            )
        )
    return found


def list_tasks(comparison: SpeechComparison) -> list[TaskOut]:
    """Return the tasks of the first speech."""
    found = []
    for task in comparison.tasks:
        stretch = ComparedStretch.of(comparison.first, task.span)
        matches = [
            TaskMatchOut(degree=one.degree, likeness=one.likeness, stretch=there)
            for one in task.matches
            if (there := ComparedStretch.of(comparison.second, one.span))
        ]
        if stretch:
            found.append(TaskOut(task=stretch, matches=matches))
    return found


def list_parts(comparison: SpeechComparison) -> list[SectionPairOut]:
    """Return the parts of both speeches."""
    return [
        SectionPairOut(
            first=one.first.key if one.first else None,
            first_name=one.first.name if one.first else None,
            second=one.second.key if one.second else None,
            second_name=one.second.name if one.second else None,
            counts={str(kind): count for kind, count in one.counts.items()},
        )
        for one in comparison.sections
    ]
