"""Works of every kind with the references that the standard asks for; all invented."""

BOOK = {
    "type": "book",
    "title": "云溪县志",
    "author": [{"literal": "郑远山"}],
    "publisher": "云岭出版社",
    "publisher-place": "云溪",
    "issued": {"date-parts": [[2019]]},
    "page": "12--15",
}
WEB = {
    "type": "webpage",
    "title": "云溪市人大常委会工作要点",
    "URL": "https://rd.yunxi.example/1.html",
    "issued": {"date-parts": [[2024, 3, 1]]},
    "accessed": {"date-parts": [[2026, 7, 2]]},
}


def change(item, **fields):
    """Return the CSL object with fields changed; None takes one out."""
    changed = {**item, **{key.replace("_", "-"): value for key, value in fields.items()}}
    return {key: value for key, value in changed.items() if value is not None}


def list_literals(*names):
    return [{"literal": name} for name in names]


CASES = [
    # what it shows, item, 2025, 2015
    (
        "a book with pages",
        BOOK,
        "郑远山. 云溪县志[M]. 云溪：云岭出版社，2019：12-15.",
        "郑远山. 云溪县志[M]. 云溪: 云岭出版社, 2019: 12-15.",
    ),
    (
        "no place",
        change(BOOK, publisher_place=None),
        "郑远山. 云溪县志[M]. [出版地不详]：云岭出版社，2019：12-15.",
        "郑远山. 云溪县志[M]. [出版地不详]: 云岭出版社, 2019: 12-15.",
    ),
    (
        "no publisher",
        change(BOOK, publisher=None),
        "郑远山. 云溪县志[M]. 云溪：[出版者不详]，2019：12-15.",
        "郑远山. 云溪县志[M]. 云溪: [出版者不详], 2019: 12-15.",
    ),
    (
        "neither place nor publisher",
        change(BOOK, publisher=None, publisher_place=None, page=None),
        "郑远山. 云溪县志[M]. [出版地不详：出版者不详]，2019.",
        "郑远山. 云溪县志[M]. [出版地不详: 出版者不详], 2019.",
    ),
    (
        "neither place nor publisher needed online",
        change(BOOK, publisher=None, publisher_place=None, page=None, URL="https://a.example/1"),
        "郑远山. 云溪县志[M/OL]. 2019. https://a.example/1.",
        "郑远山. 云溪县志[M/OL]. 2019. https://a.example/1.",
    ),
    (
        "neither in Latin script",
        {
            "type": "book",
            "title": "A river of reeds",
            "author": [{"family": "Hill", "given": "Jean-Luc B."}],
            "issued": {"date-parts": [[1999]]},
        },
        "Hill J-L B. A river of reeds[M]. [S.l.：s.n.]，1999.",
        "HILL J L B. A river of reeds[M]. [S.l.: s.n.], 1999.",
    ),
    (
        "more than three authors",
        change(BOOK, author=list_literals("甲一", "乙二", "丙三", "丁四")),
        "甲一，乙二，丙三，等. 云溪县志[M]. 云溪：云岭出版社，2019：12-15.",
        "甲一, 乙二, 丙三, 等. 云溪县志[M]. 云溪: 云岭出版社, 2019: 12-15.",
    ),
    (
        "exactly three authors",
        change(BOOK, author=list_literals("甲一", "乙二", "丙三")),
        "甲一，乙二，丙三. 云溪县志[M]. 云溪：云岭出版社，2019：12-15.",
        "甲一, 乙二, 丙三. 云溪县志[M]. 云溪: 云岭出版社, 2019: 12-15.",
    ),
    (
        "more than three Latin authors",
        {
            "type": "article-journal",
            "title": "Reeds",
            "container-title": "J Reeds",
            "author": [
                {"family": "Hill", "given": "Ann"},
                {"family": "Morgan", "given": "A", "non-dropping-particle": "De"},
                {"family": "Veen", "given": "P H", "dropping-particle": "van der"},
                {"family": "Dale", "given": "B"},
            ],
            "issued": {"date-parts": [[2001]]},
            "volume": "2",
            "issue": "1",
            "page": "5–6",
        },
        "Hill A，De Morgan A，Veen P H van der，et al. Reeds[J]. J Reeds，2001，2（1）：5-6.",
        "HILL A, DE MORGAN A, VEEN P H van der, et al. Reeds[J]. J Reeds, 2001, 2(1): 5-6.",
    ),
    (
        "four translators",
        change(
            BOOK,
            translator=list_literals("甲一", "乙二", "丙三", "丁四"),
            edition="2",
            page=None,
        ),
        "郑远山. 云溪县志[M]. 甲一，乙二，丙三，等，译. 2 版. 云溪：云岭出版社，2019.",
        "郑远山. 云溪县志[M]. 甲一, 乙二, 丙三, 等译. 2 版. 云溪: 云岭出版社, 2019.",
    ),
    (
        "the first edition, not said",
        change(BOOK, edition="第1版", page=None),
        "郑远山. 云溪县志[M]. 云溪：云岭出版社，2019.",
        "郑远山. 云溪县志[M]. 云溪: 云岭出版社, 2019.",
    ),
    (
        "a Latin edition",
        {**BOOK, "language": "en", "title": "Reeds", "edition": "3", "page": ""},
        "郑远山. Reeds[M]. 3rd ed. 云溪：云岭出版社，2019.",
        "郑远山. Reeds[M]. 3rd ed. 云溪: 云岭出版社, 2019.",
    ),
    (
        "佚名, never an author",
        change(BOOK, author=list_literals("佚名"), page=None),
        "云溪县志[M]. 云溪：云岭出版社，2019.",
        "云溪县志[M]. 云溪: 云岭出版社, 2019.",
    ),
    (
        "an estimated year",
        change(BOOK, issued={"date-parts": [[1936]], "circa": True}, page=None),
        "郑远山. 云溪县志[M]. 云溪：云岭出版社，[1936].",
        "郑远山. 云溪县志[M]. 云溪: 云岭出版社, [1936].",
    ),
    (
        "a year of printing",
        change(BOOK, issued={"literal": "1995印刷"}, page=None),
        "郑远山. 云溪县志[M]. 云溪：云岭出版社，1995印刷.",
        "郑远山. 云溪县志[M]. 云溪: 云岭出版社, 1995印刷.",
    ),
    (
        "a web page without author",
        WEB,
        "云溪市人大常委会工作要点[EB/OL]. （2024-03-01）[2026-07-02]. "
        "https://rd.yunxi.example/1.html.",
        "云溪市人大常委会工作要点[EB/OL]. (2024-03-01)[2026-07-02]. https://rd.yunxi.example/1.html.",
    ),
    (
        "an undated web page",
        change(WEB, issued=None),
        "云溪市人大常委会工作要点[EB/OL]. [2026-07-02]. https://rd.yunxi.example/1.html.",
        "云溪市人大常委会工作要点[EB/OL]. [2026-07-02]. https://rd.yunxi.example/1.html.",
    ),
    (
        "an access date only for what is online",
        change(BOOK, accessed=WEB["accessed"], page=None),
        "郑远山. 云溪县志[M]. 云溪：云岭出版社，2019.",
        "郑远山. 云溪县志[M]. 云溪: 云岭出版社, 2019.",
    ),
    (
        "a journal in volumes, with a DOI",
        {
            "type": "article-journal",
            "title": "基层立法联系点的运行",
            "author": list_literals("郑远山"),
            "container-title": "云岭学刊",
            "issued": {"date-parts": [[2024, 3]]},
            "volume": "8",
            "issue": "2",
            "page": "11～19",
            "DOI": "https://doi.org/10.1/yl.8",
            "accessed": WEB["accessed"],
        },
        "郑远山. 基层立法联系点的运行[J/OL]. 云岭学刊，2024，8（2）：11-19. DOI:10.1/yl.8.",
        "郑远山. 基层立法联系点的运行[J/OL]. 云岭学刊, 2024, 8(2): 11-19[2026-07-02]. "
        "DOI:10.1/yl.8.",
    ),
    (
        "an address that holds the DOI",
        change(BOOK, page=None, URL="https://doi.org/10.1/yl.8", DOI="10.1/yl.8"),
        "郑远山. 云溪县志[M/OL]. 云溪：云岭出版社，2019. https://doi.org/10.1/yl.8.",
        "郑远山. 云溪县志[M/OL]. 云溪: 云岭出版社, 2019. https://doi.org/10.1/yl.8.",
    ),
    (
        "a report online",
        {**WEB, "type": "report", "author": list_literals("云溪市人民政府")},
        "云溪市人民政府. 云溪市人大常委会工作要点[R/OL]. 2024-03-01. https://rd.yunxi.example/1.html.",
        "云溪市人民政府. 云溪市人大常委会工作要点[R/OL]. (2024-03-01)[2026-07-02]. "
        "https://rd.yunxi.example/1.html.",
    ),
    (
        "a report online with a publisher",
        {
            **WEB,
            "type": "report",
            "title": "云溪年度报告",
            "publisher": "云岭出版社",
            "publisher-place": "云溪",
        },
        "云溪年度报告[R/OL]. 云溪：云岭出版社，2024-03-01. https://rd.yunxi.example/1.html.",
        "云溪年度报告[R/OL]. 云溪: 云岭出版社, 2024[2026-07-02]. https://rd.yunxi.example/1.html.",
    ),
    (
        "a standard",
        {
            "type": "standard",
            "title": "会议文件编排",
            "number": "DB99/T 1—2020",
            "author": list_literals("云溪市市场监督管理局"),
            "publisher": "云岭出版社",
            "publisher-place": "云溪",
            "issued": {"date-parts": [[2020]]},
        },
        "DB99/T 1—2020\u2003会议文件编排[S].",
        "云溪市市场监督管理局. 会议文件编排: DB99/T 1—2020[S]. 云溪: 云岭出版社, 2020.",
    ),
    (
        "a paper given at a meeting",
        {
            "type": "paper-conference",
            "title": "谈代表联络站",
            "author": list_literals("郑远山"),
            "event-title": "云溪市人大工作研讨会",
            "publisher": "云溪市人大常委会",
            "publisher-place": "云溪",
            "issued": {"date-parts": [[2022, 5]]},
            "page": "2",
        },
        "郑远山. 谈代表联络站[C]//云溪市人大工作研讨会，2022：2.",
        "郑远山. 谈代表联络站[C]//云溪市人大工作研讨会. 云溪: 云溪市人大常委会, 2022: 2.",
    ),
    (
        "a compilation",
        change(BOOK, genre="汇编", title="云溪市人大文件汇编", page=None),
        "郑远山. 云溪市人大文件汇编[G]. 云溪：云岭出版社，2019.",
        "郑远山. 云溪市人大文件汇编[G]. 云溪: 云岭出版社, 2019.",
    ),
    (
        "whole proceedings",
        change(BOOK, genre="论文集", page=None),
        "郑远山. 云溪县志[M]. 云溪：云岭出版社，2019.",
        "郑远山. 云溪县志[C]. 云溪: 云岭出版社, 2019.",
    ),
    (
        "a program",
        {"type": "software", "title": "言库", "URL": "https://a.example/", "version": "2.1"},
        "言库[CP/OL]. V2.1. https://a.example/.",
        "言库[CP/OL]. V2.1. https://a.example/.",
    ),
    (
        "a database on disc",
        {"type": "dataset", "genre": "数据库", "medium": "CD", "title": "云溪年鉴数据库"},
        "云溪年鉴数据库[DB/CD].",
        "云溪年鉴数据库[DB/CD].",
    ),
    (
        "a thesis",
        change(BOOK, type="thesis", page=None),
        "郑远山. 云溪县志[D]. 云溪：云岭出版社，2019.",
        "郑远山. 云溪县志[D]. 云溪: 云岭出版社, 2019.",
    ),
    ("a title only", {"title": "云溪县志"}, "云溪县志[Z].", "云溪县志[Z]."),
    ("nothing but an author", {"author": ["郑远山"]}, "郑远山. [题名不详][Z].", None),
]
