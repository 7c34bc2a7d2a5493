"""Speeches for tests, written for them; places and people are invented."""

from __future__ import annotations

from corpus_app.catalog.models import Speech
from corpus_app.intake.importing.files import import_bytes

WORK_CONFERENCE = """在青芜县人大工作会议上的讲话
（2023年5月6日）
青芜县人大常委会主任 林知远

同志们：
今天召开全县人大工作会议，主要任务是总结过去一年的工作，部署下一步任务。下面，我讲三点意见。

一、坚持党的领导，把牢政治方向
青芜县人大常委会党组始终把党的领导贯穿履职全过程。
一是加强理论学习。每月集中学习一次，做到学深悟透，把学习成果转化为履职本领。
二是落实请示报告制度。凡属重大事项，都要及时向县委请示报告，不得先斩后奏。

二、发展全过程人民民主，用好代表家站
要把代表家站建在群众身边，让群众话有地方说、事有人去办。
一是办好代表家站。全县二十二个站点每月开放两天，代表轮流坐班，面对面听取意见。
二是办好民生实事。要坚持“民有所呼、我有所应”，把票决出来的项目一件一件办到底。

三、加强自身建设，打造“四个机关”
要以作风建设为抓手，建设让党放心、让人民满意的机关。
一是改进作风。调查研究要下到村组，不打招呼、不走过场，发现问题当场交办。
二是提高能力。每名干部都要熟悉宪法和组织法，会调研、会监督、会做群众工作。

同志们，做好人大工作责任重大。让我们脚踏实地、一步一个脚印，把各项任务落到实处！
"""

TRAINING = """在芦汀市人大代表培训班开班式上的讲话
（2021年9月3日）
芦汀市人大常委会副主任 苏晚晴

各位代表：
这次培训班历时四天，来自十一个区县的一百二十名代表参加学习。下面，我谈两点希望。

一、学好法律，弄清职责
代表法规定了代表的权利和义务。
一是逐条读。把代表法和选举法放在案头，遇到问题先翻条文，再问同行。
二是结合想。对照自己提过的议案和建议，看哪一件说到了点子上，哪一件还停在面上。

二、走近选民，当好桥梁
代表的力量来自选民的信任。
一是勤走访。每季度至少走访二十户，把看到的、听到的如实记下来。
二是会转交。能当场答复的当场答复，答复不了的写成建议，跟踪到底，办结后向选民回话。

最后，预祝培训班圆满成功，祝各位代表学有所获！
"""


def store(text: str, name: str = "speech.txt", *, draft: bool = False) -> Speech:
    """Import the text as a file and return the speech it became."""
    outcome = import_bytes(text.encode(), name, draft=draft)
    assert outcome.speech is not None, outcome
    return Speech.objects.get(pk=outcome.speech)
