"""First hand: what stands in the braces of a stencil, and what it states."""

from __future__ import annotations

import re
from collections.abc import Callable

from benchmarks.page_reading.dates import print_day, print_spoken, print_stamp, put_in_brackets
from benchmarks.page_reading.pages import Role, Sheet

_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"⟨([^⟨⟩]*)⟩")
_COLUMNS = "领导讲话 重要讲话 工作报告 政府工作报告 政府报告 人大会议 代表大会 讲话发言 常委会会议 文件资料 公文写作 工作动态 专题材料 新闻推荐 政策文件 规划计划 要闻动态 头条 代表之声 人大要闻 会议之窗 主任论坛 县市动态".split()
_ODD = "政讯通 绿水青山 心系代表 我们的节日 数字人大 代表风采 一图读懂 清风苑 人大天地 今日关注 聚焦两会 学习园地 民意直通车 智能问答 创文明城市 微言大义 江畔时评 大美家乡 山乡巨变 码上反映 暖心小站 云上代表厅 廉洁之窗 河畔夜话 匠心筑梦".split()
_HAN = "日一国人民大分中工学下过子说产种面方后多定行所经十三进着等部度家电力里如水化高自理起小物现实加量都两体机当点从业本去把性好应开合还因由其些前外天政四那社义事平形相全表间样与关各重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情最立代想已通并提直题程展果料"
_SPEECH_END = re.compile(r"在(?P<meeting>.+?)(?:(?:闭幕|开幕)时|上)的\w+$")


class Slots:
    """Fills the braces of one page's stencil and notes on its sheet what the page states so."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.facts, self.chance = sheet, sheet.facts, sheet.chance
        self.role: Role | None = None  # set where what fills a slot decides what the line is

    def choose(self, text: str) -> str:
        """Return a text with one of each ⟨this|that⟩ chosen."""
        while _CHOICE.search(text):
            text = _CHOICE.sub(lambda m: self.chance.choice(m[1].split("|")), text)
        return text

    def fill(self, text: str) -> str:
        """Return a chosen text with its slots filled."""
        return _SLOT.sub(lambda m: getattr(self, "put_" + m[1])(), text)

    # The head

    def put_title(self) -> str:
        title = self.facts.title
        state_title(self.sheet, title)
        return title

    def put_titlex(self) -> str:
        """The title with what sites put around it."""
        title = self.put_title()
        frame = self.chance.choice(["《{}》", "{}（全文）", "{}_图文", "{}（实录）", "{}", "{}(全文)", "【{}】"])
        shown = frame.format(title)
        self.sheet.allow("title", shown)
        return shown

    def put_wrapped(self) -> str:
        """The title, over two lines where it is long."""
        title = self.put_title()
        if len(title) < 13:
            return title
        at = self.chance.randint(6, len(title) - 5)
        return title[:at] + "\n" + title[at:]

    def put_named(self) -> str:
        """The title with the speaker's name in it, where the kind of speech allows it."""
        facts, title = self.facts, self.facts.title
        if facts.kind != "speech":
            return self.put_title()
        shown = self.chance.choice(["{n}同志{t}", "{n}{t}", "{n}：{t}", "（现场实录）{n}{t}"]).format(
            n=facts.speaker, t=title
        )
        state_title(self.sheet, shown, title, f"{facts.speaker}{title}", f"{facts.speaker}同志{title}")
        self.put_name()
        return shown

    def put_sub(self) -> str:
        """The line that belongs under the title of this kind of speech."""
        kind = self.facts.kind
        if kind == "report":
            return self._print_session()
        if kind == "call":
            subtitle = self.facts.subtitle or ""
            self.sheet.state("subtitle", subtitle)
            self.put_meet()
            return self.chance.choice(["——", "——", "—", "－－", "--", "── ", "━━"]) + subtitle
        if kind == "resolution":
            self.role = "date"
            day = self.put_day()
            return f"（{day}{self.facts.congress}⟨|第四次全体会议⟩通过）".replace("⟨|第四次全体会议⟩", self.chance.choice(["", "第四次全体会议"]))
        return self.put_dateline()

    def _print_session(self) -> str:
        """Date and meeting of a report."""
        day, chance = self.put_spoken(), self.chance
        words = f"{day}{chance.choice(['', '', '', ' '])}在{self.put_meet()}{chance.choice(['上', '上', '上', ''])}"
        self.sheet.state("subtitle", words, None)
        if chance.random() < 0.12 and len(words) > 24:
            at = chance.randint(10, len(words) - 5)
            return f"——{words[:at]}\n{words[at:]}"
        frame = chance.choice(["——{}", "——{}", "——{}", "（{}）", "（{}）", "({})", "─{}", "━━{}", "－－{}", "--{}", "{}"])
        return frame.format(words)

    def put_dateline(self) -> str:
        self.role = "date"
        return put_in_brackets(self.put_spoken(), self.chance)

    def put_spoken(self) -> str:
        return self._date("delivered", print_spoken(self.facts.delivered, self.chance))

    def put_day(self) -> str:
        return self._date("delivered", print_day(self.facts.delivered, self.chance))

    def put_pub(self) -> str:
        return self._date("published", print_stamp(self.facts.published, self.chance))

    def put_pubt(self) -> str:
        return self._date("published", print_stamp(self.facts.published, self.chance, clock=True))

    def put_pubd(self) -> str:
        return self._date("published", print_stamp(self.facts.published, self.chance, clock=False))

    def put_pubiso(self) -> str:
        return self._date("published", (self.facts.published.isoformat(),) * 2)

    def put_pubcn(self) -> str:
        day = self.facts.published
        return self._date("published", (f"{day.year}年{day.month}月{day.day}日 18:30", day.isoformat()))

    def put_pubc(self) -> str:
        return self._date("published", print_day(self.facts.published, self.chance))

    def put_upd(self) -> str:
        return self._date("updated", print_stamp(self.facts.updated, self.chance))

    def _date(self, name: str, printed: tuple[str, str]) -> str:
        text, value = printed
        others = (value[:7],) if len(value) == 10 and "至" in text else ()
        self.sheet.state(name, value, *others)
        return text

    def put_meet(self) -> str:
        state_meeting(self.sheet, self.facts.meeting)
        return self.facts.meeting

    def put_name(self) -> str:
        """The speaker's name as it is; stated."""
        self.sheet.state("speaker", self.facts.speaker)
        return self.facts.speaker

    def put_airy(self) -> str:
        """The name, spread where it is of two characters."""
        name = self.put_name()
        if "·" in name:
            return name.replace("·", self.chance.choice("···•．・‧"))
        return name[0] + self.chance.choice(" 　") + name[1] if len(name) == 2 else name

    def put_role(self) -> str:
        self.sheet.state("role", self.facts.role)
        return self.facts.role

    def put_who(self) -> str:
        """The speaker's line in one of its forms; some forms tell no office."""
        self.role = "speaker"
        form = self.chance.choices(
            ["{role}　{airy}", "{role} {airy}", "{role}{name}", "（{role} {name}）", "{role}\n{airy}",
             "{airy}", "{name}（{role}）", "{role}：{name}", "{role}　　{airy}（女）", "{name} {role}",
             "{role}  {airy}", "（{name}）"],
            [8, 6, 2, 2, 2, 6, 1, 1, 1, 1, 2, 1],
        )[0]  # fmt: skip
        if "role" in self.sheet.fields and self.facts.role.endswith("（代）") and "（{" in form:
            form = "{role}　{airy}"
        return self.fill(form)

    def put_org(self) -> str:
        self.sheet.state("organisation", self.facts.organ)
        return self.facts.organ

    def put_src(self) -> str:
        facts = self.facts
        source = self.chance.choice([facts.paper] * 4 + [facts.place + "人民政府办公室", facts.site, facts.place + "人大办"])
        source = self.sheet.fields.get("source") or source
        self.sheet.state("source", source)
        return source

    def put_url(self) -> str:
        facts = self.facts
        scheme = self.chance.choice(["http://", "https://"])
        url = f"{scheme}{facts.host}/{self.chance.choice(['art', 'news/show', 'c', 'xwzx/rdyw'])}/{facts.published:%Y%m}/{self.chance.randint(100, 99999)}.html"
        url = self.sheet.fields.get("url") or url
        self.sheet.state("url", url)
        return url

    # What is printed without stating anything

    def put_titlem(self) -> str:
        """The title where it is but mentioned (a page's tag, a breadcrumb)."""
        self.sheet.allow("title", self.facts.title)
        return self.facts.title

    def put_namem(self) -> str:
        """The speaker's name where a sentence or caption tells it."""
        self.sheet.allow("speaker", self.facts.speaker)
        return self.facts.speaker

    def put_meetm(self) -> str:
        """The meeting where a sentence or caption tells it."""
        self.sheet.allow("occasion", self.facts.meeting)
        return self.facts.meeting

    def put_place(self) -> str:
        return self.facts.place

    def put_stem(self) -> str:
        return self.facts.stem

    def put_short(self) -> str:
        return self.facts.short

    def put_head(self) -> str:
        return self.facts.head

    def put_party(self) -> str:
        return self.facts.party

    def put_organm(self) -> str:
        return self.facts.organ

    def put_site(self) -> str:
        self.sheet.site = self.facts.site
        self.sheet.allow("source", self.facts.site)
        return self.facts.site

    def put_paper(self) -> str:
        """The paper's name where it is the page's own, which a reader may take for the source."""
        self.sheet.allow("source", self.facts.paper)
        return self.facts.paper

    def put_urlm(self) -> str:
        """An address that is another page's."""
        return f"http://{self.facts.host}/index.html"

    def put_host(self) -> str:
        self.sheet.allow("url", f"http://{self.facts.host}", self.facts.host)
        return self.facts.host

    def put_other(self) -> str:
        return self.facts.other

    def put_third(self) -> str:
        return self.facts.third

    def put_year(self) -> str:
        return str(self.facts.delivered.year)

    def put_last(self) -> str:
        return str(self.facts.delivered.year - 1)

    def put_md(self) -> str:
        """Month and day, without the year."""
        return f"{self.facts.delivered.month}月{self.facts.delivered.day}日"

    def put_n(self) -> str:
        return str(self.chance.randint(1, 99))

    def put_nn(self) -> str:
        return str(self.chance.randint(100, 99999))

    def put_col(self) -> str:
        return self.chance.choice(_COLUMNS)

    def put_odd(self) -> str:
        return self.chance.choice(_ODD)

    def put_han(self) -> str:
        """Characters that make no sense: a line that no list of words knows."""
        return "".join(self.chance.choice(_HAN) for _ in range(self.chance.randint(2, 9)))

    def put_week(self) -> str:
        return "星期" + "一二三四五六日"[self.facts.published.weekday()]


def state_title(sheet: Sheet, shown: str, *others: str) -> None:
    """Note that the page states its title, and the meeting where the title names it."""
    facts = sheet.facts
    sheet.state("title", shown, *others)
    if facts.kind == "resolution":
        state_meeting(sheet, facts.congress)
        sheet.leave_open("organisation")
    elif _SPEECH_END.search(facts.title):
        state_meeting(sheet, facts.meeting)


def state_meeting(sheet: Sheet, meeting: str) -> None:
    """Note that the page names the meeting."""
    sheet.state("occasion", meeting, *(meeting + end for end in ("闭幕", "开幕", "闭幕会", "开幕会")))


Filler = Callable[[Slots], str]
