"""Lines of a head that are one title by its form, cut by a hard line break: read as one unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from corpus_app.ingest.labelling.units import Page, Unit, is_paragraph

# A title stands in so many lines at most, and before the first paragraph.
MOST_LINES: Final = 4
# 县长周明：在全县 / 防汛工作会议上的讲话 is none, though a colon stands behind the speaker.
_SENTENCE: Final = re.compile(r"[。！？；!?;]|[：:](?!在)")
_SPEECH: Final = r"(?:讲话|发言|致辞|致词|报告|点评|主持词|说明|党课)(?:提纲|摘要|要点|稿)?"
# 在…会议上的讲话, begun on one line and ended on another; who spoke may stand before it.
_SPOKEN: Final = re.compile(
    rf"(?:[^在，,]{{2,20}})?在[^在，,].{{2,58}}(?:上|时|中)的?[^，,]{{0,6}}{_SPEECH}"
)
_BEGUN: Final = re.compile(
    r"(?:[^在，,您>»|｜/]{2,20}(?<![现正所存内外实]))?在(?![线职岗编建校押册京])[^在，,>»|｜/]{1,40}"
)
# 关于《代表法》 / 实施情况的报告: no title begins so.
_ABOUT: Final = re.compile(r"[\u4e00-\u9fff]{0,24}关于[^，,。]{2,60}")
_CARRIED_OUT: Final = re.compile(
    r"(?:贯彻|实施|执行|落实|修改|办理|审议|审查|处理)\S{0,12}(?:情况|结果|意见)\S{0,12}"
    r"(?:报告|汇报|说明|决议|决定)"
)
_PLACE: Final = "[\u4e00-\u9fff]{1,9}?[省市县区州盟旗镇乡]"
_ORGAN: Final = (
    r"(?:人民)?政府|人大常委会|人民代表大会常务委员会|人大主席团|人民代表大会主席团"
    r"|(?:中级|高级)?人民法院|人民检察院|政协|党组"
)
# 青芜县人民政府工作报告, 2023年政府工作报告.
_REPORT: Final = re.compile(rf"(?:[12]\d{{3}}年)?(?:{_PLACE}){{0,2}}(?P<organ>{_ORGAN})工作报告")

# 扎实做好新时代代表建议办理 / 工作: what a headline urges, and its last word alone on a line.
_URGING: Final = re.compile(
    r"(?=[\u4e00-\u9fff，、“”]{9,30}$).*(?:推动|推进|做好|做实|开创|谱写|加强|提升|提高|促进|助力|护航|凝聚"
    r"|发挥|坚持|深化|抓好|抓实|贯彻|完善|践行|引领|奋力|扎实)"
)
_LAST_WORD: Final = re.compile(
    "(?:工作|发展|建设|振兴|局面|篇章|水平|能力|作用|力量|成效|实效|落实|治理|保障|事业|制度|改革|转型|跨越)"
)


def join_wrapped(page: Page) -> Page:
    """Return the page with those lines of its head in one unit that are one title for certain.

    Only what no other line could be is joined: a meeting or an organ's report by its form, of
    which one line has the beginning and the next one the end. All else is left to be weighed.
    """
    units = list(page.units)
    at, head = 0, page.head
    while at < head and not is_paragraph(units[at].text):
        count = next(
            (n for n in range(MOST_LINES, 1, -1) if _is_one(units[at : at + n], at + n <= head)), 1
        )
        if count > 1:
            units[at : at + count] = [_join(units[at : at + count])]
            head -= count - 1
        at += 1
    return page if len(units) == len(page.units) else Page(tuple(units), head)


def _join(units: Sequence[Unit]) -> Unit:
    spans = tuple(span for unit in units for span in unit.spans)
    return Unit("".join(u.text for u in units), spans, "", any(u.clipped for u in units))


def _is_one(units: Sequence[Unit], inside: bool) -> bool:
    if not inside or any(unit.gone or _SENTENCE.search(unit.text) for unit in units):
        return False
    return is_one_title([unit.text for unit in units])


def is_one_title(lines: Sequence[str]) -> bool:
    """Say whether lines are one title by its form, and none of them another by itself.

    >>> is_one_title(["政府工作报", "告"]), is_one_title(["青芜县", "政府工作报告"])
    (True, False)
    """
    whole = "".join(lines)
    if len(lines) < 2 or any(" " in line for line in lines[1:]):
        return False
    if _SPOKEN.fullmatch(whole):
        ended = any(_SPOKEN.match(line) for line in lines)
        return _BEGUN.fullmatch(lines[0]) is not None and not ended
    if len(lines) == 2 and _LAST_WORD.fullmatch(lines[1]):
        return _URGING.match(lines[0]) is not None and not _LAST_WORD.search(lines[0][-2:])
    if len(lines) == 2 and _CARRIED_OUT.fullmatch(lines[1]):
        return _ABOUT.fullmatch(lines[0]) is not None
    report = _REPORT.fullmatch(whole)
    if report is None:
        return False
    organ = report.start("organ")
    # 青芜县 may stand above 政府工作报告, which is whole, but not above 人民政府工作报告.
    least = organ + 1 if report["organ"] == "政府" else organ
    return all(at >= least for at in accumulate(map(len, lines[:-1])))
