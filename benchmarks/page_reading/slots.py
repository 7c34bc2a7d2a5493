"""First hand: what stands in the braces of a stencil, and what it states."""

from __future__ import annotations

import re

from benchmarks.page_reading.dates import (
    print_day,
    print_plain,
    print_spoken,
    print_stamp,
    put_in_brackets,
)
from benchmarks.page_reading.mentions import Mentions
from benchmarks.page_reading.pages import Role, Sheet
from benchmarks.page_reading.statements import state_meeting, state_role, state_title

_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"⟨([^⟨⟩]*)⟩")
_RANGE = re.compile(r"日[至—\-－～]\d")


class Slots(Mentions):
    """Fills the braces of one page's stencil and notes on its sheet what the page states so."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self.role: Role | None = None  # set where what fills a slot decides what the line is

    def choose(self, text: str) -> str:
        """Return a text with one of each ⟨this|that⟩ chosen."""
        while _CHOICE.search(text):
            text = _CHOICE.sub(lambda m: self.chance.choice(m[1].split("|")), text)
        return text

    def fill(self, text: str) -> str:
        """Return a chosen text with its slots filled."""
        return _SLOT.sub(lambda m: self.put(m[1]), text)

    # The head

    def put_title(self) -> str:
        """The title as it is; stated."""
        title = self.facts.title
        state_title(self.sheet, title)
        return title

    def put_titlex(self) -> str:
        """The title with what sites put around it."""
        title = self.put_title()
        frame = self.chance.choice(
            ["《{}》", "{}（全文）", "{}_图文", "{}（实录）", "{}", "{}(全文)", "【{}】"]
        )
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
        shown = self.chance.choice(
            ["{n}同志{t}", "{n}{t}", "{n}：{t}", "（现场实录）{n}{t}"]
        ).format(n=facts.speaker, t=title)
        state_title(
            self.sheet, shown, title, f"{facts.speaker}{title}", f"{facts.speaker}同志{title}"
        )
        self.put_name()
        return shown

    def put_sub(self) -> str:
        """The line that belongs under the title of this kind of speech."""
        kind = self.facts.kind
        if kind in ("report", "account"):
            return self._print_session()
        if kind == "call":
            subtitle = self.facts.subtitle or ""
            self.sheet.state("subtitle", subtitle)
            self.put_meet()
            return self.chance.choice(["——", "——", "—", "－－", "--", "── ", "━━"]) + subtitle
        if kind == "resolution":
            self.role = "date"
            day = self.put_day()
            sitting = self.chance.choice(["", "", "第四次全体会议"])
            words = f"{day}{self.facts.congress}{sitting}通过"
            self.sheet.allow("subtitle", words)
            return f"（{words}）"
        return self.put_dateline()

    def _print_session(self) -> str:
        """Date and meeting of a report."""
        day, chance = self.put_spoken(), self.chance
        gap, end = chance.choice(["", "", "", " "]), chance.choice("上上上 ").strip()
        words = f"{day}{gap}在{self.put_meet()}{end}"
        self.sheet.state("subtitle", words, None, f"在{self.facts.meeting}{end}")
        if chance.random() < 0.12 and len(words) > 24:
            at = chance.randint(10, len(words) - 5)
            return f"——{words[:at]}\n{words[at:]}"
        frame = chance.choice(
            [
                "——{}",
                "——{}",
                "——{}",
                "（{}）",
                "（{}）",
                "({})",
                "─{}",
                "━━{}",
                "－－{}",
                "--{}",
                "{}",
            ]
        )
        return frame.format(words)

    def put_dateline(self) -> str:
        """The day on a line of its own; in figures it may as well be that of publication."""
        self.role = "date"
        text = self.put_spoken()
        if "年" not in text:
            self.sheet.allow("published", self.sheet.fields["delivered"])
            self.sheet.allow("delivered", None)
        return put_in_brackets(text, self.chance)

    def put_spoken(self) -> str:
        """A day, a run of days or a month; stated for the speech."""
        return self._date("delivered", print_spoken(self.facts.delivered, self.chance))

    def put_day(self) -> str:
        """The day of the speech, in a form that needs no label."""
        return self._date("delivered", print_plain(self.facts.delivered, self.chance))

    def put_anyday(self) -> str:
        """The day where nothing tells whether of the speech or of its publication."""
        day = self.put_day()
        self.sheet.allow("delivered", None)
        self.sheet.allow("published", self.facts.delivered.isoformat())
        return day

    def put_onmeet(self) -> str:
        """The meeting on the line below a title."""
        words = f"在{self.put_meet()}上"
        self.sheet.allow("subtitle", words)
        return words

    def put_session(self) -> str:
        """Day and meeting on the line below a title."""
        words = self.put_day() + self.put_onmeet()
        self.sheet.allow("subtitle", words)
        return words

    def put_labelled(self) -> str:
        """The day behind a label of its own, in any form."""
        return self._date("delivered", print_day(self.facts.delivered, self.chance))

    def put_pubx(self) -> str:
        """A day that may count as that of publication, or as none."""
        text, value = print_stamp(self.facts.published, self.chance, clock=False)
        self.sheet.allow("published", value)
        return text

    def put_pub(self) -> str:
        """The day of publication, with a clock or without."""
        return self._date("published", print_stamp(self.facts.published, self.chance))

    def put_pubt(self) -> str:
        """The day of publication with a clock."""
        return self._date("published", print_stamp(self.facts.published, self.chance, clock=True))

    def put_pubd(self) -> str:
        """The day of publication without a clock."""
        return self._date("published", print_stamp(self.facts.published, self.chance, clock=False))

    def put_pubiso(self) -> str:
        """The day of publication as in mark-up."""
        return self._date("published", (self.facts.published.isoformat(),) * 2)

    def put_pubcn(self) -> str:
        """The day of publication as messengers print it."""
        day = self.facts.published
        return self._date(
            "published", (f"{day.year}年{day.month}月{day.day}日 18:30", day.isoformat())
        )

    def put_pubc(self) -> str:
        """The day of publication in words."""
        return self._date("published", print_day(self.facts.published, self.chance))

    def put_sent(self) -> str:
        """The day on which a message was sent, which may count as the page's or not."""
        text, value = print_stamp(self.facts.published, self.chance)
        self.sheet.allow("published", value)
        return text

    def put_sentcn(self) -> str:
        """The same in words, without a clock."""
        day = self.facts.published
        self.sheet.allow("published", day.isoformat())
        return f"{day.year}年{day.month}月{day.day}日"

    def put_origin(self) -> str:
        """The account that a page was taken over from, which is its source as well."""
        account = self.facts.stem + self.chance.choice(["观察", "微讯", "发布", "人大", "日报"])
        self.sheet.allow("source", account)
        return account

    def put_upd(self) -> str:
        """The day of the last change."""
        return self._date("updated", print_stamp(self.facts.updated, self.chance))

    def _date(self, name: str, printed: tuple[str, str]) -> str:
        text, value = printed
        stated = {value, self.sheet.fields.get(name) or value}
        if _RANGE.search(text):
            stated.add(value[:7])
        best = max(stated, key=len)  # of two statements the more exact one
        self.sheet.state(name, best, *sorted(stated - {best}))
        return text

    def put_meet(self) -> str:
        """The meeting; stated."""
        state_meeting(self.sheet)
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
        """The speaker's office; stated."""
        state_role(self.sheet)
        return self.facts.role

    def put_who(self) -> str:
        """The speaker's line in one of its forms; some forms tell no office."""
        self.role = "speaker"
        form = self.chance.choices(
            ["{role}　{airy}", "{role} {airy}", "{role}{name}", "（{role} {name}）",
             "{role}\n{airy}", "{airy}", "{name}（{role}）", "{role}：{name}",
             "{role}　　{airy}（女）", "{name} {role}", "{role}  {airy}", "（{name}）"],
            [8, 6, 2, 2, 2, 6, 1, 1, 1, 1, 2, 1],
        )[0]  # fmt: skip
        if "role" in self.sheet.fields and self.facts.role.endswith("（代）") and "（{" in form:
            form = "{role}　{airy}"
        return self.fill(form)

    def put_pair(self) -> str:
        """Two who signed together: the first, both or neither may be said."""
        name, other = self.facts.speaker, self.facts.other
        self.sheet.state("speaker", name, other, f"{name}、{other}", None)
        return f"{name}{self.chance.choice(['　', ' ', '、', '　　', '，'])}{other}"

    def put_deputy(self) -> str:
        """The office of one who speaks as a deputy."""
        role = self.facts.short + "人大代表"
        self.sheet.state("role", role)
        return role

    def put_org(self) -> str:
        """The body spoken for; stated."""
        self.sheet.state("organisation", self.facts.organ)
        return self.facts.organ

    def put_src(self) -> str:
        """The source; stated, and the same on all of a page."""
        facts = self.facts
        source = self.chance.choice(
            [facts.paper] * 4 + [facts.place + "人民政府办公室", facts.site, facts.place + "人大办"]
        )
        source = self.sheet.fields.get("source") or source
        self.sheet.state("source", source)
        self.sheet.allow("organisation", source)
        return source

    def put_url(self) -> str:
        """The page's address; stated, and the same on all of a page."""
        facts, chance = self.facts, self.chance
        folder = chance.choice(["art", "news/show", "c", "xwzx/rdyw"])
        page = f"{folder}/{facts.published:%Y%m}/{chance.randint(100, 99999)}.html"
        url = f"{chance.choice(['http', 'https'])}://{facts.host}/{page}"
        url = self.sheet.fields.get("url") or url
        self.sheet.state("url", url)
        return url
