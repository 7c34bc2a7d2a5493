"""Which lines look like the title of a speech: families of either kind, some kept from tuning."""

from __future__ import annotations

from hypothesis import given, strategies as st

from corpus_app.ingest.plausibility.titles import find_title_fault
from corpus_app.intake.quality.sentences import TITLE_FAULTS
from tests.folding import for_each
from tests.places import ROOT

TITLES = """讲话
致辞
开幕词
答谢词
就职演说
政府工作报告
工作报告
党课
让权力在阳光下运行
凝心聚力 砥砺奋进 为建设幸福新枫岭而努力奋斗
关于2023年国民经济和社会发展计划执行情况与2024年计划草案的报告
枫岭县人民代表大会常务委员会工作报告
枫岭县人民法院工作报告（摘要）
在庆祝枫岭县人大常委会设立40周年大会上的讲话
弘扬宪法精神，维护宪法权威
谁来监督监督者？
奋斗吧，青春！
在全市“开门红”动员会上的讲话提纲
《监督法》学习辅导
以高质量监督助力高质量发展——在全省人大财经工作座谈会上的发言
守初心 担使命 找差距 抓落实
关于《枫岭县城市绿化条例（草案）》的说明
顾云舟同志在全县民营经济座谈会上的讲话
建好用好代表联络站
在AI赋能政务服务推进会上的讲话
推动5G+工业互联网融合发展
阿依古丽·买买提在代表座谈会上的发言
第三版人大议事规则修订说明
首页工程 办好群众身边的小事
打印在心里的承诺
收藏一份感动
我为群众办实事
今天，我们如何做代表
致全县人大代表的一封信
1999年枫岭县政府工作报告
在縣人民代表大會閉幕會上的講話""".splitlines()
# Looked at first when the rules were done: 0 of 25 titles were held then, 2 of 51 others passed.
TITLES_KEPT_APART = """在枫岭县2024年春季学期开学典礼上的讲话
人大代表手中的一票有多重
为民履职 无愧时代
贺信
公仆情怀与为民之道
县委书记在全县“三干会”上的讲话
在接受媒体集体采访时的答问
做好新形势下人大信访工作的思考
以法治之名护航民营经济
关于预算调整方案的审查结果报告
全面贯彻落实党的二十届三中全会精神 奋力谱写枫岭新篇章
乡村要振兴，产业必先行
从一件建议看代表履职
在市人大常委会机关“七一”表彰大会上的致辞
两个“一号工程”的人大担当
枫岭县监察委员会专项工作报告
中国式现代化的县域实践
党员干部要算好“廉政账”
小院里的民主议事会
更好发挥人大代表作用
写在换届之后
枫岭镇第十八届人民代表大会第五次会议闭幕词
监督为了谁
努力打造“四个机关”
在全县政法工作会上的讲话（根据录音整理）""".splitlines()
FAMILIES = {
    "chrome": "正文复制/全文复制/下载本文/打印本页 关闭窗口/全屏/分享到微信朋友圈/收藏 打印/"
    "APP下载/返回顶部/扫一扫分享/點擊下載/公眾號二維碼/在全县会议上的讲话 打印",
    "breadcrumb": "您的位置：首页 > 领导之窗 > 正文/首页>要闻/当前位置：网站首页 > 讲话/"
    "首页 » 政务公开/你现在的位置是：首页/网站首页->人大要闻",
    "edition": "枫岭日报2024年1月9日第03版：要闻/枫岭晚报 A02版/第1版:头版/枫岭人大工作 2014年6期",
    "generic": "正文/领导讲话/通知公告/新建文本文档/无标题/时政要闻/政务公开/新闻中心/"
    "范文大全/政府报告",
    "site": "枫岭县政府网/枫岭文库/枫岭日报/公文写作网/文秘之家/枫岭县政府门户网站",
    "organisation": "枫岭县人民代表大会常务委员会/枫岭市人大/中共枫岭县委办公室/枫岭县人民政府",
    "sentence": "今天召开这次会议，主要任务是总结去年工作。/现在，我代表县人民政府，向大会报告工作/"
    "我受县人大常委会委托，向大会报告工作/一年来，全县上下齐心协力，各项工作平稳推进；",
    "date": "2024年1月9日/二〇二四年一月九日/（2023年5月6日）/二O二三年五月六日/2023.5.6/"
    "2023年5月6日至8日/5月6日上午/２０２４年１月９日",
    "byline": "2024-01-09/2023年5月6日 09:00/枫岭人大 2023-05-08 09:00",
    "person": "顾云舟/顾 云 舟/阿依古丽·买买提/县长 王予/顾云舟（枫岭市人大常委会主任）/"
    "县长 艾尔肯·吐尼亚孜/顾云舟 陆明",
    "address": "讲话.docx/www.fengling.example/a@b.example",
    "label": "索引号：6107280000/发布时间：2024-01-09/作者：王予/主题词：人大 报告",
    "salutation": "同志们：/各位代表：/各位代表、同志们/朋友们，大家好！",
    "credit": "枫岭日报记者 李森 摄/本报讯/记者 王平 通讯员 李亮",
    "no_han": "Untitled/document1/|||||||/2024/README",
    "garbled": "鍦ㄦ邯鍖楀競浠ｈ〃鑱旂粶/锟斤拷锟斤拷锟斤拷",
    "fragment": "报告】/人民代表大会第五次会议上）/，为建设新枫岭而奋斗",
    "heading": "一、过去一年工作回顾/（二）办好民生实事",
    "long": "长" * 131,
    "short": "河上",
}
OTHERS_KEPT_APART = """复制全文
打印此文
关闭
我要纠错
字体：大 中 小
下载PDF
点击收听全文
语音朗读 收藏
首页 / 领导活动 / 正文
当前所在位置：首页
所在位置：主页 > 讲话精神
枫岭时报 2022年8月3日 第4版
人大研究 2018年第5期
B3版
最新文章
公告公示
资料中心
文档
政府信息公开
枫岭新闻网
枫岭县人大网
枫岭发布客户端
枫岭县第十八届人大常委会
枫岭市中级人民法院
会议听取了县政府关于环境保护的报告。
下面，我讲几点意见
首先，我代表县委表示祝贺
刚才，几位同志作了发言
二○二一年十二月三日
2020年10月
[2019-08-08]
2021年9月30日上午
发布于 2021-09-30 15:20
林知远
欧阳修文
巴特尔·阿木古楞
枫岭县委书记 苏晚晴
苏晚晴（女）
https://fengling.example.cn/1.html
讲话稿.wps
来源：枫岭县人大
责任编辑：李明
阅读次数：88
发文字号：枫人常〔2023〕5号
各位委员、同志们：
尊敬的各位来宾，女士们、先生们：
新华社记者 李森 摄
12345
--------
鎮ㄥソ涓栫晫鎴戜滑
）上的讲话""".splitlines()
SAMPLES = sorted((ROOT / "fixtures" / "speeches").glob("*.txt"))


@for_each("title", TITLES)
def test_a_title_of_a_speech_is_no_doubt(title: str) -> None:
    assert find_title_fault(title) is None


@for_each(
    ("code", "line"), [(code, line) for code, all_ in FAMILIES.items() for line in all_.split("/")]
)
def test_a_line_that_is_no_title_is_told_by_its_kind(code: str, line: str) -> None:
    fault = find_title_fault(line)
    assert fault is not None
    if code in ("chrome", "edition", "person", "garbled", "no_han", "long", "sentence"):
        assert fault.code == code


def test_families_kept_from_tuning_are_told_apart() -> None:
    held = [title for title in TITLES_KEPT_APART if find_title_fault(title)]
    passed = [line for line in OTHERS_KEPT_APART if find_title_fault(line) is None]
    assert len(held) <= 0.05 * len(TITLES_KEPT_APART), held
    assert len(passed) <= 0.1 * len(OTHERS_KEPT_APART), passed


@given(st.text(max_size=120))
def test_any_line_is_judged_and_its_fault_has_words(line: str) -> None:
    fault = find_title_fault(line)
    assert fault is None or fault.code in TITLE_FAULTS


@given(st.sampled_from(TITLES), st.sampled_from(["正文复制", "打印", "下载", "APP下载", "分享"]))
def test_a_button_beside_a_title_is_seen(title: str, button: str) -> None:
    assert find_title_fault(f"{title} {button}") is not None
    assert find_title_fault(f"{button} {title}") is not None
