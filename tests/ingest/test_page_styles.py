"""A thousand made pages are read as Chromium shows them: styles, drawings, elements of its own."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, strategies as st

from benchmarks.browser_pages.families import SHOWN, iter_families, read_page
from corpus_app.ingest.decode import Decoded
from corpus_app.ingest.formats.web import extract_page
from corpus_app.ingest.formats.webpage.declarations import expand
from corpus_app.ingest.formats.webpage.values import list_initial, load_grammars
from tests.thoroughness import draw

# What only a browser's layout knows, by pieces of the pages; there the text stays, but for a box
# off the screen out of which another comes back. What readers fold open is read on purpose.
UNDECIDABLE = (
    "<details><summary>", "<details>乙文", "<details open><summary>甲文</summary><details>",
    "<span style='margin-left:", "{} display:inline", "::slotted", "counter-reset:list-item",
    "clip-path:inset(10%)", "translate(-100%)", "mask:url(", "丁文</span></div>",
    "<b style='position:absolute;left:9999px'>", "<p style='margin-left:9999px'>",
    "<html style='overflow:auto'>", ".k{background:#123456;color",
    "background:url(x.png) red;color:red", "\\e601",
)  # fmt: skip


def test_pages_are_read_as_a_browser_shows_them() -> None:
    shown = json.loads(SHOWN.read_text("utf-8"))
    others = [
        (page, one, ours)
        for _, name, pages in iter_families()
        for page, one in zip(pages, shown[name], strict=True)
        if (ours := read_page(page)) != one and not any(piece in page for piece in UNDECIDABLE)
    ]
    assert not others


@pytest.mark.parametrize(
    "sheet",
    [
        "@container (min-width:1200px){.k{display:none}}.c{container-type:inline-size}",
        "@supports (colour-of-tomorrow:red){.k{display:none}}",
    ],
)
def test_where_only_layout_tells_words_stay_and_a_doubt_is_shown(sheet: str) -> None:
    page = f"<!DOCTYPE html><style>{sheet}</style><div class=c><p class=k>见</p></div>"
    found = extract_page(Decoded(page, "utf-8"))
    assert found.raw == "见\n"
    assert not found.marks
    assert [notice.code for notice in found.notices] == ["hidden_kept"]


def test_initial_values_are_values_of_their_properties() -> None:
    for name, value in list_initial().items():
        assert not value or expand(name, value) == ((name, value),)
    assert all(expand(name, "inherit") == ((name, "inherit"),) for name in load_grammars())


PAGES = [page for _, _, pages in iter_families() for page in pages]
PIECES = (
    ":", "::", "(", ")", "{", "}", "&", ",", ";", "@", '"', "var(--x", "calc(", "!important", "\\",
    "1e400", "-1e99", "<", ">", "--", "url(", ":is(", ":has(", "@layer", "@scope", "@container",
    "@import", "repeat(99999999,", "\x00", "counter(", "inherit", "revert-layer", "|", "turn",
)  # fmt: skip


@draw(120)
@given(
    page=st.sampled_from(PAGES),
    cuts=st.lists(st.tuples(st.integers(0, 400), st.sampled_from(PIECES)), min_size=1, max_size=5),
)
def test_spoilt_styles_stop_no_reading(page: str, cuts: list[tuple[int, str]]) -> None:
    for place, piece in cuts:
        page = page[:place] + piece + page[place:]
    read_page(page)


def test_what_no_browser_can_reckon_hides_nothing() -> None:
    for style in ("transform:rotateY(1e400deg)", "rotate:1e400deg", "left:1e400px"):
        assert read_page(f"<!DOCTYPE html><div style='display:block;{style}'>见</div>") == "见"
    assert read_page("<math><mtex|t>甲</math>乙") == "甲乙"


HOSTILE = {
    "variables": (
        ":root{--a0:x" + "".join(f";--a{i}:var(--a{i - 1})var(--a{i - 1})" for i in range(1, 60))
        + "}.k{display:var(--a59)}",
        "<p class=k>甲</p>" * 3_000,
    ),
    "cycles": (
        ":root{" + ";".join(f"--a{i}:var(--a{(i + 1) % 90},var(--b))" for i in range(90))
        + "}.k{display:var(--a7)}",
        "<p class=k>甲</p>" * 3_000,
    ),
    "own variables": (".k{display:var(--x)}", "<p class=k style='--x:inline'>甲" * 400),
    "nesting": (".a{& &{" * 40 + "display:none" + "}}" * 40, "<p class=a>甲</p>" * 3_000),
    "deep rules": ("@media screen{.a{" * 3_000 + "display:none", "<p class=a>甲</p>" * 3_000),
    "layers": (
        "".join(f"@layer l{i}.m{i % 7}{{.k{{opacity:1!important}}}}" for i in range(1_500)),
        "<p class=k>甲</p>" * 500,
    ),
    "scopes": (
        "".join(f"@scope (.a{i}) to (b){{p{{opacity:1}}}}" for i in range(200)),
        "<div>" * 40 + "<p>甲</p>" * 1_000,
    ),
    "sums": (".k{left:" + "calc(" * 3_000 + "1px", "<p class=k>甲</p>" * 100),
    "imports": (
        f"@import 'data:text/css,{'@import url(data:text/css,x);' * 2_000}';.k{{top:-999px}}",
        "<p>甲</p>",
    ),
    "used": (
        "",
        "<svg><defs>"
        + "".join(f"<g id=g{i}>" + f"<use href='#g{i - 1}'/>" * 9 + "</g>" for i in range(1, 40))
        + "<g id=g0><text>甲</text></g></defs><use href='#g39'/><text>甲</text></svg>",
    ),
    "polygon": (f".k{{clip-path:polygon({'0 0  ' * 700}x)}}", "<p class=k>甲</p>" * 50),
    "colons": ("width:" * 100_000 + "display:none", "<p>甲</p>"),
    "comments": ("", "甲" + "<!---->" * 20_000),
    "shadows": (
        "",
        "<p><template shadowrootmode=open><style>p{opacity:0}</style>甲</template></p>" * 2_000,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_sheets_are_bounded(name: str) -> None:
    sheet, body = HOSTILE[name]
    started = time.process_time()
    assert "甲" in extract_page(Decoded(f"<style>{sheet}</style>{body}", "utf-8")).raw
    assert time.process_time() - started < 6
