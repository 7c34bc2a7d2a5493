"""Noise: every kind is taken by its own step, and sentences that only sound like it stay."""

from __future__ import annotations

import tomllib

import pytest

from corpus_app.ingest.body import assemble
from corpus_app.ingest.noise import Cleaned, remove_noise
from corpus_app.ingest.noise.statements import read_hidden_chars
from corpus_app.ingest.rule_files import RULES

HEAD = "在全区人大工作会议上的讲话\n"
BODY = (
    "同志们：\n这次会议很重要，主要任务是总结一年来的工作，部署下一步的任务，请大家认真讨论。\n"
    "一、提高认识，增强自觉\n要深入学习会议精神，把思想统一到区委的要求上来，把力量凝聚到重点任务上来。\n"
    "二、突出重点，狠抓落实\n要一件事情接着一件事情办，以钉钉子精神抓好落实，让代表满意、让群众满意。\n"
)


def clean(text: str) -> tuple[str, Cleaned]:
    cleaned = remove_noise(text)
    return assemble(text, cleaned.removed).text, cleaned


def list_kinds(cleaned: Cleaned) -> set[str]:
    return {span.kind for span in cleaned.removed}


@pytest.mark.parametrize(
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
        ("[NextPage]", "pager"),
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
    ],
)  # fmt: skip
def test_it_takes_a_line_of_chrome_below_the_speech(line: str, kind: str) -> None:
    text, cleaned = clean(HEAD + BODY + line + "\n")
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {kind}


@pytest.mark.parametrize(
    ("notice", "kind", "hidden"),
    [
        ("此处内容需要权限查看", "paywall", None),
        ("会员免费查看", "paywall", None),
        ("剩余内容开通会员可见", "paywall", None),
        ("以下内容付费可见", "paywall", None),
        ("以下内容需登录后查看", "paywall", None),
        ("此处隐藏4864字，下载后查看", "hidden", 4864),
        ("---此处隐藏 4,864 字,下载后查看---", "hidden", 4864),
        ("【此处已隐藏1.2万字，购买后可继续阅读】", "hidden", 12000),
        ("……（此处省略300字）……", "hidden", 300),
        ("（以下内容略）", "hidden", None),
        ("（略）", "hidden", None),
        ("全文共5280字，登录后阅读", "paywall", None),
        ("还剩2300字未读，开通会员继续阅读全文", "paywall", 2300),
        ("试读已结束，购买后可阅读全文", "paywall", None),
        ("您没有权限查看此隐藏内容，请先登录", "paywall", None),
        ("本文为付费内容，升级VIP后可阅读", "paywall", None),
        ("请登录后查看完整内容", "paywall", None),
        ("剩余60%内容，下载文档后可查看全文", "paywall", None),
        ("隐藏内容：需要回复后才能查看", "paywall", None),
    ],
)  # fmt: skip
def test_it_turns_a_notice_of_hidden_text_into_a_gap(
    notice: str, kind: str, hidden: int | None
) -> None:
    lines = BODY.splitlines(keepends=True)
    raw = HEAD + "".join(lines[:4]) + notice + "\n" + "".join(lines[4:])
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) <= {"paywall", "hidden"}
    assert cleaned.gaps[0].hidden_chars == hidden
    assert raw[cleaned.gaps[0].raw_offset :].startswith(cleaned.gaps[0].note)
    if "隐藏内容" not in notice:
        assert cleaned.gaps[0].kind == kind


def test_it_parts_a_notice_from_the_point_it_is_glued_to() -> None:
    raw = HEAD + BODY + "以下内容开通会员后可见\n会员免费查看一是要抓学习。要常学常新，学用结合。\n"
    text, cleaned = clean(raw)
    assert text.endswith("\n一是要抓学习。要常学常新，学用结合。")
    assert [gap.kind for gap in cleaned.gaps] == ["paywall", "paywall"]


def test_it_takes_a_notice_at_the_end_of_a_paragraph() -> None:
    raw = HEAD + BODY + "三、加强领导\n要压实责任，层层抓落实。剩余内容登录后查看\n"
    text, cleaned = clean(raw)
    assert text.endswith("要压实责任，层层抓落实。")
    assert len(cleaned.gaps) == 1


TRAPS = [
    "请大家在此处登录后查看完整内容，逐条对照检查，对检查出来的问题要立即整改。",
    "网站改版以后，剩余内容登录后可见的做法已经取消，群众查阅法规更加方便了。",
    "要让会员单位免费查看法规汇编，方便企业了解政策，这件事情要抓紧办好。",
    "各位代表可以登录代表履职平台查看全文，也可以到家站领取纸质材料，提出意见。",
    "群众下载客户端以后可以随时阅读法规草案全文并提出意见，参与渠道更加多样。",
    "会员大会选举产生了新一届理事会，各会员单位要支持协会的工作，发挥桥梁作用。",
    "要查清信息的来源，凡是来源：不明的数据一律不得采用，确保报告真实准确。",
    "他们隐藏在平凡岗位上默默奉献，没有人要求他们这样做，但他们坚持了很多年。",
    "要打击倒卖票证的行为，规范会员卡预付消费，维护群众的合法权益，让群众放心。",
    "有的建议答复太简略（略举几例），代表并不满意，承办单位要认真改进工作。",
    "扫码即可查看代表联系方式，群众反映问题更方便了，这个做法值得各地学习借鉴。",
    "要用好公众号、二维码、微信群这些载体，免费为群众提供法律资料和咨询服务。",
    "请大家登录中国人大网www.npc.gov.cn查阅法律条文，认真对照检查自己的工作。",
    "下载不是目的，阅读才是目的；会员不是身份，责任才是身份，请大家好好想一想。",
    "责任编辑：这个岗位很重要，要配齐配强，确保会刊质量不断提高，办出自己特色。",
    "首页 > 正文这样的栏目设置太简单，人大网站要增加代表履职专栏，方便群众查询。",
]


@pytest.mark.parametrize("sentence", TRAPS)
@pytest.mark.parametrize("place", ["middle", "end"])
def test_it_never_takes_a_sentence_that_only_sounds_like_noise(sentence: str, place: str) -> None:
    lines = BODY.splitlines()
    lines.insert(4 if place == "middle" else len(lines), sentence)
    raw = HEAD + "\n".join(lines)
    text, cleaned = clean(raw)
    assert text == raw
    assert cleaned.removed == []


def test_it_keeps_a_title_that_sounds_like_advertising() -> None:
    title = "在个体私营企业协会会员代表大会暨免费法律服务启动会上的讲话"
    text, _ = clean("仅供学习，禁止外传\n" + title + "\n加微信进交流群\n" + BODY)
    assert text == (title + "\n" + BODY).strip()


def test_it_takes_a_whole_block_of_advertising_with_the_plain_lines_in_it() -> None:
    block = "仅供学习 禁止外传\n青蓝文坊\n天天上新、随取随用\n开通会员立享全部权益\n【加群提醒】\nQQ群：10000\n"  # noqa: E501
    text, cleaned = clean(block + "\n\n" + HEAD + BODY)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"advert"}


def test_it_takes_a_known_watermark_injected_twice() -> None:
    raw = (HEAD + BODY).replace("总结", "总笔杆子参考结").replace("区委的", "区笔杆子参考委的")
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"watermark"}


def test_it_only_warns_where_a_doubtful_name_stands_once() -> None:
    raw = HEAD + BODY + "各单位的笔杆子参考执行，起草文件时要讲短话、讲实话、讲新话。\n"
    text, cleaned = clean(raw)
    assert text == raw.strip()
    assert [notice.code for notice in cleaned.notices] == ["possible_watermark"]


def test_it_finds_an_unknown_watermark_by_its_repetition() -> None:
    raw = (
        (HEAD + BODY)
        .replace("思想统一", "思想远山范文网统一")
        .replace("钉钉子", "钉钉远山范文网子")
    )
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert {span.text for span in cleaned.removed} == {"远山范文网"}


def test_it_keeps_a_site_that_the_speaker_names_in_quotes() -> None:
    raw = HEAD + BODY + "有人从《远山范文网》抄材料，又到“远山范文网”买讲稿，这种文风要坚决纠正。\n"
    assert clean(raw)[0] == raw.strip()


def test_it_takes_an_address_stuck_in_a_sentence_but_not_one_in_brackets() -> None:
    raw = (HEAD + BODY).replace("主要任务", "主要www.qinglan.example.com任务")
    raw += "群众可以通过网站（www.rd.example.cn）提出意见，有关部门要及时答复和处理。\n"
    text, cleaned = clean(raw)
    assert "主要任务" in text
    assert "www.rd.example.cn" in text
    assert list_kinds(cleaned) == {"url"}


def test_it_lists_invisible_characters_and_joins_the_words() -> None:
    raw = (HEAD + BODY).replace("会议", "会\u200b议").replace("代表", "代\x00\ufeff表")
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"invisible"}


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


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("此处隐藏4864字", 4864),
        ("隐藏约 1,200 余字", 1200),
        ("还剩0.5万字", 5000),
        ("此处隐藏", None),
    ],
)
def test_it_reads_how_many_characters_are_hidden(text: str, number: int | None) -> None:
    assert read_hidden_chars(text) == number


def test_every_removed_span_says_which_rule_took_it() -> None:
    raw = "首页 > 讲话\n" + HEAD + BODY + "此处隐藏30字\n（责任编辑：林某）\n|\n"
    assert all(span.rule for span in remove_noise(raw).removed)


def test_the_rule_files_are_sound() -> None:
    for name in ("noise_lines", "noise_phrases"):
        assert tomllib.loads((RULES / f"{name}.toml").read_text(encoding="utf-8"))


def test_it_never_takes_the_point_after_a_notice_in_the_same_line() -> None:
    raw = (
        HEAD
        + BODY
        + "要压实责任。 >>>此处有3500字被隐藏,付费9.9元查看<<< 四是要严格管理。要负起责任。\n"
    )
    text, cleaned = clean(raw)
    assert text.endswith("要压实责任。\n四是要严格管理。要负起责任。")
    assert [gap.hidden_chars for gap in cleaned.gaps] == [3500]


def test_it_takes_a_site_name_that_the_chrome_bears_out_even_once() -> None:
    raw = "远山公文网 > 讲话稿 > 正文\n" + (HEAD + BODY).replace(
        "一件事情", "一件远山公文网事情", 1
    )
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"breadcrumb", "watermark"}


def test_it_takes_advertising_glued_to_the_end_of_a_paragraph() -> None:
    raw = HEAD + BODY.strip() + "更多精彩，尽在gongwen.example.com\n"
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"advert"}


def test_it_reads_the_rest_of_a_notice_in_the_same_line() -> None:
    raw = HEAD + BODY + "以上内容为部分预览，完整版请下载后阅读。剩余1520字\n"
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert [gap.hidden_chars for gap in cleaned.gaps] == [1520]


@pytest.mark.parametrize(
    "line", ["附件：", "下载地址：点击下载Word文档", "喜欢就点个“在看”吧！", "——END——", "地址：某市人民路1号 邮编：000000"]  # noqa: E501
)  # fmt: skip
def test_it_takes_the_odds_and_ends_below_a_speech(line: str) -> None:
    text, cleaned = clean(HEAD + BODY + line + "\n")
    assert text == (HEAD + BODY).strip()
    assert cleaned.gaps == []


def test_it_takes_tags_out_of_plain_text_and_parts_paragraphs_at_them() -> None:
    raw = (
        HEAD
        + BODY
        + "&nbsp;&nbsp;<strong>三、加强领导</strong>\n要负责。</p><p>要担当。[b]要实[/b]干。\n"
    )
    text, cleaned = clean(raw)
    assert text.endswith("三、加强领导\n要负责。\n要担当。要实干。")
    assert list_kinds(cleaned) == {"markup"}
    assert [notice.code for notice in cleaned.notices] == ["markup"]


def test_it_keeps_angle_brackets_that_are_no_tags() -> None:
    raw = HEAD + BODY + "经济增速<8%的地区要加压，目标>5%的要稳住，<决定>要抓紧落实，做到a<b。\n"
    assert clean(raw)[0] == raw.strip()


@pytest.mark.parametrize(
    "notice", ["此处内容需要权限查看", "剩余内容开通会员可见", "此处隐藏300字，下载后查看"]
)
def test_it_takes_a_notice_glued_between_words(notice: str) -> None:
    raw = HEAD + BODY + f"三、加强领导，压实责任{notice}一是要抓考核。考核要严要实，奖勤罚懒。\n"
    text, cleaned = clean(raw)
    assert text.endswith("三、加强领导，压实责任\n一是要抓考核。考核要严要实，奖勤罚懒。")
    assert len(cleaned.gaps) == 1


def test_it_keeps_a_title_above_the_breadcrumb() -> None:
    title = "昂首奋进新征程 奋力开创新局面\n"
    text, cleaned = clean(title + "当前位置：首页 > 讲话\n" + BODY)
    assert text == (title + BODY).strip()
    assert list_kinds(cleaned) == {"breadcrumb"}


def test_it_keeps_the_head_when_the_breadcrumb_is_at_the_foot() -> None:
    title = "昂首奋进新征程 奋力开创新局面\n"
    assert clean(title + BODY + "当前位置：首页 > 讲话\n")[0] == (title + BODY).strip()
