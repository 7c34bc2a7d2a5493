"""Chrome above and below a speech: every kind is taken by its own step."""

from __future__ import annotations

import pytest

from tests.folding import for_each
from tests.ingest.pages import BODY, HEAD, clean, list_kinds


@for_each(
    ("line", "kind"),
    [
        ("当前位置：首页 > 讲话 > 正文", "breadcrumb"),
        ("您现在的位置: 首页 >> 人大之窗", "breadcrumb"),
        ("首页 > 公文 > 领导讲话", "breadcrumb"),
        ("欢迎访问明溪人大网！", "site"),
        ("设为首页 | 加入收藏 | 联系我们", "site"),
        ("首页 要闻 公告 代表 监督", "site"),
        ("浏览次数：1024次", "counter"),
        ("点击:56", "counter"),
        ("【字体：大 中 小】 【打印】 【关闭】", "share"),
        ("分享到：", "share"),
        ("打印本页 关闭窗口", "share"),
        ("用微信扫描二维码，分享到朋友圈", "share"),
        ("（示例文本，地名、人名均为虚构。）", "sample_notice"),
        ("青蓝文库：海量公文，每日更新，开通会员免费下载", "advert"),
        ("更多讲话稿请关注公众号：青蓝文稿", "advert"),
        ("http://rd.example.cn/a/b.html", "url"),
        ("========", "stray"),
        ("第 3 页 共 8 页", "pager"),
        ("- 3 -", "pager"),
        ("点击上方蓝字关注“青坡家站”", "share"),
        ("我们使用 Cookie 改善您的浏览体验，继续访问即表示同意隐私声明。 [接受]", "site"),
        ("青坡公文网 > 讲话稿 > 人大讲话 > 正文", "breadcrumb"),
        ("本文由【青坡公文网】整理，仅供参考。", "site"),
        ("以下是文章正文：", "site"),
        ("（内容太长，点击展开全文）", "share"),
        ("[08:55] [直播员] 各位网友早上好，会场已经就绪。", "site"),
        ("[NextPage]", "pager"),
        ("☰", "share"),
        ("回复 举报 收藏 2 支持 反对", "share"),
        ("收录于合集 #领导讲话 12个", "share"),
        ("编者按：近日，青坡县召开学习会，县委书记出席并讲话，现将讲话刊发如下。", "editor_note"),
        ("【摘要】本文讲了三个方面的问题，供各地学习参考。", "editor_note"),
        ("（送审稿）", "editor_note"),
        ("（根据会议录音整理）", "editor_note"),
        ("下面是小编为大家整理的讲话稿，欢迎大家阅读参考！", "advert"),
    ],
)
def test_it_takes_a_line_of_chrome_above_the_speech(line: str, kind: str) -> None:
    text, cleaned = clean(line + "\n" + HEAD + BODY)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {kind}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("上一篇：关于召开代表大会的通知", "pager"),
        ("下一篇: 没有了", "pager"),
        ("责任编辑：林某", "editor_note"),
        ("（编辑：林某 校对：陈某）", "editor_note"),
        ("版权所有：明溪市人大常委会 技术支持：某某公司", "copyright"),
        ("京ICP备00000000号-1", "copyright"),
        ("Copyright © 2020-2023 某某网 All Rights Reserved", "copyright"),
        ("免责声明：本文来源于网络，版权归原作者所有，如有侵权请联系删除，本站将在第一时间处理。", "disclaimer"),  # noqa: E501
        ("【特别声明】以上内容仅代表作者本人观点，不代表本站立场，仅供读者参考，并请自行核实。", "disclaimer"),  # noqa: E501
        ("扫一扫，在手机打开当前页", "share"),
        ("加微信群领取全套资料，客服QQ：10000", "advert"),
        ("版权申明：本网文章均来自网络，如侵犯您的权益请告知", "disclaimer"),
        ("QQ:12345678", "advert"),
        ("|", "stray"),
        ("※※※※", "stray"),
        ("一审：小陈  二审：小李  三审：老王", "editor_note"),
        ("青坡县人大常委会主办 青坡县人大常委会办公室承办", "copyright"),
        ("以上就是小编为大家整理的全部内容，希望对您有所帮助。", "advert"),
        ("您可能关注的文档", "related"),
        ("往期推荐", "related"),
        ("预览时标签不可点", "share"),
        ("打开APP阅读全文", "share"),
        ("分类：演说 | 青坡县文献 | 75%", "related"),
        ("1　政府工作报告　．青坡热线［引用日期 2027-11-05］", "related"),
        ("【点评】本文层次清楚，小标题对仗工整。", "related"),
        ("10:41 小编 直播到此结束，谢谢各位网友。", "site"),
    ],
)  # fmt: skip
def test_it_takes_a_line_of_chrome_below_the_speech(line: str, kind: str) -> None:
    text, cleaned = clean(HEAD + BODY + line + "\n")
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {kind}


def test_it_keeps_a_title_that_sounds_like_advertising() -> None:
    title = "在个体私营企业协会会员代表大会暨免费法律服务启动会上的讲话"
    text, _ = clean("仅供学习，禁止外传\n" + title + "\n加微信进交流群\n" + BODY)
    assert text == (title + "\n" + BODY).strip()


def test_it_takes_a_whole_block_of_advertising_with_the_plain_lines_in_it() -> None:
    block = "仅供学习 禁止外传\n青蓝文坊\n天天上新、随取随用\n开通会员立享全部权益\n【加群提醒】\nQQ群：10000\n"  # noqa: E501
    text, cleaned = clean(block + "\n\n" + HEAD + BODY)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"advert"}


def test_it_takes_the_list_of_links_after_the_speech() -> None:
    raw = HEAD + BODY + "相关阅读\n代表视察城区供水工程\n主任会议研究明年要点\n"
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"related"}


def test_it_takes_a_licence_footer_to_the_end_of_the_file() -> None:
    raw = (
        HEAD
        + BODY
        + "本作品是某国的\n法律\n，根据该国\n著作权法\n，属于\n公有领域\n。\nPublic domain\nfalse\n"
    )
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"licence"}


def test_it_takes_the_editor_at_the_end_of_the_last_sentence() -> None:
    raw = HEAD + BODY.strip() + "（责任编辑：林某）\n"
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"editor_note"}


def test_it_leaves_metadata_lines_for_the_next_step() -> None:
    raw = HEAD + "发布时间：2023-05-06 来源：明溪人大网 点击：35 次\n" + BODY
    text, cleaned = clean(raw)
    assert "发布时间：2023-05-06 来源：明溪人大网" in text
    assert [span.text.strip() for span in cleaned.removed] == ["点击：35 次"]


def test_it_finds_chrome_in_a_text_that_is_one_line() -> None:
    speech = "同志们：这次会议很重要，请大家认真讨论、认真落实，把各项任务抓紧抓好。" * 20
    raw = "当前位置：首页>讲话>正文 在机关会议上的讲话 " + speech + " 上一篇：没有了 |"
    _, cleaned = clean(raw)
    assert [span.kind for span in cleaned.removed] == ["breadcrumb", "pager", "stray"]


def test_it_takes_advertising_glued_to_the_end_of_a_paragraph() -> None:
    raw = HEAD + BODY.strip() + "更多精彩，尽在gongwen.example.com\n"
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"advert"}


@pytest.mark.parametrize(
    "line", ["附件：", "下载地址：点击下载Word文档", "喜欢就点个“在看”吧！", "——END——", "地址：某市人民路1号 邮编：000000"]  # noqa: E501
)  # fmt: skip
def test_it_takes_the_odds_and_ends_below_a_speech(line: str) -> None:
    text, cleaned = clean(HEAD + BODY + line + "\n")
    assert text == (HEAD + BODY).strip()
    assert cleaned.gaps == []


def test_it_keeps_a_title_above_the_breadcrumb() -> None:
    title = "昂首奋进新征程 奋力开创新局面\n"
    text, cleaned = clean(title + "当前位置：首页 > 讲话\n" + BODY)
    assert text == (title + BODY).strip()
    assert list_kinds(cleaned) == {"breadcrumb"}


def test_it_keeps_the_head_when_the_breadcrumb_is_at_the_foot() -> None:
    title = "昂首奋进新征程 奋力开创新局面\n"
    assert clean(title + BODY + "当前位置：首页 > 讲话\n")[0] == (title + BODY).strip()
