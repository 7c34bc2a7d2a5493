"""Which lines are the speech itself: what every step must leave alone, and where it ends."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from corpus_app.ingest.noise.page import PageLine
from corpus_app.ingest.rule_files import read_rules

# The listeners' applause may stand behind the end.
SENTENCE = re.compile(r"[。！？!?；;][”’）)」』]*(?:[（(][^（）()]{1,8}[)）]){0,3}$")
SALUTATION = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的|各位|同志|女士|先生|朋友|大家)[^。；:：]{0,50}[:：!！]"
    r"|[^。；:：]{0,20}(?:同志们|代表|委员|朋友们|先生们|大家好|主任|主席|书记)[:：!！]"
)
TITLE_LIKE = re.compile(
    r"(?:讲话|致辞|致词|报告|发言|讲稿|主持词|体会|说明|总结|要点|党课|开幕词|闭幕词|意见|汇报|提纲|"
    r"决议|决定|公报|方案|文章|感悟|启示|实录|摘要|全文)(?:稿|材料|提纲|摘要|摘登|节选)?\s*(?:[(（【\[].{0,20}[)）】\]])?$"
    r"|^(?:在|关于).{4,}|——"
)
PROSE_CHARS = 20
# A line this long is running speech even if a scrape cut it off in mid-sentence.
LONG_CHARS = 100
LONGEST_ADVERT = 200


@cache
def load_weights() -> tuple[re.Pattern[str], dict[str, int], int]:
    """Return the advertising words as one pattern, their weights, and the certain sum."""
    rules = read_rules("noise_lines")["advert"]
    weights: dict[str, int] = rules["weights"]
    words = sorted(weights, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))), weights, int(rules["certain"])


def score_advert(text: str) -> int:
    """Return the sum of the weights of the different advertising words in a line."""
    pattern, weights, _ = load_weights()
    return sum(weights[word] for word in set(pattern.findall(text)))


def is_prose(line: PageLine) -> bool:
    """Say whether a line reads like running speech: a sentence with its end, or a long line."""
    text = line.text
    if len(text) >= LONG_CHARS:
        return True
    return len(text) >= PROSE_CHARS and SENTENCE.search(text) is not None


def is_salutation(line: PageLine) -> bool:
    """Say whether a line greets the listeners, which opens the body ("各位代表：")."""
    return len(line.text) <= 60 and SALUTATION.fullmatch(line.text) is not None


def is_title_like(line: PageLine) -> bool:
    """Say whether a line may be the title, which no rule for advertising may take."""
    return 6 <= len(line.text) <= 90 and TITLE_LIKE.search(line.text) is not None


def is_speech(line: PageLine) -> bool:
    """Say whether a line is surely the speech's own, not a sentence of advertising."""
    # A line that long is running speech and no advert; shorter ones are asked about by each step.
    return len(line.text) > LONGEST_ADVERT or _recall_speech(line.text)


@lru_cache(maxsize=1024)
def _recall_speech(text: str) -> bool:
    line = PageLine(0, len(text), text)
    return is_salutation(line) or (is_prose(line) and score_advert(text) < load_weights()[2])


def find_body(lines: list[PageLine]) -> tuple[int, int]:
    """Return the index of the first and after the last line of running speech."""
    speech = [index for index, line in enumerate(lines) if is_speech(line)]
    return (speech[0], speech[-1] + 1) if speech else (len(lines), len(lines))
