"""The foot of a page goes whole and makes no complete text cut, whatever a site puts there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.pipeline import parse_bytes
from tests.folding import for_each
from tests.ingest.invariants import check_invariants
from tests.thoroughness import spare

TITLE = "在霜溪县人大工作会议上的讲话"
HEAD = (TITLE, "沈知远", "（2024年3月5日）")
BODY = (
    "同志们：",
    "今天我们召开全县人大工作会议，主要任务是总结经验、部署工作。下面，我讲三点意见。",
    "一、提高政治站位",
    "要坚持党的领导，把各项工作落到实处。人大工作要围绕中心、服务大局，让群众满意。",
    "二、依法履行职责",
    "要用好监督职权，推动解决突出问题。常委会组成人员要多到基层去，听真话、察实情。",
    "三、加强自身建设",
    "各位代表要密切联系群众，把代表联络站建到群众身边，做到件件有着落、事事有回音。",
)
ENDS = {
    "thanks": "谢谢大家！",
    "long": "同志们，让我们更加紧密地团结起来，为建设现代化新霜溪而努力奋斗！",
    "bare": "我就讲这些，谢谢大家",
    "review": "以上报告，请予审议。",
}

# Feet that the rules were made by.
FEET: dict[str, list[str]] = {
    "copy1": [
        "抄送：县委办公室，县政府办公室，县政协办公室。",
        "霜溪县人大常委会办公室\u3000\u30002024年3月6日印发",
    ],
    "copy2": [
        "抄报：市人大常委会办公室",
        "抄送：县委各部委，县监委、县法院、县检察院，",
        "各乡镇人大主席团。",
        "霜溪县人大常委会办公室 2024年3月6日印发",
        "（共印80份）",
    ],
    "copy3": ["主题词：人大 工作 讲话", "分送：县人大常委会主任、副主任，各委员会。"],
    "rel1": [
        "【相关文章】",
        "霜溪县召开代表工作推进会",
        "县人大常委会开展禁毒法执法检查",
        "把联络站建到村口",
    ],
    "rel2": [
        "【在霜溪县人大工作会议上的讲话】相关文章：",
        "1.在全县代表工作会议上的讲话范文",
        "2.人大主席述职报告",
        "3.县人大工作总结04-12",
    ],
    "rel3": [
        "相关链接：",
        "霜溪人大：让代表“动”起来  2024-02-11",
        "霜溪：民生实事代表票决  2024-01-30",
    ],
    "ed1": ["责任编辑：周启明"],
    "ed2": ["（责任编辑：周启明 实习生：林小禾）"],
    "ed3": ["编辑：周启明 校对：林小禾 审核：陆海平", "来源：霜溪发布"],
    "ed4": ["[责任编辑：周启明]", "[打印] [关闭]"],
    "hash1": ["#人大代表# #基层民主# #霜溪#"],
    "hash2": ["标签：人大工作 代表 监督"],
    "hash3": ["#霜溪人大 #全过程人民民主", "阅读 2314\u3000赞 18\u3000在看 6"],
    "links1": ["友情链接", "全国人大 | 省人大 | 市人大 | 霜溪县政府网"],
    "links2": ["中国人大网 省人大网 市人大网 县政府网"],
    "next1": ["上一篇：在县委农村工作会议上的讲话", "下一篇：在代表培训班上的讲话"],
    "next2": ["上一篇：没有了 下一篇：县人大常委会召开主任会议"],
    "next3": ["<< 上一条：我县召开老干部座谈会", "下一条：县人大开展调研 >>"],
    "share1": ["分享到：微信 微博 QQ空间 复制链接"],
    "share2": ["扫一扫在手机打开当前页", "【打印】【关闭】"],
    "share3": ["用微信扫描二维码", "分享至好友和朋友圈"],
    "com1": ["发表评论", "用户名：", "验证码：", "匿名发表", "提交评论"],
    "com2": ["网友评论", "暂无评论，快来抢沙发吧！", "还可以输入200字"],
    "com3": ["网友评论仅供其表达个人看法，并不表明本站立场。", "评论", "最新评论"],
    "live": ["【文字直播】", "[09:41:12]", "直播结束"],
    "claim": ["未经授权 禁止镜像", "隐私声明 使用帮助"],
    "visit": ["您是第59622位访客", "转载请保留本声明！"],
    "ask": ["以上内容是否对您有帮助？", "已赞过 已踩过"],
    "mail": ["此邮件仅供内部使用，如误收请删除。", "收到！"],
    "foot": [
        "主办：霜溪县人大常委会办公室 承办：霜溪县信息中心",
        "ICP备案号：霜ICP备12345678号-1 公安备案 3301020200",
        "网站标识码：3301000012",
    ],
    "think": ["思考题：", "1. 如何理解代表联络站的作用？", "2. 怎样提高监督实效？"],
    "main": ["* 这是沈知远同志讲话的主要部分。"],
    "rep": ["（霜溪台记者车涛浩）"],
    "paper1": ["3 上一篇 下一篇 4", "放大+ 缩小- 默认○"],
    "paper2": ["版权声明：本报所有内容，未经许可不得转载。", "上一版 下一版"],
    "paper3": ["（本报记者 孙小岚 整理）", "标题导航", "第03版：要闻"],
    "paper4": ["新闻热线：0571-88880000", "按日期查找", "返回目录"],
    "paper5": ["本版责编：孙小岚 版式：李岩", "本报地址：霜溪县人民路8号 邮编：311000"],
    "paper6": ["（据《霜溪日报》2024年3月6日）"],
    "paper7": ["摄影：孙小岚", "霜溪日报客户端编辑：李岩", "举报/反馈"],
    "forum1": ["本帖最后由 小禾 于 2024-3-6 09:41 编辑", "楼主热帖", "收藏0 评分 回复 举报"],
    "forum2": ["登录/注册后可看大图", "您需要登录后才可以回帖 登录 | 立即注册"],
    "forum3": ["沙发", "顶一个！", "谢谢楼主分享"],
    "forum4": ["发表于 2024-3-6 09:41 | 显示全部楼层", "学习了"],
    "chat1": ["[图片]", "[文件] 讲话.docx", "以上消息"],
    "chat2": ["小禾 09:41", "收到", "@所有人 请各组学习"],
    "chat3": ["转发给朋友", "已读 23"],
    "mail2": ["Best regards,", "Zhou Qiming"],
    "gov1": ["（此件公开发布）"],
    "gov2": ["信息公开属性：主动公开"],
    "gov3": ["扫码浏览", "返回列表", "打印 保存 关闭"],
    "gov4": ["政策解读", "相关政策文件"],
    "gov5": ["索引号：330000/2024-00012 公开日期：2024-03-06", "主题分类：综合政务"],
    "gov6": ["分享让更多人看到", "推荐阅读"],
    "wx1": ["往期精选", "● 霜溪人大：把监督做实", "● 代表票决民生实事"],
    "wx2": ["喜欢此内容的人还喜欢", "霜溪发布", "写下你的想法"],
    "wx3": ["监制：周启明", "编审：孙小岚", "投稿：rd@sx.example.cn"],
    "wx4": ["点“赞”和“在看”，让更多人看到", "↓↓↓"],
    "wx5": ["继续滑动看下一个", "霜溪人大 向上滑动看下一个"],
    "lib1": ["本文档下载后可编辑", "关键词：讲话稿 人大 会议"],
    "lib2": ["该文档贡献者很忙，什么也没留下。", "1/1"],
    "wiki1": ["本页面最后编辑于2024年3月6日", "分类：讲话"],
    "epub": ["第 12 页", "霜溪年鉴 2024"],
    "print": ["文档编号：RD-2024-012", "打印时间：2024/3/6 9:41:00"],
    "print2": ["https://rd.shuangxi.example.cn/a/2024.html", "2/2"],
    "player": ["00:00 / 12:34", "倍速 1.0x 1.5x 2.0x"],
    "ad": ["广告", "查看详情 >"],
    "rights": ["© 2024 霜溪县人大常委会 保留所有权利"],
    "vote": ["您觉得这篇文章怎么样？", "很好 一般 较差"],
}

# Feet kept aside: nobody looked at what became of each.
ASIDE: dict[str, list[str]] = {
    "copy": ["印送：各乡镇人大、街道人大工委。", "县人大办公室秘书科2024年3月7日印制", "共印120份"],
    "copyb": ["报：市人大常委会。", "送：县委、县政府、县政协。", "发：各乡镇人大主席团。"],
    "rel": [
        "更多相关新闻：",
        "枫岭县人大代表视察河道治理",
        "石桥镇：一件建议解民忧",
        "栗园村联络站见闻",
    ],
    "relb": ["▶ 延伸阅读", "枫岭：把监督做在平时", "代表建议“回头看”"],
    "relc": [
        "·石桥县人大常委会听取环保报告(03-02)",
        "·石桥县开展代表述职评议(02-26)",
        "·枫岭县人大举办培训班(02-19)",
    ],
    "ed": ["编审：钱正明\u3000责编：孙小岚\u3000值班主任：李岩"],
    "edb": ["（来源：枫岭融媒 编辑/孙小岚）"],
    "edc": ["本文责编：孙小岚", "纠错电话：0571-88880000"],
    "hash": ["标签: 枫岭 | 人大 | 监督"],
    "hashb": ["#民生实事票决制#", "#枫岭人大#"],
    "links": ["相关网站：市人大 县政府 县政协 县法院"],
    "linksb": ["网站首页 | 关于我们 | 联系方式 | 版权声明 | 网站地图"],
    "next": ["前一篇：枫岭县人大召开座谈会", "后一篇：代表进社区"],
    "nextb": ["上一则：县人大常委会公告 | 下一则：暂无"],
    "share": ["觉得有用就点个赞吧", "收藏 分享 举报"],
    "shareb": ["微信扫一扫，分享到朋友圈", "复制本文链接"],
    "com": ["我要评论", "请登录后发表评论", "共有 0 条评论"],
    "comb": ["文明上网理性发言，请遵守新闻评论服务协议", "全部评论（3）", "加载更多"],
    "claim": ["本文版权归原作者所有，如有侵权请联系删除。", "禁止转载"],
    "visit": ["本页已被浏览 1204 次", "总访问量：3920012"],
    "rate": ["这篇文章对您有用吗？", "有用 没用"],
    "live": ["[图文实录]", "（10:25）", "直播到此结束"],
    "mail": ["本邮件及附件含保密信息，仅限收件人使用。", "发自我的手机"],
    "foot": [
        "地址：枫岭县人民路8号 邮编：311000 电话：0571-88880000",
        "枫公网安备 33010202000001号",
        "技术支持：枫岭云科技",
    ],
    "quiz": ["讨论题：", "1．怎样做好代表联络工作？"],
    "main": ["（本文系作者在县人大工作会议上讲话的节选，有删改）"],
    "rep": ["（本台记者 孙小岚 通讯员 李岩 报道）"],
    "sub": ["订阅本刊", "投稿邮箱：rd@fengling.example.cn"],
}


def write_rows(body: Sequence[str], foot: Sequence[str], gap: str = "\n") -> str:
    return gap.join([*HEAD, *body, *foot]) + "\n"


def write_line(body: Sequence[str], foot: Sequence[str]) -> str:
    """Return the page as a scrape keeps it that lost all its line breaks."""
    return " ".join([*HEAD, "　　".join(body), *foot])


def write_markup(body: Sequence[str], foot: Sequence[str], box: str) -> str:
    lines = [f"<p>　　{line}</p>" for line in body] + [f"<{box}>{line}</{box}>" for line in foot]
    top = f"<h1>{TITLE}</h1><p>{HEAD[1]}</p><p>{HEAD[2]}</p>"
    return f"<html><meta charset=utf-8><body>{top}<div>{''.join(lines)}</div></body></html>"


def list_pages(body: Sequence[str], foot: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield write_rows(body, foot), "a.txt"
    yield write_rows(body, foot, "\n\n"), "a.txt"
    yield write_markup(body, foot, "p"), "a.html"
    yield write_markup(body, foot, "div"), "a.html"


def parse(text: str, name: str) -> Draft:
    draft = parse_bytes(text.encode(), name)
    check_invariants(draft.to_json())
    return draft


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("end", spare(ENDS, "long", "bare"))
@for_each("foot", FEET)
def test_no_foot_stays_and_none_makes_the_text_cut(foot: str, end: str) -> None:
    body = [*BODY, ENDS[end]]
    for page, name in list_pages(body, FEET[foot]):
        draft = parse(page, name)
        assert squeeze(draft.text) == squeeze("".join(body))
        assert (draft.completeness, draft.gaps) == ("complete", [])


# 中国人大网 省人大网 … may be what a speech enumerates; a lone asterisk is a line's last word.
HARD = {"links2", "main", "claim"} | {
    *("paper1", "paper5", "forum1", "forum4", "chat2", "mail2", "gov4", "gov5", "gov6"),
    *("wx5", "epub"),
}


@for_each("end", sorted(ENDS.keys() - {"bare"}))
@for_each("foot", sorted(FEET.keys() - HARD))
def test_the_foot_of_a_page_of_one_line_goes_too(foot: str, end: str) -> None:
    body = [*BODY, ENDS[end]]
    draft = parse(write_line(body, FEET[foot]), "a.txt")
    assert squeeze(draft.text) == squeeze("".join(body))
    assert draft.completeness == "complete"


def test_an_editor_glued_to_the_last_sentence_goes() -> None:
    for sign in ("责任编辑：周启明", "责编：周启明 校对：林小禾", "（编辑：周启明）"):
        draft = parse(write_line([*BODY, ENDS["thanks"] + sign], []), "a.txt")
        assert draft.text.endswith("谢谢大家！")
        assert draft.completeness == "complete"


@pytest.mark.slow
def test_feet_kept_aside_leave_little_and_nothing_is_lost() -> None:
    left = size = cut = pages = 0
    for foot in ASIDE.values():
        for end in ENDS.values():
            body = [*BODY, end]
            words = squeeze("".join(body))
            for page, name in [*list_pages(body, foot), (write_line(body, foot), "a.txt")]:
                draft = parse(page, name)
                text = squeeze(draft.text)
                assert text.startswith(words)
                left, size, pages = left + len(text) - len(words), size + len(words), pages + 1
                cut += draft.completeness != "complete"
    assert left / size < 0.006
    assert cut / pages < 0.005


@pytest.mark.parametrize(
    "last",
    [
        ["谢谢大家！"],
        ["（掌声）"],
        ["霜溪县人大常委会", "2024年3月5日"],
        ["注：本文所用数据截至二月底。"],
        ["来源：霜溪人大网"],
    ],
)
def test_what_may_be_the_speechs_or_tells_of_it_is_not_taken_behind_a_button(
    last: list[str],
) -> None:
    draft = parse(write_rows(BODY, ["【打印】 【关闭】", *last]), "a.txt")
    kinds = {span.text: span.kind for span in draft.removed}
    assert all(kinds.get(line) in (None, "metadata", "unread") for line in last)


def test_a_bracket_around_what_went_goes_with_it() -> None:
    draft = parse(write_rows(BODY, ["▼", "| 责任编辑：周启明 |", "·11·"]), "a.txt")
    assert squeeze(draft.text) == squeeze("".join(BODY))


def test_signs_of_the_speechs_own_stay() -> None:
    draft = parse(write_rows([*BODY, "……", ENDS["thanks"]], []), "a.txt")
    assert "……" in draft.text
