"""A cell's words as a field's value: dates in all forms, codes by their names, addresses."""

import pytest

from corpus_app.intake.manifests.columns import find_column
from corpus_app.intake.manifests.values import UnreadableCellError, is_unknown, read_cell


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2024", "2024"),
        ("2024年", "2024"),
        ("2024-04", "2024-04"),
        ("2024.4", "2024-04"),
        ("2024.10.5", "2024-10-05"),
        ("2024/4/5", "2024-04-05"),
        ("20240405", "2024-04-05"),
        ("202404", "2024-04"),
        ("二〇二四年四月五日", "2024-04-05"),
        ("一九五四年九月", "1954-09"),
        ("２０２４年４月", "2024-04"),
        ("2024-04-05 00:00:00", "2024-04-05"),
        ("2024-04-05T09:30:00+08:00", "2024-04-05"),
        ("2024年4月5日（星期五）上午", "2024-04-05"),
        ("Jan 9, 2024", "2024-01-09"),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(words: str, value: str) -> None:
    assert read_cell("delivered", words) == value


@pytest.mark.parametrize(
    "words",
    [
        "2024.1",
        "45387",
        "4/5/2024",
        "24-4-5",
        "2024年春",
        "2024年底",
        "2024-13",
        "2024-02-30",
        "2024年4月5日至6日",
        "2021、2022",
        "99999999",
        "1899",
        "元旦",
    ],
)
def test_what_is_no_date_or_may_be_two_is_refused(words: str) -> None:
    with pytest.raises(UnreadableCellError):
        read_cell("delivered", words)


def test_a_precision_cuts_a_date_that_is_written_more_exactly_than_it_is_known() -> None:
    assert read_cell("delivered", "2024-04-01", "月") == "2024-04"
    assert read_cell("delivered", "2024-01-01", "year") == "2024"
    assert read_cell("delivered", "2024", "day") == "2024"


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("level", "县级", "county"),
        ("level", "区县级", "county"),
        ("level", "township", "township"),
        ("genre", "工作报告", "report"),
        ("source_url", "https://www.example.gov.cn/a.html", "https://www.example.gov.cn/a.html"),
        ("title", "在全县人大工作会议上\n的讲话", "在全县人大工作会议上的讲话"),
        ("speaker", " 林 知远 ", "林 知远"),
        ("occasion", "（清空）", ""),
    ],
)
def test_other_values_are_read(name: str, words: str, value: str) -> None:
    assert read_cell(name, words) == value


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("level", "科级"),
        ("genre", "散文"),
        ("source_url", "www.example.gov.cn"),
        ("source_url", "javascript:alert(1)"),
        ("title", "（清空）"),
        ("title", "长" * 301),
        ("speaker", "……"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_with_the_reason(name: str, words: str) -> None:
    with pytest.raises(UnreadableCellError) as caught:
        read_cell(name, words)
    assert str(caught.value)


def test_words_for_nothing_known_say_nothing() -> None:
    assert all(map(is_unknown, ["", " ", "不详", "N/A", "——", "null", "无"]))
    assert not is_unknown("无锡")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("讲话日期（年-月-日）", "delivered"),
        ("File_Name", "file"),
        ("dates.delivered", "delivered"),
        ("source.url", "source_url"),
        ("*标题", "title"),
        ("標題", "title"),
        ("Speaker Role", "speaker_role"),
        ("页数", ""),
    ],
)
def test_heads_are_known_by_their_names_in_either_language(head: str, name: str) -> None:
    assert find_column(head) == name


@pytest.mark.parametrize("words", ["同上", " 同 上 ", "〃", "Ditto"])
@pytest.mark.parametrize("name", ["title", "speaker", "organisation", "delivered", "level"])
def test_a_cell_that_points_to_another_one_gives_no_value(name: str, words: str) -> None:
    with pytest.raises(UnreadableCellError):
        read_cell(name, words)
