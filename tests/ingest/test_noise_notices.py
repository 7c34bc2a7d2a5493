"""Pay-wall notices become gaps; sentences that only sound like them stay."""

from __future__ import annotations

import pytest

from corpus_app.ingest.noise.statements import read_hidden_chars
from tests.ingest.pages import BODY, HEAD, clean, list_kinds


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


def test_it_never_takes_the_point_after_a_notice_in_the_same_line() -> None:
    raw = (
        HEAD
        + BODY
        + "要压实责任。 >>>此处有3500字被隐藏,付费9.9元查看<<< 四是要严格管理。要负起责任。\n"
    )
    text, cleaned = clean(raw)
    assert text.endswith("要压实责任。\n四是要严格管理。要负起责任。")
    assert [gap.hidden_chars for gap in cleaned.gaps] == [3500]


def test_it_reads_the_rest_of_a_notice_in_the_same_line() -> None:
    raw = HEAD + BODY + "以上内容为部分预览，完整版请下载后阅读。剩余1520字\n"
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert [gap.hidden_chars for gap in cleaned.gaps] == [1520]


@pytest.mark.parametrize(
    "notice", ["此处内容需要权限查看", "剩余内容开通会员可见", "此处隐藏300字，下载后查看"]
)
def test_it_takes_a_notice_glued_between_words(notice: str) -> None:
    raw = HEAD + BODY + f"三、加强领导，压实责任{notice}一是要抓考核。考核要严要实，奖勤罚懒。\n"
    text, cleaned = clean(raw)
    assert text.endswith("三、加强领导，压实责任\n一是要抓考核。考核要严要实，奖勤罚懒。")
    assert len(cleaned.gaps) == 1


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


@pytest.mark.parametrize(
    ("before", "notice", "after"),
    [
        ("把思想统一", "开通VIP阅读全文", "到区委的要求上来"),
        ("依法行使监督权，", "此处内容已隐藏，付费后可查看", "推动解决突出问题"),
        ("让群众满意。", "还有剩余60%未读，购买后继续阅读", ""),
        ("让群众满意。", "付费阅读剩余70%", ""),
        ("让群众满意。", "此处略去3200字", "四要持之以恒地学"),
        ("把好事办实", "（登录后查看全文）", "、实事办好"),
    ],
)
def test_it_takes_a_notice_in_mid_sentence(before: str, notice: str, after: str) -> None:
    raw = HEAD + BODY + f"三、加强领导\n要{before}{notice}{after}\n"
    text, cleaned = clean(raw)
    assert notice not in text
    assert text.replace("\n", "").endswith(f"要{before}{after}")
    assert [gap.note for gap in cleaned.gaps] == [notice]
