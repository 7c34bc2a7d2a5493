"""Slips in standard wording: caught where they are, never where the wording is sound."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.rule_files import read_rules
from corpus_app.ingest.suspects import find_suspects, name_slip
from tests.folding import for_each
from tests.ingest.shared_texts import CORPORA, SHARED, needs_shared, read_document
from tests.thoroughness import spare

WORDINGS = read_rules("standard_wording")["wording"]


@pytest.mark.parametrize(
    ("text", "slip", "standard", "kind"),
    [
        ("学习近平时要闻和近平总书记的重要讲话", "近平总书记", "习近平总书记", "dropped"),
        ("传达习近总书记重要指示", "习近总书记", "习近平总书记", "dropped"),
        ("论述全过程民主这一理念", "全过程民主", "全过程人民民主", "dropped"),
        ("践行全过成人民民主", "全过成人民民主", "全过程人民民主", "wrong_wording"),
        (
            "建设政治坚定、服务人民、崇尚法治、发扬民主、勤勉尽责的队伍",
            "崇尚法治",
            "尊崇法治",
            "wrong_wording",
        ),
        ("铸牢中华民族共同意识", "铸牢中华民族共同意识", "铸牢中华民族共同体意识", "dropped"),
        ("党的十九大和和十九届二中全会", "和和", "和", "doubled"),
        ("做好镇里的的实事", "的的", "的", "doubled"),
        ("认真贯彻落实认真贯彻落实会议精神", "认真贯彻落实认真贯彻落实", "认真贯彻落实", "doubled"),
        ("弘扬社会主义核心心价值观", "社会主义核心心价值观", "社会主义核心价值观", "added"),
        ("保证人民当家做主", "人民当家做主", "人民当家作主", "wrong_wording"),
    ],
)
def test_it_catches_slips(text: str, slip: str, standard: str, kind: str) -> None:
    (suspect,) = find_suspects(text)
    assert (suspect.text, suspect.suggestion, suspect.kind) == (slip, standard, kind)
    assert text[suspect.start : suspect.end] == slip


@pytest.mark.parametrize(
    "text",
    [
        *("党的xx大精神", "党的X大召开", "党的**大以来", "十九届x中全会", "党的××大", "党的ＸＸ大"),
        *(
            "党的十X大精神",
            "党的二十x大",
            "党的某某大以来",
            "党的○○大",
            "党的□□大",
            "二十届某中全会",
        ),
    ],
)
def test_it_reports_hidden_numbers_as_placeholders(text: str) -> None:
    assert [suspect.kind for suspect in find_suspects(text)] == ["placeholder"]


@pytest.mark.parametrize("word", ["某某", "XX", "××", "xx", "**", "○○", "□□"])
def test_a_stand_in_is_no_wrong_wording_however_often_it_stands(word: str) -> None:
    people = f"{word * 4}县{word}镇人大主席{word}、{word * 3}同志"
    told = f"{people}出席，{word}年{word}月{word}日在{word}会议上"
    assert not find_suspects(told)


@pytest.mark.parametrize(
    "text",
    [
        "学习贯彻习近平总书记重要讲话，习近平 总书记强调",
        "习近平总书记习近平总书记",
        "在全镇营造崇尚法治的氛围，崇尚法治、诚实守信",
        "科学、民主、依法、有序",
        "稳定和和谐的环境，合作和和平，有的的确如此，目的的实现，在线上的存在在增多",
        "中国特色社会主义理论体系，中国特色社会主义文化发展道路，新时代中国特色社会主义思想",
        "中华民族走向伟大复兴，各级人民代表大会及其常务委员会",
        "全面担负起宪法法律赋予的各项职责的工作机关",
        "科学立法，严格执法，公正司法，全民守法",
        "党的二十大、党的各大部署、一步一步一步一步来",
    ],
)
def test_it_leaves_sound_wording_alone(text: str) -> None:
    assert find_suspects(text) == []


@for_each("entry", WORDINGS)
def test_it_never_flags_a_standard_wording_or_its_variants(entry: dict[str, str]) -> None:
    for accepted in (entry["text"], *entry.get("variants", [])):
        assert find_suspects(f"会议指出，{accepted}，要抓好落实。") == []


@given(
    st.text("习近平总书记和的全过程人民民主、近", max_size=30),
    st.text("习近平总书记的", max_size=9),
)
def test_it_never_flags_the_name_in_full(before: str, after: str) -> None:
    name = "习近平总书记"
    text = before + name + after
    assert all(s.end <= len(before) or s.start >= len(before) + 6 for s in find_suspects(text))


PIECES = st.sampled_from(
    [*"习近平总书记全过程人民民主，、和的 \nxX", "党的xx大", "社会主义核心价值观"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_spans_name_their_text_and_never_overlap(text: str) -> None:
    suspects = find_suspects(text)
    assert all(text[s.start : s.end] == s.text for s in suspects)
    assert all(first.end <= second.start for first, second in pairwise(suspects))
    assert suspects == find_suspects(text)


@given(st.sampled_from(WORDINGS), st.data())
def test_a_dropped_inner_character_is_caught(entry: dict[str, str], data: st.DataObject) -> None:
    standard = entry["text"]
    at = data.draw(st.integers(1, len(standard) - 2))
    near = standard[:at] + standard[at + 1 :]
    accepted: list[str] = list(entry.get("variants", []))
    if standard[at] in "、“”" or any(near in known or near[1:] == known for known in accepted):
        return
    # A slip in a part that is a standard wording itself is reported as one of that part.
    assert any(s.suggestion in standard for s in find_suspects(f"会议指出：{near}。"))


def test_it_names_what_went_wrong() -> None:
    assert name_slip("全过程民主", "全过程人民民主") == "dropped"
    assert name_slip("全过程人人民民主", "全过程人民民主") == "added"
    assert name_slip("全过成人民民主", "全过程人民民主") == "wrong_wording"


@pytest.mark.parametrize(
    "piece",
    spare(["近平总书记", "党的xx", "和", "社会主义核心", "全过程人民"], "近平总书记", "党的xx"),
)
def test_it_reads_one_endless_line(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    assert all(text[s.start : s.end] == s.text for s in find_suspects(text))


@needs_shared
def test_clean_reports_raise_at_most_one_alarm_in_50000_characters() -> None:
    paths = [
        *(p for p in CORPORA.glob("gwr_state_council/txt/*.txt") if p.stem >= "gwr_1978"),
        *CORPORA.glob("cpc_congress/txt/*.txt"),
    ]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    alarms = [suspect for text in texts for suspect in find_suspects(text)]
    assert len(alarms) <= sum(map(len, texts)) / 50_000, alarms


@needs_shared
@for_each("entry", WORDINGS)
def test_every_standard_wording_stands_in_its_source(entry: dict[str, str]) -> None:
    assert entry["text"] in read_document(entry["source"])


SEEDS = {
    "000": set(),
    "001": {"近平总书记", "全过程民主", "和和"},
    "002": set(),
    "003": set(),
    "004": {"党的xx大", "崇尚法治"},
}


@needs_shared
@pytest.mark.parametrize(("number", "expected"), SEEDS.items(), ids=list(SEEDS))
def test_it_finds_the_slips_of_the_real_files_and_no_others(
    number: str, expected: set[str]
) -> None:
    (path,) = (SHARED / "seeds").glob(f"{number}_*.txt")
    suspects = find_suspects(path.read_text(encoding="utf-8"))
    assert {suspect.text for suspect in suspects} == expected
