"""Administrative divisions at and above county level since 1981: names, years, what became of them.

From data/divisions.tsv (its head names the source). A code tells where a division lies: 33 the
province, 3301 the city, 330109 the district.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from corpus_app.proofreading.rules import read_rules

_DATA: Final = Path(__file__).parent / "data" / "divisions.tsv"
_NATIONS: Final = (
    "(?:(?:壮|回|维吾尔|蒙古|藏|苗|彝|土家|布依|朝鲜|满|侗|瑶|白|哈尼|哈萨克|黎|傣|畲|傈僳|仡佬|东乡|拉祜|水|佤"
    "|纳西|羌|土|仫佬|锡伯|柯尔克孜|达斡尔|景颇|毛南|撒拉|布朗|塔吉克|阿昌|普米|鄂温克|怒|裕固|保安|独龙|鄂伦春"
    "|门巴|珞巴|各)族?|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)*"
)
_UNIT: Final = re.compile(
    rf"{_NATIONS}自治[区州县旗]$|特别行政区$|特区$|林区$|地区$|[省市县区州盟旗]$"
)


class AdministrativeDivision(NamedTuple):
    """A division: its code, name, first year, the year from which it was no more (0: it stands)."""

    code: str
    name: str
    start: int
    end: int
    successors: tuple[str, ...]

    def contains(self, other: AdministrativeDivision) -> bool:
        """Say whether another lies in this one, or is it."""
        return other.code.startswith(self.code.removesuffix("00").removesuffix("00"))


class DivisionTable:
    """All divisions by code and by name."""

    def __init__(self, rows: Iterable[AdministrativeDivision]) -> None:
        self._by_code: dict[str, AdministrativeDivision] = {}
        self._by_name: defaultdict[str, list[AdministrativeDivision]] = defaultdict(list)
        self._before: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            self._by_code[row.code] = row
            self._by_name[row.name].append(row)
            for code in row.successors:
                self._before[code].append(row.code)

    def find(self, name: str) -> list[AdministrativeDivision]:
        """Return all that bear or bore a name."""
        return self._by_name.get(name, [])

    def resolve(self, words: str) -> list[AdministrativeDivision]:
        """Return what an address names (浙江省杭州市萧山区): the last division of it.

        Of several of that name those that lie in the ones named before it.
        """
        found: list[AdministrativeDivision] = []
        rest = words
        while rest:
            size = next((n for n in range(len(rest), 1, -1) if rest[:n] in self._by_name), 0)
            if not size:
                return found if rest == words else []
            named = self.find(rest[:size])
            inside = [one for one in named if any(outer.contains(one) for outer in found)]
            found, rest = inside or named, rest[size:]
        return found

    def list_lineage(self, division: AdministrativeDivision) -> list[AdministrativeDivision]:
        """Return a division with those that it came from and those that took its place."""
        found = {division.code}
        for step in (self._list_before, self._list_after):
            waiting = [division.code]
            while waiting:
                fresh = [code for code in step(waiting.pop()) if code not in found]
                found.update(fresh)
                waiting += fresh
        return [self._by_code[code] for code in found if code in self._by_code]

    def list_named_by(self, codes: Iterable[str]) -> list[str]:
        """Return the names of the divisions of some codes."""
        return [self._by_code[code].name for code in codes if code in self._by_code]

    def _list_before(self, code: str) -> list[str]:
        return self._before.get(code, [])

    def _list_after(self, code: str) -> list[str]:
        return list(self._by_code[code].successors) if code in self._by_code else []

    def are_kin(
        self, ones: Iterable[AdministrativeDivision], others: Iterable[AdministrativeDivision]
    ) -> bool:
        """Say whether one of some divisions is, was, holds or lies in one of others."""
        first = [near for one in ones for near in self.list_lineage(one)]
        second = [near for one in others for near in self.list_lineage(one)]
        return any(a.contains(b) or b.contains(a) for a in first for b in second)

    def list_names(self) -> dict[str, str]:
        """Return what divisions are called, in full and without 市, 县 …, each with a full name.

        Words of the language (郊区, 解放区; 和平, 朝阳) and short names of several are left out.
        """
        rules = read_rules("residue")["divisions"]
        words = frozenset(rules["words"])
        found = {name: name for name in self._by_name if name not in words}
        cores: defaultdict[str, set[str]] = defaultdict(set)
        for name in found:
            cores[strip_unit(name)].add(name)
        short = frozenset(rules["short_words"])
        for core, names in cores.items():
            provinces = {one.code[:2] for name in names for one in self.find(name)}
            if len(core) > 1 and len(provinces) == 1 and core not in short and core not in found:
                found[core] = max(names, key=lambda name: max(o.start for o in self.find(name)))
        return found


def strip_unit(name: str) -> str:
    """Return a name without its unit: 江都 for 江都区, 延边 for 延边朝鲜族自治州."""
    return _UNIT.sub("", name) or name


@cache
def load_divisions() -> DivisionTable:
    """Return the table, read once."""
    rows = []
    for line in _DATA.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            code, name, start, *more = line.split("\t")
            end, after, *_ = (*more, "", "")
            rows.append(
                AdministrativeDivision(code, name, int(start), int(end or 0), tuple(after.split()))
            )
    return DivisionTable(rows)
