"""Which of two texts is the fuller one."""

import pytest

from corpus_app.catalog.models import Speech
from corpus_app.intake.text_reuse.fullness import Fullness, judge_fuller

COMPLETE, GAPPED, TRUNCATED = (
    Speech.Completeness.COMPLETE,
    Speech.Completeness.GAPPED,
    Speech.Completeness.TRUNCATED,
)


def text(
    completeness: str = COMPLETE, signs: int = 4000, gaps: int = 0, missing: int = 0
) -> Fullness:
    return Fullness(Speech(completeness=completeness), signs, gaps, missing)


@pytest.mark.parametrize(
    ("better", "worse", "words"),
    [
        (text(), text(GAPPED, 3600, 1), "完整，另一篇中间有缺失"),
        (text(GAPPED, 3900, 1), text(TRUNCATED, 3000, 1), "正文多 900 字"),
        (text(GAPPED, 3900, 1), text(GAPPED, 3900, 3), "缺失 1 处，另一篇 3 处"),
        (text(missing=0), text(missing=2), "预告的要点缺 0 个，另一篇缺 2 个"),
        (text(signs=4000), text(signs=900), "正文多 3100 字"),
        # A digest is complete, and yet says less than a copy with a part hidden.
        (text(GAPPED, 3600, 1), text(COMPLETE, 800), "正文多 2800 字"),
    ],
)
def test_the_fuller_text_is_named_with_the_reason(
    better: Fullness, worse: Fullness, words: str
) -> None:
    for pair in ((better, worse), (worse, better)):
        fuller = judge_fuller(*pair)
        assert fuller.speech is better.speech
        assert words in "；".join(fuller.reasons)


def test_a_few_characters_more_decide_nothing() -> None:
    fuller = judge_fuller(text(signs=4000), text(signs=4010))
    assert fuller.speech is None
    assert fuller.reasons
