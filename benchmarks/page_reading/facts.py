"""What a made page is about: an invented place, a person, a meeting, a day, a title."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

_DIGITS = "零一二三四五六七八九"
KINDS = (
    ("speech",) * 6 + ("report",) * 4 + ("call",) * 2 + ("paper", "paper", "account", "greeting")
)


@cache
def load_names() -> dict[str, Any]:
    """Return the table that places, persons, meetings and titles are put together from."""
    return tomllib.loads((Path(__file__).with_name("names.toml")).read_text(encoding="utf-8"))


def spell(number: int) -> str:
    """Return a number below 100 in Chinese words."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


class Facts:
    """One speech's facts; kind is speech, report, call (a slogan over a subtitle), paper,
    account (a report on one matter), greeting or resolution."""

    def __init__(
        self,
        chance: Random,
        kinds: tuple[str, ...] = (),
        home: tuple[str, str] | None = None,
    ) -> None:
        """Draw all facts; home is the name and level of the place where it is settled."""
        self.chance = chance
        names = load_names()
        self.kind = chance.choice(kinds or KINDS)
        level = chance.choices(list(names["levels"]), [2, 6, 6, 5, 2, 1, 1, 1, 1])[0]
        stem = chance.choice(names["place_first"]) + chance.choice(names["place_last"])
        place: tuple[str, str] = home or (stem, level)
        self.stem, level = place
        self.head, self.party, self.short = names["levels"][level]
        self.level = level
        self.place = self.stem + level
        self.speaker, self.other, self.third = (self.draw_person() for _ in range(3))
        self.delivered = date(
            chance.randint(1998, 2026), chance.choice([1, 1, 1, 2, 3, 4, 6, 7, 9, 11, 12]),
            chance.randint(1, 28),
        )  # fmt: skip
        self.published = self.delivered + timedelta(chance.choice([0, 1, 1, 2, 5, 12, 40, 300]))
        self.updated = self.published + timedelta(chance.choice([0, 1, 30]))
        self.congress = self.draw_congress()
        self.meeting = self.congress if self._is_formal() else self.draw_meeting()
        self.organ = self.draw_organ()
        self.role = self.draw_role()
        self.subject = str(chance.choice(names["titles"]["subjects"]))
        self.subtitle: str | None = None
        self.title = self.draw_title()
        self.paper = self.stem + chance.choice(names["titles"]["papers_of_news"])
        self.site = self.stem + chance.choice(names["sites"])
        letters = "".join(chance.choices("abcdefghjkmnpqrstwxyz", k=chance.randint(3, 6)))
        self.host = f"www.{letters}.example.{chance.choice(['cn', 'com', 'net', 'gov.cn'])}"

    def _is_formal(self) -> bool:
        return self.kind in ("report", "resolution", "account") or self.chance.random() < 0.2

    def draw_person(self) -> str:
        """Return an invented name of any people."""
        names, chance = load_names(), self.chance
        lot = chance.random()
        if lot < 0.09:
            return str(chance.choice(names["peoples"]))
        given = names["given"] if lot > 0.16 else names["rare"] + names["given"]
        family = (
            chance.choice(names["compound"]) if lot > 0.97 else chance.choice(names["surnames"])
        )
        count = 1 if chance.random() < 0.4 else 2
        return str(family + "".join(chance.choice(given) for _ in range(count)))

    def draw_congress(self) -> str:
        """Return a session of a People's Congress or of its Standing Committee."""
        chance, place = self.chance, self.place
        term, session = spell(chance.randint(3, 19)), spell(chance.randint(1, 7))
        committee = f"{place}第{term}届人民代表大会常务委员会第{spell(chance.randint(2, 40))}次会议"
        return chance.choices(
            [
                f"{place}第{term}届人民代表大会第{session}次会议",
                f"{place}{term}届人大{session}次会议",
                f"{self.short}{term}届人大{session}次会议",
                f"{place}{term}届人民代表大会第{session}次会议",
                committee,
            ],
            [8, 2, 1, 1, 1],
        )[0]

    def draw_meeting(self) -> str:
        """Return another meeting."""
        chance, meetings = self.chance, load_names()["meetings"]
        if self.kind == "paper" or chance.random() < 0.5:
            whose = chance.choice(["全" + self.short, self.place, self.short, self.party])
            name = chance.choice(meetings["of_congress"])
        else:
            whose = chance.choice(["全" + self.short, self.place, self.short, "全" + self.short])
            name = chance.choice(meetings["of_all"])
        end = chance.choice(meetings["ends"]) if name.endswith(("班", "大会")) else ""
        return whose + name + end.replace("（扩大）会议", "")

    def draw_organ(self) -> str:
        """Return the body that the speech is given for."""
        organs = ["人民政府", "人大常委会", "人民代表大会常务委员会", "人民检察院", "中级人民法院"]
        if self.kind == "report":
            return self.place + self.chance.choices(organs, [8, 3, 1, 1, 1])[0]
        return self.place + self.chance.choice(["人大常委会", "人民政府", "人大常委会办公室"])

    def draw_role(self) -> str:
        """Return the speaker's office as a page prints it."""
        chance, place, short, head, party = (
            self.chance, self.place, self.short, self.head, self.party,
        )  # fmt: skip
        if self.kind == "report":
            if self.organ.endswith("检察院"):
                return chance.choice([place + "人民检察院检察长", "检察长", "代理检察长"])
            if self.organ.endswith("法院"):
                return chance.choice([place + "中级人民法院院长", "院长", "代院长"])
            if self.organ.endswith(("常委会", "委员会")):
                return chance.choice([place + "人大常委会主任", "主任", short + "人大常委会副主任"])
            return chance.choice(
                [head, place + head, place + "人民政府" + head, "代" + head, f"{head}（代）",
                 place + "代" + head, short + "人民政府" + head, f"{place}{head}（代）",
                 f"{place}委副书记、代{head}", place + "代理" + head]
            )  # fmt: skip
        return chance.choice(
            [party + "书记", party + "书记、" + short + "人大常委会主任", place + "人大常委会主任",
             place + "人大常委会党组书记、主任", party + "常委、组织部部长", "主任", "院长",
             short + "人大常委会主任", f"{party}副书记、{head}", "中共" + place + "委员会书记",
             place + "人大常委会副主任", place + "人大常委会秘书长", place + "副" + head,
             short + "政协主席", "局长",
             place + "人大法制委员会主任委员", place + "市场监督管理局党组书记、局长", "副主任",
             place + "人大常委会党组成员、机关党组书记", party + "常委、宣传部部长"]
        )  # fmt: skip

    def draw_title(self) -> str:
        """Return a title fit for the kind; sets the subtitle where the kind has one."""
        chance, titles = self.chance, load_names()["titles"]
        place, year = self.place, self.delivered.year
        names = ["讲话", "发言", "主持词", "致辞", "总结讲话", "交流发言", "动员讲话", "表态发言"]
        speech = chance.choices(names, [14, 3, 2, 1, 1, 1, 1, 1])[0]
        if self.kind == "report":
            return self._name_report(year)
        if self.kind == "resolution":
            what = chance.choice(["政府", "人大常委会", "人民法院", "人民检察院"])
            return f"{self.congress}关于{chance.choice([place, ''])}{what}工作报告的决议"
        if self.kind == "account":
            return self._name_account(year)
        if self.kind == "greeting":
            pattern = str(chance.choice(titles["greetings"]))
            if pattern.startswith("在"):
                self.meeting = f"{year}年春节团拜会"
            return pattern.format(year=year, short=self.short)
        if self.kind == "paper":
            return str(chance.choice(titles["papers"]))
        times = ["上"] * 4 + (["闭幕时", "开幕时"] if self.meeting == self.congress else [])
        named = f"在{self.meeting}{chance.choice(times)}的{speech}"
        if self.kind == "call":
            self.subtitle = named
            return str(chance.choice(titles["calls"]))
        return named

    def _name_account(self, year: int) -> str:
        whose = self.chance.choice([self.place, "全" + self.short, f"{year}年", ""])
        end = self.chance.choice(["情况的报告", "情况的报告", "情况报告", "情况的专项报告"])
        return f"关于{whose}{self.subject}{end}"

    def _name_report(self, year: int) -> str:
        chance, place = self.chance, self.place
        if self.organ.endswith("人民政府"):
            return chance.choices(
                ["政府工作报告", f"{year}年{place}政府工作报告", f"{place}人民政府工作报告",
                 f"{year}年政府工作报告", f"{place}{year}年政府工作报告",
                 f"{year}年{place}人民政府工作报告"],
                [6, 2, 1, 1, 1, 1],
            )[0]  # fmt: skip
        if "法院" in self.organ or "检察院" in self.organ:
            return f"{self.organ}工作报告"
        return chance.choice(
            [f"{place}人民代表大会常务委员会工作报告", f"{place}人大常委会工作报告"]
        )
