"""A Word file with a comment at each finding, everything else as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus_app.proofreading.findings import DraftFinding, EvidencePassage
from corpus_app.proofreading.word_file import MarkedFile, part_runs

AUTHOR: Final = "言库校稿"
INITIALS: Final = "校"


def comment_docx(data: bytes, text: str, findings: Sequence[DraftFinding]) -> tuple[bytes, int]:
    """Return the file with a comment at each finding, and how many found no place in it.

    text is what the findings point into. Words keep their formatting; a run is parted where a
    finding begins or ends inside it. A finding over several paragraphs is marked in the first;
    those without a place (in boxes) are told at the first words. Raises NotWordError.
    """
    file = MarkedFile(data, text)
    lost: list[DraftFinding] = []
    for one in sorted(findings, key=lambda f: -f.start):
        if not add_comment(file, one):
            lost.insert(0, one)
    tell_lost(file, lost)
    return file.save(), len(lost)


def add_comment(file: MarkedFile, one: DraftFinding) -> bool:
    """Put a comment at a finding; False where it has no place in the file."""
    start, end = file.find(one.start, one.end)
    if end <= start:  # a blank alone has no place of its own: its neighbours have
        start, end = file.find(max(0, one.start - 1), one.end + 1)
    line = file.find_line(start)
    runs = part_runs(line, start, min(end, line.end)) if line and end > start else []
    if runs:
        file.document.add_comment(runs, _write(one), AUTHOR, INITIALS)
    return bool(runs)


def tell_lost(file: MarkedFile, lost: Sequence[DraftFinding]) -> None:
    """Put what has no place of its own into a comment at the first words."""
    first = next((line.runs[0][0] for line in file.lines if line.runs), None)
    if lost and first is not None:
        words = "\n".join(f"“{one.text}”：{_write(one)}" for one in lost)
        file.document.add_comment(first, f"以下各处在文中标不出位置：\n{words}", AUTHOR, INITIALS)


def _write(one: DraftFinding) -> str:
    words = [one.message]
    if one.suggestion is not None:
        words.append(f"建议：{one.suggestion or '删去'}")
    words += [f"依据：{_cite(proof)}" for proof in one.evidence[:2] if proof.title]
    return "\n".join(words)


def _cite(proof: EvidencePassage) -> str:
    title = proof.title if proof.speech is None else f"《{proof.title}》"
    return f"{title}（{proof.date}）" if proof.date else title
