"""Places left over from another draft: those that speak or are spoken of as its own and are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final

from corpus_app.proofreading.divisions import AdministrativeDivision, load_divisions, strip_unit
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.rules import read_rules
from corpus_app.proofreading.sentences import cut_sentence, is_quoted
from corpus_app.text.phrases import PhraseIndex, choose_longest

_UNITS: Final = "省市县区州盟旗镇乡"
_NAME: Final = rf"(?P<name>[\u4e00-\u9fff]{{2,7}}?(?:自治[州县旗]|[{_UNITS}]))"
_BODY: Final = (
    r"(?:人大常委会|人大|人民代表大会|人民政府|政府|政协|监委|法院|检察院|党委|委(?!员|托|会))"
)
_WILL: Final = r"(?:要|将|必须|应当|应(?!邀)|务必|今后|今年|全体(?!会议)|各工作委员会)"
# The own body speaks or is spoken of as one's own: 望岫县人大常委会党组要…
_OWN: Final = re.compile(rf"{_NAME}{_BODY}(?:党组|机关|办公室)?{_WILL}")
# No name of a place holds these: they belong to the words around it (今天召开县人大…).
_NO_NAME: Final = re.compile(
    "[的是我们在和对按照开召今也本各全该这那向由从为把被使让到去上下将要会级经以]"
    "|根据|加强|推动|支持|组织|协助|报告|提请|提交|坚持|通过|依托|借助|依靠|参加|邀请|学习|联系"
    "|对照|汇报|走访|建议|配合|服务|接受|围绕|请示|争取|落实|贯彻|感谢|相信|希望|需要|代表|直辖|较大"
)
_STARTS: Final = "，。；：、！？\n “‘（《"
# An old draft is of one other place or two.
_MOST_OTHERS: Final = 20
# What stands before and behind the name of one's own place: 结合…实际, 谱写…新篇章, 美丽….
_BEFORE: Final = (
    re.compile(r"(?:结合|立足|围绕|切合|符合|适应|根据|我们|我)$"),
    re.compile(
        r"(?:谱写|开创|书写|描绘|推动|推进|促进|助力|加快|服务|奋力)(?:好|了)?(?:新时代|现代化)?$"
    ),
    re.compile(
        r"(?:美丽|幸福|富强|现代化|新时代|平安|法治|活力|魅力|富裕|和谐|文明|富美|品质)(?:新)?$"
    ),
    re.compile(r"为(?:[^，。；]{0,8})$"),
)
_BEHIND: Final = (
    re.compile(r"(?:的)?(?:实际|市情|县情|区情|省情|发展大局|发展定位|中心工作)"),
    re.compile(
        r"(?:的)?(?:[\u4e00-\u9fff]{0,10}?)(?:高质量|经济社会|现代化|跨越式|新篇章|新局面|大局|振兴|发展)"
    ),
    re.compile(r"(?:新篇章|建设|而|作出|[，。；！]|$)"),
    re.compile(r"(?:[^，。；]{0,16})(?:贡献|努力|奋斗|添彩|力量|篇章|保障)"),
)
_MANY: Final = re.compile(
    rf"(?:全市|全县|全区|全省|广大|各级|各乡镇|各街道|各部门|人民|干部群众)[\u4e00-\u9fff]{{0,12}}?{_WILL}"
)
# Who speaks in another's name is of that place: 我代表…向大会报告, 宣布…闭幕, 在…县委领导下.
_VOICES: Final = tuple(
    re.compile(pattern.replace("NAME", _NAME).replace("BODY", _BODY))
    for pattern in (
        "(?:我(?:谨|受)?代表|我受|现受)(?:中共)?NAME(?:第[一二三四五六七八九十]+届)?BODY",
        "宣布[，：:“]?NAME(?:第[一二三四五六七八九十]+届)(?:人民代表大会|人大|政协)",
        rf"我们NAME(?:BODY(?:党组|机关|代表)?{_WILL}|各级|广大|是|作为)",
        "在(?:中共)?NAME委的?(?:正确|坚强|统一|有力|关心)*领导(?:和[^，。]{0,12})?下",
        "(?:感谢|服从|紧密团结在)(?:中共)?NAME委(?:对|的|周围)",
    )
)
_SPEAKS: Final = re.compile(rf"{_BODY}(?:党组|机关|办公室)?{_WILL}")
_LISTED: Final = re.compile(r"^(?:、|和|与|及)|(?:、|和|与|及)$")


def find_foreign_places(text: str, own: str, year: int = 0) -> Iterator[DraftFinding]:
    """Yield places that a draft of a place (own) speaks of as its own and that are not.

    What lies in it and in what it lies are its own, and so is what it was called before; in its own
    voice that is told from the second year after the change, where the year of the draft is known.
    """
    found = {(one.start, one.end): one for one in _find_speaking(text, own)}
    for one in _find_voices(text, own):
        found.setdefault((one.start, one.end), one)
    if load_divisions().resolve(own):
        for one in _find_known(text, own, year):
            found.setdefault((one.start, one.end), one)
    yield from found.values()


def _find_speaking(text: str, own: str) -> Iterator[DraftFinding]:
    """Yield another place of the own level, known or not, whose body speaks as one's own."""
    core = strip_unit(own)
    others: dict[str, str] = {}
    for match in _OWN.finditer(text):
        name = _trim_name(text, match)
        if not name or own.endswith(name) or name.endswith(own) or name[-1] != own[-1]:
            continue
        if is_kin(own, name):
            continue
        others[strip_unit(name)] = name
        start = match.end("name") - len(name)
        yield _tell(text, (start, match.end("name")), own, name, own)
    for other, name in islice(others.items(), _MOST_OTHERS):
        for match in re.finditer(f"新(?:时代)?{re.escape(other)}(?![{_UNITS}])", text):
            yield _tell(text, match.span(), own, name, match.group().replace(other, core))


def _find_voices(text: str, own: str) -> Iterator[DraftFinding]:
    """Yield places in whose name the draft speaks or by whom it is led, and that are not its own.

    A place that is in no table is told where it is of the own level alone.
    """
    others = _load_names()[2]
    for match in (match for voice in _VOICES for match in voice.finditer(text)):
        name, core = match["name"], strip_unit(match["name"])
        if own.endswith(name) or name.endswith(own) or _NO_NAME.search(core):
            continue
        if core[0] in _UNITS or "委" in core or "政府" in core or is_quoted(text, match.start()):
            continue
        known = bool(load_divisions().resolve(name) and load_divisions().resolve(own))
        if (not known and name[-1] != own[-1]) or is_kin(own, name):
            continue
        if not others.search(cut_sentence(text, *match.span("name"))):
            suggestion = own if name[-1] == own[-1] else None
            yield _tell(text, match.span("name"), own, name, suggestion)


def _trim_name(text: str, match: re.Match[str]) -> str:
    """Return the name of the place where it begins a clause, "" where other words stand before."""
    start = match.start("name")
    bounded = start == 0 or text[start - 1] in _STARTS
    return match["name"] if bounded and not _NO_NAME.search(strip_unit(match["name"])) else ""


@cache
def _load_names() -> tuple[dict[str, str], PhraseIndex, re.Pattern[str]]:
    names = load_divisions().list_names()
    others = "|".join(map(re.escape, read_rules("residue")["divisions"]["others"]))
    return names, PhraseIndex(names), re.compile(others)


def _find_known(text: str, own: str, year: int) -> Iterator[DraftFinding]:
    """Yield known divisions that are spoken of as one's own and are not."""
    names, index, others = _load_names()
    home = load_divisions().resolve(own)[0].name
    spans = ((start, start + len(words)) for start, words in index.find_all(text))
    for start, end in choose_longest(spans, len(text)):
        words = text[start:end]
        if words in own or not _is_spoken_of_as_own(text, start, end, full=words == names[words]):
            continue
        renamed = find_renaming(own, names[words], year)
        if renamed and words == names[words]:
            message = f"“{words}”自{renamed.end}年起已改为“{home}”。"
            yield DraftFinding("residue", start, end, words, message, home, 0.7)
        if is_kin(own, names[words]) or others.search(cut_sentence(text, start, end)):
            continue
        suggestion = home if words[-1] == home[-1] else None
        suggestion = strip_unit(home) if words != names[words] else suggestion
        yield _tell(text, (start, end), own, names[words], suggestion)


def _is_spoken_of_as_own(text: str, start: int, end: int, *, full: bool) -> bool:
    """Say whether what stands around a name takes it for one's own; full: a name with its unit."""
    before, behind = text[max(0, start - 14) : start], text[end : end + 26]
    if _LISTED.search(before) or _LISTED.search(behind):
        return False
    if full and (_MANY.match(behind) or _SPEAKS.match(behind)):
        return start == 0 or text[start - 1] in _STARTS
    pairs = zip(_BEFORE, _BEHIND, strict=True)
    return any(left.search(before) and right.match(behind) for left, right in pairs)


def is_kin(own: str, name: str) -> bool:
    """Say whether a name is of a division that is, was, holds or lies in one's own."""
    table = load_divisions()
    ours, theirs = table.resolve(own), table.resolve(name)
    return bool(ours and theirs) and table.are_kin(ours, theirs)


def find_renaming(own: str, name: str, year: int) -> AdministrativeDivision | None:
    """Return the division that became one's own (祁阳县 of 祁阳市) two years ago or before."""
    table = load_divisions()
    for one in table.resolve(own):
        if one.end or name == one.name or strip_unit(name) != strip_unit(one.name):
            continue
        before = [near for near in table.list_lineage(one) if near.name == name]
        last = max(before, key=lambda near: near.end, default=None)
        if last is not None and 0 < last.end < year - 1:
            return last
    return None


def _tell(
    text: str, span: tuple[int, int], own: str, name: str, suggestion: str | None
) -> DraftFinding:
    message = f"本稿的地方是“{own}”，这里是“{name}”。"
    provinces = _name_province(load_divisions().resolve(name))
    if provinces:
        message = f"本稿的地方是“{own}”，这里是{provinces}的“{name}”。"
    return DraftFinding("residue", *span, text[slice(*span)], message, suggestion, 0.9)


def _name_province(divisions: Sequence[AdministrativeDivision]) -> str:
    """Return the province of a division where there is one of that name, else ""."""
    codes = {one.code[:2] + "0000" for one in divisions}
    found = load_divisions().list_named_by(codes)
    return found[0] if len(found) == 1 and found[0] != divisions[0].name else ""
