"""The speech on the page, with what sites put between its lines and inside them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.page_reading.pages import PageGap, Sheet
from benchmarks.page_reading.prose import write_speech

_BETWEEN = {
    "ads": [
        "点击上方蓝字关注我们",
        "扫码下载客户端，掌上看新闻",
        "（更多精彩内容请关注本站）",
        "↓↓↓",
        "广告",
        "▼",
        "长按二维码关注",
    ],
    "pages": ["— {n} —", "- {n} -", "第{n}页", "{n}", "·{n}·", "{n} / 12", "第 {n} 页 共 12 页"],
    "captions": [
        "▲会议现场。{other} 摄",
        "图为会议现场。（记者 {other} 摄）",
        "（资料图片）",
        "图/{other}",
    ],
    "stamps": ["[09:{n:02}:41]", "09:{n:02}", "【文字直播】", "[直播员]", "（{n}:12）"],
    "share": [
        "分享到：微信 微博 QQ空间",
        "[打印] [关闭]",
        "【纠错】",
        "收藏 举报 分享",
        "返回顶部",
        "下一页",
    ],
}
_WALLS_COUNTED = (
    "（剩余{n}字）",
    "剩余{n}字，开通{s}会员后阅读全文",
    "本文剩余内容已隐藏，共{n}字，登录后查看",
    "……（{s}{h}省略{n}字，正式会员可完整阅读）",
)
_WALLS = (
    "开通{s}会员，阅读全文",
    "亲，该文档总共5页，到这里已经超出免费预览范围，请下载后阅读",
    "以下内容需付费后查看",
    "登录{s}后可查看全文",
    "还剩7页未读，下载{s}客户端继续阅读",
)
_HOLES = (
    "---此处隐藏{n}字，下载后查看---",
    "……（此处省略{n}字）……",
    "【此处隐藏{n}字，登录{s}可查看】",
    "……（{s}{h}省略{n}字，正式会员可完整阅读）……",
    "*** 中间部分{n}字已隐藏，请购买后阅读 ***",
)


def put_body(sheet: Sheet, manners: Sequence[str] = (), size: int | None = None) -> None:
    """Write the speech on the sheet.

    manners names what disturbs it: ads, pages, captions, share or stamps between its lines, mark
    inside them, glue (salutation and first paragraph on one line), cut or wall (the end is kept
    back), hole (so are words in the middle).
    """
    speech = write_speech(sheet.facts, sheet.chance, size)
    if speech.organisation and sheet.facts.kind in ("report", "account"):
        sheet.state("organisation", speech.organisation)
    elif speech.organisation:
        sheet.allow("organisation", speech.organisation)
    if speech.tells_meeting and sheet.fields.get("occasion") is None:
        sheet.leave_open("occasion")
    paragraphs = list(speech.paragraphs)
    if "cut" in manners or "wall" in manners:
        paragraphs = paragraphs[: max(1, len(paragraphs) * 2 // 3)]
    _write_salutation(sheet, speech.salutation, paragraphs, "glue" in manners)
    marks = _choose_marked(sheet, paragraphs) if "mark" in manners else {}
    hole = len(paragraphs) // 2 if "hole" in manners and len(paragraphs) > 2 else None
    for number, paragraph in enumerate(paragraphs):
        _put_paragraph(sheet, paragraph, marks.get(number))
        if number == hole:
            _put_hole(sheet)
        if number < len(paragraphs) - 1:
            _put_between(sheet, manners)
    if "wall" in manners:
        _put_wall(sheet)


def _write_salutation(sheet: Sheet, salutation: str, paragraphs: list[str], glue: bool) -> None:
    if salutation and glue and paragraphs:
        paragraphs[0] = salutation + paragraphs[0]
    else:
        sheet.add(salutation, "salutation")


def _put_between(sheet: Sheet, manners: Sequence[str]) -> None:
    known = [name for name in manners if name in _BETWEEN]
    if known and sheet.chance.random() < 0.12:
        pattern = sheet.chance.choice(_BETWEEN[sheet.chance.choice(known)])
        text = pattern.format(n=len(sheet.lines) % 12 + 1, other=sheet.facts.other)
        sheet.add(text, "caption" if "摄" in text or "图" in text else "chrome")


def _choose_marked(sheet: Sheet, paragraphs: Sequence[str]) -> dict[int, str]:
    """Return which paragraphs bear the site's mark: long ones, two or more, or none."""
    long = [n for n, text in enumerate(paragraphs) if len(text) > 40]
    if len(long) < 2:
        return {}
    mark = sheet.chance.choice([sheet.facts.site, sheet.facts.host])
    chosen = sheet.chance.sample(long, min(len(long), sheet.chance.randint(2, 5)))
    return dict.fromkeys(chosen, mark)


def _put_paragraph(sheet: Sheet, paragraph: str, mark: str | None) -> None:
    if mark is None:
        sheet.add(paragraph, "body")
        return
    at = draw_inside(paragraph, sheet.chance)
    sheet.add(paragraph[:at] + mark + paragraph[at:], "body", ((at, at + len(mark)),))


def draw_inside(paragraph: str, chance: Random) -> int:
    """Return a place between two Chinese characters of a paragraph."""
    places = [
        n for n in range(8, len(paragraph) - 8)
        if "\u4e00" <= paragraph[n - 1] <= "\u9fff" and "\u4e00" <= paragraph[n] <= "\u9fff"
    ]  # fmt: skip
    return chance.choice(places or [len(paragraph) // 2])


def _put_wall(sheet: Sheet) -> None:
    """Write the line of a site that shows the rest for money."""
    hidden = sheet.chance.choice([None, 815, 2304, 96])
    pattern = sheet.chance.choice(_WALLS_COUNTED if hidden else _WALLS)
    sheet.add(pattern.format(n=hidden, s=sheet.facts.site, h=sheet.facts.host), "chrome")
    sheet.gaps.append(PageGap("paywall", len(sheet.body), hidden))
    sheet.completeness = "truncated"


def _put_hole(sheet: Sheet) -> None:
    """Write the line that stands for words kept back in the middle."""
    hidden = sheet.chance.randint(80, 6000)
    line = sheet.chance.choice(_HOLES).format(n=hidden, s=sheet.facts.site, h=sheet.facts.host)
    sheet.gaps.append(PageGap("hidden", len(sheet.body), hidden))
    sheet.add(line, "chrome")
    sheet.completeness = "gapped"
