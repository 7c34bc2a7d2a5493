"""Which of the lines that may be titles is the speech's, and which lines go on from it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import corpus_app.ingest.plausibility.titles as plausible
from corpus_app.ingest.metadata.names import is_name, may_be_name
from corpus_app.ingest.metadata.title_lines import (
    BRACKETED,
    IN_MEETING,
    SUBTITLE,
    cut_site,
    parts_name,
)
from corpus_app.ingest.noise.breaks import LIKELY, measure_break
from corpus_app.text.chars import squeeze
from corpus_app.text.folding import simplify

_HAN: Final = re.compile("[\u3400-\u9fff]")
_BODY: Final = re.compile(r"(?:会议|大会|全会|委员会|常委会|政府|法院|检察院|党组|党委|人大)$")
_REPORT: Final = re.compile(r"^(?:关于|政府工作报告|工作报告)")
_RUNS_ON: Final = re.compile(r"[的和与、，及在]$")
_GOES_ON: Final = re.compile(r"^[的、和与及]")
_OPENED: Final = re.compile(r"《[^》]*$|“[^”]*$|（[^）]*$")
_NUMBERED: Final = re.compile(r"第[一二三四五六七八九十\d]{1,3}[讲講期版次]|[0-9]{4}")
_NO_HEADLINE_BEGINS: Final = tuple("【[〔（(")
_NO_HEADLINE_ENDS: Final = (*"，,、；;：:。", "登录", "注册", "退出", "首页", "返回", "打印")
# A headline, of which a line such as 在…会议上的讲话 is the subtitle; columns have shorter names.
HEADLINE: Final = 7
COLUMN: Final = 5
HALF, HALVES_APART = 6, 3
LONG_HALF, LONG_HALVES_APART = 10, 8
LONGEST: Final = 70
# A line that neither ends as a document does nor is repeated is a title only as surely as this.
SURE: Final = 0.7
# One that stands alone, no other line being likely, needs no more than this.
ALONE: Final = 0.3
LAST_WORD: Final = 4
# A fuller title has at most so many characters more than one that it holds.
MORE: Final = 14
_YEAR: Final = re.compile(r"[12][0-9]{3}年度?")
_SITTING: Final = re.compile(r"^(?:人民代表大会|人大|第[一二三四五六七八九十]{1,3}次)\S{0,6}会议")
# 2005年淇 / 垭县政府工作报告, 浔湾 / 县政府工作报告, 十届人大二次 / 会议关于….
_ORGAN: Final = r"[省市县区州盟旗镇乡](?:人民)?(?:政府|人大|法院|检察院|人民代表)"
_PLACE_WRAPPED: Final = re.compile(
    rf"^[12]\d{{3}}年[\u4e00-\u9fff]{{1,3}}\n(?![在全])[\u4e00-\u9fff]{{0,4}}{_ORGAN}"
    rf"|^[\u4e00-\u9fff]{{1,6}}[省市县区州盟旗镇乡][12]\d{{3}}年\n(?:人民)?政府工作报告"
    rf"|^[12]\d{{3}}年[\u4e00-\u9fff]{{1,8}}[省市县区州盟旗镇乡]\n(?:人民)?政府工作报告|^[\u4e00-\u9fff]{{2,3}}\n{_ORGAN}|[一二三四五六七八九十]次\n会议"
)
# 十三届人 / 大五次会议…, 新时代县级人 / 大建设; …人民代表大会 / 第六次会议关于…的决议.
_CONGRESS: Final = re.compile(
    r"人\n大(?:常委会|代表|工作|建设|监督|主席团|机关|制度|第?[一二三四五六七八九十]{1,3}次)"
    r"|第?[一二三四五六七八九十]{1,3}届(?:人民代表大会|人大)(?:常务委员会|常委会)?\n第?[一二三四五六七八九十]{1,3}次会议关于"
)
# Links of a menu stand apart by two blanks; words of a title by one.
_MENU: Final = re.compile(r"[ \u3000]{2,}(?=\S)")
LINKS: Final = 2
# The name of a journal or station is no speech's.
_MASTHEAD: Final = re.compile(
    r"(?:委员会|常委会|人大|人民政府|法院|检察院)公报$|(?:电视台|日报|晚报|时报)$"
    r"|(?:选编|汇编|文集|文选|文稿选|选集|论丛|丛书|文献卷|专辑|特刊|特辑|简报|快报|会刊|年鉴|文电)"
    r"(?:\s?[（(]?第?[\d一二三四五六七八九十]{1,4}[卷辑期号集册]?[）)]?)?$"
    r"|(?:文件|材料)(?:之?[一二三四五六七八九十\d]{1,3}|\s?[（(][^（()）]{1,6}[）)])$"
)
# Papers that a site links to beside speeches; no half of a headline ends so.
_OTHER_PAPER: Final = re.compile(
    r"(?:通知|通告|公告|公示|公报|一封信|解读|[解览明]表|召开|开幕|调研)$"
)
# 关于某某规划 is about a document, and none yet.
_DOCUMENT: Final = re.compile("(?:报告|决议|决定|说明|意见|讲话|通知|汇报)$")
# 关于某事项, 在某县人大常委会: begun, and ended on the next line.
_ABOUT: Final = re.compile(
    r"关于|\S{4,40}会议关于\S{0,30}$|在(?!.*[上时中]的?(?:讲话|发言)?$)[^上中]{4,30}$"
)
_BODY_BROKEN: Final = re.compile(r"(?:届|大会|人大|委员会|常委会)$")


def choose_title(
    texts: Mapping[int, str],
    chances: Mapping[int, float],
    page_title: str = "",
    heads: Collection[int] = (),
) -> list[int]:
    """Return the places of the lines that are the title, in order; none where none is sound.

    texts are the lines that may be titles by their places on the page, chances how likely each
    is one, page_title what the page's window is called, heads those that stand right above what
    stands below titles.
    """
    bare = {place: cut_site(text) for place, text in texts.items()}
    runs = {
        tuple(run): words
        for run in _list_runs(bare)
        if is_sound(words := squeeze("".join(bare[place] for place in run)))
        and (count_han(words) > COLUMN or plausible.ends_as_document(words) or run[-1] in heads)
    }
    if not runs:
        return []
    window = squeeze(page_title)

    def weigh(run: tuple[int, ...]) -> float:
        words = runs[run]
        again = list(runs.values()).count(words) > 1
        value = 3.0 * plausible.ends_as_document(words) + 1.5 * chances[run[0]] + 0.8 * again
        value += 1.5 * (words in window)
        value += 3.5 * (run[-1] in heads)
        return value + (8 <= len(words) <= LONGEST) + 0.02 * list(runs).index(run)

    ranked = sorted(runs, key=weigh, reverse=True)
    best = ranked[0]
    words = runs[best]
    borne = plausible.ends_as_document(words) or words in window
    sure = sum(chances[place] for place in best) / len(best)
    needed = SURE if len(set(runs.values())) > 1 else ALONE
    if not borne and sure < needed and list(runs.values()).count(words) < 2:
        return []
    return list(next((run for run in ranked if _holds(runs[run], runs[best])), best))


def _holds(words: str, inner: str) -> bool:
    """Say whether a title is another and some more: the place, the year (县政府工作报告)."""
    more = len(words) - len(inner)
    return 0 < more <= MORE and "_" not in words and inner in _YEAR.sub("", words) + " " + words


def is_sound(title: str) -> bool:
    """Say whether nothing speaks against words being a title."""
    return plausible.find_title_fault(title) is None and not _MASTHEAD.search(title)


def _list_runs(texts: Mapping[int, str]) -> list[list[int]]:
    """Return the lines in runs that are one title each."""
    runs: list[list[int]] = []
    for place, text in texts.items():
        if SUBTITLE.match(text) or BRACKETED.match(text):
            continue
        before = runs[-1][-1] if runs else -2
        if (
            before == place - 1
            and text[:1] != "【"
            and goes_on("".join(texts[n] for n in runs[-1]), text)
        ):
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def find_headline(run: Sequence[int], texts: Mapping[int, str]) -> int | None:
    """Return the place of a headline above 在…会议上的讲话, which is then its subtitle."""
    above = run[0] - 1
    headline = texts.get(above, "")
    framed = headline[:1] in _NO_HEADLINE_BEGINS or headline[-1:] in _NO_HEADLINE_ENDS
    if not headline or framed or len(run) > 1 or not is_sound(headline):
        return None
    named = IN_MEETING.match(texts[run[0]]) and not IN_MEETING.match(headline)
    named = named and not _OTHER_PAPER.search(headline)
    apart = named and not plausible.ends_as_document(headline)
    return above if apart and count_han(headline) >= HEADLINE else None


def surely_goes_on(before: str, text: str) -> bool:
    """Say whether a line of a title breaks off in a word, which the next one ends."""
    before, text = simplify(before), simplify(text)
    whole = before + text
    if len(_MENU.findall(before)) >= LINKS or _OTHER_PAPER.search(before):
        return False
    if is_name(text) and may_be_name(text) and is_sound(before):
        return False  # …到点子上 / 班兴: who wrote it
    if _CONGRESS.search(f"{before}\n{text}"):
        return True
    gain = measure_break(whole, len(before), len(before)).gain
    if gain >= LIKELY and not IN_MEETING.match(text):
        return True
    if _PLACE_WRAPPED.search(f"{before}\n{text}") or text.startswith(("的", "、")):
        return True
    if before.endswith("的") and count_han(before) >= HEADLINE and is_sound(whole):
        return True
    if parts_name(before, text):
        return True
    ended = plausible.ends_as_document(before) or plausible.ends_as_document(text)
    if (
        _ABOUT.match(before)
        and not text.startswith(("关于", "在"))
        and plausible.ends_as_document(text)
    ):
        return not _DOCUMENT.search(before)
    return len(text) <= LAST_WORD and plausible.ends_as_document(whole) and not ended


def goes_on(before: str, text: str) -> bool:
    """Say whether a line of a title goes on in the next one."""
    before, text = simplify(before), simplify(text)
    whole = before + text
    if surely_goes_on(before, text):
        return True
    if IN_MEETING.match(text) and before.endswith(_NO_HEADLINE_ENDS):
        return False
    if _RUNS_ON.search(before) or _GOES_ON.match(text) or _OPENED.search(before):
        return True
    if _BODY.search(before) and _REPORT.match(text):
        return True
    if _BODY_BROKEN.search(before) and _SITTING.match(text):
        return True
    if plausible.ends_as_document(before):
        return False
    if IN_MEETING.match(whole) and not IN_MEETING.match(text):
        return True
    if before.startswith("关于") and plausible.ends_as_document(text):
        return True
    return are_halves(before, text)


def are_halves(before: str, text: str) -> bool:
    """Say whether two lines are a headline in two halves (决胜…, 夺取…)."""
    sizes = count_han(before), count_han(text)
    sound = all(is_sound(half) for half in (before, text))
    numbered = _NUMBERED.search(before + text) is not None
    alike = (
        not numbered
        and min(sizes) >= HALF
        and abs(sizes[0] - sizes[1])
        <= (LONG_HALVES_APART if min(sizes) >= LONG_HALF else HALVES_APART)
    )
    other = squeeze(before) == squeeze(text) or _OTHER_PAPER.search(before) is not None
    ended = plausible.ends_as_document(before) or plausible.ends_as_document(text)
    return alike and sound and not (other or ended)


def count_han(text: str) -> int:
    """Return the number of Chinese characters in a text."""
    return len(_HAN.findall(text))
