"""A title for a speech that bears none, made from its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus_app.ingest.draft import Metadata, Section
from corpus_app.ingest.encodings.plausibility import has_chinese

RESOLUTION: Final = re.compile(
    r"^\s*(?P<meeting>[^，。]{4,30}会议)(?:听取|审议|审查).{0,60}?所?作的(?P<report>[^，。；的]{2,20}报告)"
)
ADOPTS: Final = re.compile(r"(?:决定批准|会议同意|同意)")
_NAMED: Final = re.compile(r"(?:作|提出)(?P<t>关于[^，。；]{4,50}?的报告)[，,。]")
_WORK_REPORT: Final = re.compile(
    r"作政府工作(?:报告)?[，,。]|报告(?:[^，。]{0,12}政府)?[^，。]{0,10}工作[，,。]"
)
_FOR_BODY: Final = re.compile(r"我(?:受|代表)(?P<b>[^，,。；我]{2,20}?(?:委员会|常委会|党组))")
_CONGRESS: Final = re.compile(
    r"(?:向(?:党的|中国共产党)?|中国共产党)(?P<n>第[一二三四五六七八九十]{1,3}次全国代表大会)"
)
_REPORTS: Final = re.compile(r"向[^，。]{0,24}(?:大会|会议)作[^，。]{0,6}报告")
_THEME: Final = re.compile(
    r"(?:会议|报告|大会|讲话)的?(?:主题|题目|总题目)是[:：]?[“《]?(?P<t>[^。；”》]{4,60})"
)
# 下面，就加强机关建设，我谈几点意见: what the speech says it is about.
_SUBJECT: Final = re.compile(
    r"(?<![成造迁])就(?:如何|怎样|怎么)?(?P<t>[^，,。；！？“”]{4,28}?)(?:问题|工作)?[，,]?"
    r"(?:我|再|[向和跟同与](?:大家|各位|你们))*(?:简要)?(?:讲|谈|提出?|强调|说|作)"
    r"(?:以下|如下|自己的|我的|一下)?(?:几|[二两三四五六七八九2-9])(?:点|个|条|项|方面)"
)
_SALUTATION: Final = re.compile(
    r"^(?:尊敬的|各位|同志们|女士们|朋友们|代表们|大家)[^。，,]{0,40}?[:：！!，,]\s*"
)
_CLAUSE: Final = re.compile(r"[^，。！？；：,!?;:\n]{2,}")
_EMPTY: Final = re.compile(
    r"现在|今天|刚才|我受|我代表|根据|首先|[一二三四五六七八九十]{1,3}、|[（(]|本届政府|从"
)
CLAUSE_CHARS: Final = 30
SHORTEST: Final = 6


def infer_title(meta: Metadata, text: str, sections: Sequence[Section]) -> str | None:
    """Return a title made from occasion, resolution, report or first clause; never a salutation.

    None where the text is not Chinese.
    """
    if not has_chinese(text):
        return None
    lines = text[:1500].splitlines()
    opening = "".join(lines)
    resolution = RESOLUTION.match(opening)
    if resolution and ADOPTS.search(opening):
        return f"{resolution['meeting']}关于{resolution['report']}的决议"
    report = _find_report(opening)
    if report is not None:
        return report
    if meta.occasion:
        return f"在{meta.occasion}上的讲话"
    theme = _THEME.search(opening)
    if theme:
        return theme["t"].strip()
    subject = _SUBJECT.search(opening)
    return f"关于{subject['t']}的讲话" if subject else _take_clause("\n".join(lines))


def _find_report(opening: str) -> str | None:
    """Return what a report calls itself: 政府工作报告, 关于…的报告, 在…大会上的报告."""
    named = _NAMED.search(opening)
    if named:
        return named["t"]
    if _WORK_REPORT.search(opening) and ("政府" in opening or "国务院" in opening):
        return "政府工作报告"
    if not _REPORTS.search(opening):
        return None
    congress = _CONGRESS.search(opening)
    if congress:
        return f"在中国共产党{congress['n']}上的报告"
    body = _FOR_BODY.search(opening)
    return f"{body['b']}向大会的报告" if body else None


def _take_clause(opening: str) -> str | None:
    """Return the first clause behind the salutation, at most thirty characters."""
    body = opening.lstrip()
    while match := _SALUTATION.match(body):
        body = body[match.end() :]
    clauses = [m.group().strip() for m in _CLAUSE.finditer(body)]
    real = [c for c in clauses if len(c) >= SHORTEST and not _EMPTY.match(c)]
    real = [c for c in real if not c.startswith(("我们", "大家", "这次", "今年以来"))] or real
    return (real or clauses)[0][:CLAUSE_CHARS] if clauses else None
