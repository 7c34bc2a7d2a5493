"""Examples that run as they stand against the server that shows them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.models import Speech
from corpus_app.slogans.querysets import list_counted_slogans
from corpus_app.themes.models import Theme

_PYTHON: Final = '''\
import json
from urllib.parse import urlencode
from urllib.request import Request, urlopen

BASE = "{base}/api/v1"
TOKEN = ""  # {token}


def ask(path, **params):
    """Return the answer of an address as Python values."""
    question = "?" + urlencode(params, doseq=True) if params else ""
    headers = {{"Authorization": f"Bearer {{TOKEN}}"}} if TOKEN else {{}}
    with urlopen(Request(BASE + path + question, headers=headers)) as answer:
        return json.load(answer)


def walk(path, **params):
    """Yield the entries of a list, page after page."""
    page = ask(path, **params)
    yield from page["items"]
    while page["next_cursor"]:
        page = ask(path, **params, cursor=page["next_cursor"])
        yield from page["items"]


'''


@dataclass(frozen=True)
class Example:
    """A piece of code and what it does."""

    title: str
    language: str
    code: str


def build_examples(base: str) -> list[Example]:
    """Return the examples for the server at base ("https://yanku.example"), with ids it has."""
    return [*_list_commands(base), *_list_programs(base)]


def _list_commands(base: str) -> list[Example]:
    speech = Speech.objects.narrow().first()
    slogan = list_counted_slogans().first()
    theme = Theme.objects.first()
    commands = [
        (_("检索"), "/search", ["q=监督", "unit=section", "limit=5"]),
        (_("2023 年的讲话，从新到旧"), "/speeches", ["year=2023"]),
        (_("逐条语境，按右邻排序"), "/concordance", ["q=监督", "sort=right", "context=15"]),
        (_("两个词历年的变化"), "/trends", ["expression=监督", "expression=履职"]),
        (_("一个词的搭配"), "/collocates", ["q=监督", "window=5", "least=2"]),
        (_("2023 年起与以前相比多用的词"), "/keywords", ["year_from=2023", "least=3"]),
        (_("输入提示"), "/suggestions", ["q=rm"]),
        (_("主题树"), "/themes", []),
    ]
    if speech:
        commands.append((_("一篇讲话的提纲"), f"/speeches/{speech.pk}/sections", []))
        commands.append((_("引用格式"), "/citations", [f"speech={speech.pk}"]))
    if slogan:
        commands.append((_("一个提法的出处"), f"/slogans/{slogan.pk}/mentions", ["limit=5"]))
    if theme:
        commands.append((_("一个主题的段落"), f"/themes/{theme.slug}/passages", ["limit=5"]))
    return [
        Example(title, "curl", write_command(base, path, params))
        for title, path, params in commands
    ]


def write_command(base: str, path: str, params: list[str]) -> str:
    """Return a curl command; params are name=value, encoded by curl itself."""
    address = shlex.quote(f"{base}/api/v1{path}")
    if not params:
        return f"curl {address}"
    data = " \\\n  ".join(f"--data-urlencode {shlex.quote(param)}" for param in params)
    return f"curl --get {address} \\\n  {data}"


def _list_programs(base: str) -> list[Example]:
    head = _PYTHON.format(base=base, token=_("在“令牌”页建立；不填也可以"))
    programs = [
        (_("翻完全部命中，存为 CSV"), _WALK),
        (_("历年每万字次数"), _TRENDS),
        (_("检索式有误时"), _FAULT),
    ]
    return [Example(title, "python", head + code) for title, code in programs]


_WALK: Final = """\
import csv
import sys

table = csv.writer(sys.stdout)
table.writerow(["speech", "date", "left", "key", "right"])
for line in walk("/concordance", q="监督", context=15, limit=100):
    table.writerow([line["speech"], line["date"], line["left"], line["key"], line["right"]])
"""
_TRENDS: Final = """\
trend = ask("/trends", expression=["监督", "履职"], period="year")
for series in trend["series"]:
    for period, point in zip(trend["periods"], series["points"]):
        print(series["expression"], period["label"], point["occurrences"], point["per_10k"])
"""
_FAULT: Final = """\
from urllib.error import HTTPError

try:
    ask("/search", q="(监督")
except HTTPError as error:
    problem = json.load(error)
    print(problem["title"], problem["detail"], problem["position"])
"""
