"""What names the site of a page that bears neither its address nor its source."""

from __future__ import annotations

import pytest

from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.site import name_site
from corpus_app.ingest.site_marks import find_host, is_site_name

BODY = """<h1>在枫岭县代表工作推进会上的讲话</h1><p>（2023年5月6日）</p><p>顾云舟</p>
<p>同志们：</p><p>今天召开这次会议，主要任务是交流做法、查找不足。下面，我讲两点意见。</p>
<p>一、把站点建到群众身边</p><p>去年以来，全县新建站点十六个，代表接待选民四千余人次。</p>
<p>二、把意见办到群众心里</p><p>要一件一件办，办一件，回一件，让群众看得见，也让群众信得过。</p>"""
LINKS = "".join(f'<a href="https://www.flrd.example.cn/{n}.html">要闻{n}</a>' for n in range(4))
FRIENDS = "".join(f'<a href="http://{name}.example.cn/">友情</a>' for name in ("ab", "cd", "ef"))


def find_mark(body: str = "", head: str = "") -> str:
    html = f"<html><head><meta charset=utf-8>{head}</head><body>{BODY}{body}</body></html>"
    draft = parse_bytes(html.encode(), "a.html")
    assert draft.to_json()["site"] == draft.site
    return draft.site


@pytest.mark.parametrize(
    ("body", "head", "mark"),
    [
        (LINKS, "", "flrd.example.cn"),
        (LINKS + FRIENDS, "", "flrd.example.cn"),
        ("", '<link rel="stylesheet" href="//flrd.example.cn/a.css">' * 3, "flrd.example.cn"),
        ("<p>网址：www.flrd.example.cn</p>", "", "flrd.example.cn"),
        ("<p>霜ICP备12345678号-1</p>", "", "霜ICP备12345678"),
        ("<p>网站标识码：3301000012</p>", "", "3301000012"),
        ("<p>版权所有：枫岭县人大常委会办公室</p>", "", "枫岭县人大常委会办公室"),
        ("", "<title>在枫岭县代表工作推进会上的讲话 - 枫岭人大网</title>", "枫岭人大网"),
        ("", "", ""),
        (FRIENDS, "", ""),
        ('<a href="https://weibo.com/a">微博</a>' * 5, "", ""),
        ('<a href="https://bszs.conac.cn/a">党政机关</a>' * 5, "", ""),
    ],
)
def test_the_page_itself_names_its_site(body: str, head: str, mark: str) -> None:
    assert find_mark(body, head) == mark


def test_a_host_that_the_speech_speaks_of_names_no_site() -> None:
    body = "<p>请大家登录www.flrd.example.cn，把建议提上来，承办单位会一件一件答复。</p>"
    assert find_mark(body + "<p>谢谢大家，让我们一起努力，把代表工作做得更好！</p>") == ""


@pytest.mark.parametrize(
    "name",
    ["枫岭人大网", "枫岭日报", "溪北河湾新报", "枫岭县人大常委会", "flrd.example.cn", "枫岭发布"],
)
def test_names_of_sites_are_known(name: str) -> None:
    assert is_site_name(name)
    assert name_site("", name) == name


@pytest.mark.parametrize(
    "name",
    [
        *(
            "09:30",
            "2024-03-05",
            "2024年3月5日 09:30",
            "打印本页",
            "【打印】",
            "分享到：",
            "下一篇",
        ),
        *(
            "沈知远",
            "县长 沈知远",
            "阿依古丽·买买提",
            "本站",
            "未知",
            "12",
            "网络",
            "字号：大 中 小",
        ),
        "这句话不是网站的名称。",
    ],
)
def test_times_buttons_and_persons_are_no_sites(name: str) -> None:
    assert not is_site_name(name)
    assert name_site("", name) == ""
    assert name_site("https://rd.example.cn/a", name) == "rd.example.cn"


def test_a_host_must_stand_out() -> None:
    assert find_host(["http://a.cn/1", "http://b.cn/1", "http://c.cn/1"], 1) == ""
    assert find_host(["http://a.cn/1", "http://www.a.cn/2", "http://b.cn/1"], 2) == "a.cn"
    assert find_host(["http://a.cn/1"], 2) == ""
    assert find_host(["http://127.0.0.1/", "javascript:void(0)", "http://[", "#"], 1) == ""
