"""Reasons in words: a short name to filter by, and the sentence shown with a speech."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.catalog.identity.findings import LABELS
from corpus_app.catalog.models import Speech

NAMES: Final = {
    "no_title": gettext_lazy("标题系代拟"),
    "value_doubtful": gettext_lazy("文献信息存疑"),
    "text_doubtful": gettext_lazy("正文存疑"),
    "field_unfit": gettext_lazy("信息超长"),
    "no_date": gettext_lazy("日期不详"),
    "date_of_page": gettext_lazy("只有更新日期"),
    "date_vague": gettext_lazy("日期只到年"),
    "date_ahead": gettext_lazy("日期在将来"),
    "no_organisation": gettext_lazy("单位不详"),
    "no_speaker": gettext_lazy("讲话人不详"),
    "gap": gettext_lazy("中间有缺失"),
    "truncated": gettext_lazy("结尾缺失"),
    "sections_missing": gettext_lazy("缺预告的部分"),
    "no_outline": gettext_lazy("未识别章节"),
    "noise": gettext_lazy("疑有残留杂项"),
    "removed_inside": gettext_lazy("句中有剔除"),
    "terms_kept": gettext_lazy("句中有外文字样"),
    "much_removed": gettext_lazy("剔除过多"),
    "encoding": gettext_lazy("编码存疑"),
    "garbled": gettext_lazy("疑有乱码"),
    "not_chinese": gettext_lazy("不像中文"),
    "title_improbable": gettext_lazy("标题存疑"),
    "unread_head": gettext_lazy("页首未读懂"),
    "unread_tail": gettext_lazy("文末未读懂"),
    "near_duplicate": gettext_lazy("疑似重复"),
    "family_part": gettext_lazy("疑为节本或全文"),
    "other_head": gettext_lazy("正文相同而题头不同"),
    "family_quotes": gettext_lazy("大段引用他篇"),
    "suspects": gettext_lazy("疑似差错"),
    "many_suspects": gettext_lazy("疑似差错较多"),
    "placeholders": gettext_lazy("名称隐去"),
    "very_short": gettext_lazy("篇幅过短"),
    "ocr": gettext_lazy("文字由图像识别"),
    "ocr_doubtful": gettext_lazy("识别存疑"),
    "decisions_lost": gettext_lazy("人工处理未沿用"),
    "head_disputed": gettext_lazy("重读题头矛盾"),
    "notice_no_heading": gettext_lazy("有章节无标题"),
    "notice_end_notes": gettext_lazy("文末疑有注释"),
    "notice_possible_advert": gettext_lazy("疑有推广语"),
    "notice_possible_aside": gettext_lazy("旁注疑为正文"),
    "notice_site_above": gettext_lazy("标题之上有剔除"),
    "notice_markup": gettext_lazy("夹有网页标记"),
    "notice_entities": gettext_lazy("留有网页字符代码"),
    "notice_encoding_deviation": gettext_lazy("编码写法不规范"),
    "notice_encoding_repaired": gettext_lazy("乱码已还原"),
    "notice_hidden_text": gettext_lazy("有隐藏文字"),
    "notice_hidden_kept": gettext_lazy("隐藏段落作正文收入"),
    "notice_reordered": gettext_lazy("字序被控制符反转"),
    "notice_table_head": gettext_lazy("正文前的题头与表格所填不同"),
    "notice_annotation": gettext_lazy("有注音或旁注"),
    "notice_margins": gettext_lazy("页眉页脚未收入"),
    "notice_comments": gettext_lazy("批注未收入"),
    "notice_pictures": gettext_lazy("图片未读"),
    "notice_unread_part": gettext_lazy("有部分内容未读出"),
    "notice_unknown_symbols": gettext_lazy("有符号未能还原"),
    "notice_numbering": gettext_lazy("自动编号"),
    "notice_tracked_changes": gettext_lazy("含修订痕迹"),
    "notice_notes": gettext_lazy("脚注未读出"),
    "notice_watermark": gettext_lazy("页上水印已剔除"),
    "notice_scanned_pages": gettext_lazy("有的页没有文字层"),
    "notice_seal": gettext_lazy("盖有印章"),
    "notice_outside_reader": gettext_lazy("由外部程序读取"),
}
SENTENCES: Final = {
    "no_title": gettext_lazy("没有读出标题，现有标题是据正文代拟的"),
    "value_doubtful": gettext_lazy("文献信息可能有误，请核对：%(values)s"),
    "text_doubtful": gettext_lazy(
        "正文可能混有网页文字或有缺失（可能性约 %(percent)s%%），请核对：%(words)s"
    ),
    "no_date": gettext_lazy("没有读出任何日期"),
    "date_of_page": gettext_lazy("只有网页更新日期（%(date)s），未必是讲话日期"),
    "date_vague": gettext_lazy("日期只到年份（%(date)s）"),
    "date_ahead": gettext_lazy("日期晚于入库之日（%(date)s）"),
    "no_organisation": gettext_lazy("没有读出单位"),
    "no_speaker": gettext_lazy("没有读出讲话人"),
    "gap": gettext_lazy("来源隐去了内容，共 %(count)s 处"),
    "truncated": gettext_lazy("结尾疑似缺失"),
    "sections_missing": gettext_lazy("文中说“%(text)s”，没有找到第 %(missing)s 部分"),
    "no_outline": gettext_lazy("篇幅不短，却没有识别出章节"),
    "noise": gettext_lazy("正文中疑有网页残留：%(examples)s（共 %(count)s 处）"),
    "removed_inside": gettext_lazy("句中剔除了 %(count)s 处字句：%(examples)s，请核对是否讲话原文"),
    "terms_kept": gettext_lazy("句中多次出现外文字样：%(examples)s，已作为讲话原文保留"),
    "much_removed": gettext_lazy("剔除的内容占原文 %(percent)s%%，可能剔除过多"),
    "encoding": gettext_lazy("文字编码存疑，可能有乱码"),
    "garbled": gettext_lazy("文字不像通顺的中文，疑有乱码：%(words)s"),
    "not_chinese": gettext_lazy("正文少有汉字（%(percent)s%%），不像中文讲话：%(words)s"),
    "title_improbable": gettext_lazy("标题不像题目，%(fault)s：%(words)s"),
    "unread_head": gettext_lazy("页首有 %(count)s 行未读懂：%(examples)s"),
    "unread_tail": gettext_lazy("文末有 %(count)s 行未读懂：%(examples)s"),
    "near_duplicate": gettext_lazy("与《%(title)s》相似度 %(percent)s%%"),
    "family_part": gettext_lazy("与《%(title)s》疑为同一讲话的全文与节本，重合 %(percent)s%%"),
    "other_head": gettext_lazy(
        "与《%(title)s》正文相同 %(percent)s%%，但%(fields)s不同，当是另一篇讲话"
    ),
    "family_quotes": gettext_lazy("与《%(title)s》有大段相同文字，重合 %(percent)s%%"),
    "suspects": gettext_lazy("用语疑似差错 %(count)s 处：%(examples)s"),
    "many_suspects": gettext_lazy("用语疑似差错 %(count)s 处：%(examples)s"),
    "placeholders": gettext_lazy("有名称被隐去：%(examples)s"),
    "very_short": gettext_lazy("正文只有 %(count)s 字"),
    "ocr": gettext_lazy("文字由图像识别而来，须对照原件"),
    "ocr_doubtful": gettext_lazy("图像识别有 %(count)s 处存疑：%(examples)s，请对照原件"),
    "decisions_lost": gettext_lazy("有 %(count)s 处人工处理未能沿用：%(examples)s"),
    "head_disputed": gettext_lazy("重读原始文件所得题头与已发布的相矛盾：%(examples)s"),
}
# What speaks against a title, by the code that the judge gives.
TITLE_FAULTS: Final = {
    "no_han": gettext_lazy("没有汉字"),
    "long": gettext_lazy("过长"),
    "garbled": gettext_lazy("疑为乱码"),
    "chrome": gettext_lazy("含网页按钮"),
    "generic": gettext_lazy("是栏目或文件的通称"),
    "address": gettext_lazy("含网址或文件名"),
    "breadcrumb": gettext_lazy("是网页的位置导航"),
    "edition": gettext_lazy("是报刊的版次或期号"),
    "byline": gettext_lazy("混有发布时间"),
    "credit": gettext_lazy("是署名或电头"),
    "label": gettext_lazy("是信息栏的一项"),
    "file": gettext_lazy("是文号、密级等文件标记"),
    "salutation": gettext_lazy("是称呼语"),
    "date": gettext_lazy("只是日期"),
    "heading": gettext_lazy("是章节标题"),
    "sentence": gettext_lazy("是正文中的句子"),
    "fragment": gettext_lazy("不完整"),
    "organisation": gettext_lazy("只是单位名称"),
    "site": gettext_lazy("只是网站或报刊名称"),
    "person": gettext_lazy("只是人名"),
    "symbols": gettext_lazy("符号过多"),
    "short": gettext_lazy("过短"),
}


def name_reason(code: str) -> str:
    """Return the short name of a reason; an unknown code is shown as a notice of the parser."""
    return str(NAMES.get(code, _("解析提示")))


def describe_reason(code: str, details: dict[str, Any]) -> str:
    """Return the sentence on a reason, in the reader's language; the parser's own are Chinese."""
    sentence = SENTENCES.get(code)
    if sentence is None:
        return str(details.get("message") or name_reason(code)).rstrip("。")
    fields = [str(LABELS[name]) for name in details.get("fields", ())]
    shown = {name: _join(value) for name, value in (details | {"fields": fields}).items()}
    shown["values"] = _("、").join(
        _("%(label)s（%(percent)d%%）") % {"label": _label(name), "percent": percent}
        for name, percent in details.get("doubted", {}).items()
    )
    if "fault" in details:
        shown["fault"] = str(TITLE_FAULTS.get(details["fault"], details["fault"]))
    return str(sentence) % shown


def _label(name: str) -> str:
    return str(Speech._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _join(value: Any) -> str:
    return _("、").join(map(str, value)) if isinstance(value, list) else str(value)
