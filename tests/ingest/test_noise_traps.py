"""Sentences of a speech that only sound like noise are never taken."""

from __future__ import annotations

import pytest

from tests.folding import for_each
from tests.ingest.pages import BODY, HEAD, clean

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
    "公式里a[i]表示第i项，c<i>d的情况要另算，E=mc2[b]这样的记法大家要看得懂，用得对。",
    "首页 > 正文这样的栏目设置太简单，人大网站要增加代表履职专栏，方便群众查询。",
]


@for_each("sentence", TRAPS)
@for_each("place", ["middle", "end"])
def test_it_never_takes_a_sentence_that_only_sounds_like_noise(sentence: str, place: str) -> None:
    lines = BODY.splitlines()
    lines.insert(4 if place == "middle" else len(lines), sentence)
    raw = HEAD + "\n".join(lines)
    text, cleaned = clean(raw)
    assert text == raw
    assert cleaned.removed == []


@pytest.mark.parametrize(
    "sentence",
    [
        "要把好事办好、实事办实。请关注公众号“代表说”。",
        "要讲好履职故事。更多故事请关注“青芜人大”公众号。",
        "要把好群众这道关。想看更多办法就在代表之家公众号里。",
    ],
)
def test_it_keeps_what_a_speaker_asks_to_follow_inside_the_speech(sentence: str) -> None:
    raw = f"{HEAD}{BODY}{sentence}\n三、加强领导\n要压实责任，层层抓落实，让群众满意、让代表放心。"
    text, cleaned = clean(raw)
    assert text == raw
    assert [notice.code for notice in cleaned.notices] == ["possible_advert"]


def test_it_takes_the_call_to_follow_an_account_that_the_page_names() -> None:
    call = "更多故事请关注“墨池小讲”公众号。"
    raw = f"{HEAD}{BODY}要讲好故事。{call}\n三、加强领导\n要压实责任，层层抓落实，让群众满意。\n"
    text, cleaned = clean(f"{raw}微信公众号：墨池小讲\n")
    assert call not in text
    assert call in {span.text for span in cleaned.removed}
