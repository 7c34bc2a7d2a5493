"""What a clerk hands on: the Word file and the others, the shared page, the short link."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from docx import Document
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.desks import (
    choose_words,
    gather,
    list_entries,
    open_basket,
    press_and_read,
)
from tests.browser.looks import look_at
from tests.browser.people import PASSWORD, log_in

FIRST = """在清禾县代表建议办理推进会上的讲话

发布时间：2024-03-05 来源：清禾人大网

同志们：
今天专门研究建议办理。下面，我讲两点意见。
一、把建议办实
办建议如同种庄稼，误了农时就没有收成。承办单位要当面听、当面答、当面定。
二、把结果亮明
办到哪一步，代表随时看得见；办不成的，要把缘由讲明白。
"""
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CORRECTED = FIRST.replace("当面答", "当场答复")


def read_parts(data: bytes) -> tuple[str, list[str]]:
    """Return the text of a Word file and its footnotes, read without our own code."""
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
    found = [
        note
        for note in notes.iter(f"{WORD}footnote")
        if note.find(f".//{WORD}footnoteRef") is not None
    ]
    text = "\n".join(one.text for one in Document(BytesIO(data)).paragraphs)
    return text, ["".join(str(piece) for piece in note.itertext()) for note in found]


def download(page: Page, name: str, ending: str = "") -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    file = waiting.value.suggested_filename
    assert file.startswith("备用材料.")
    assert file.endswith(ending)
    return waiting.value.path().read_bytes()


def fold(text: str) -> str:
    return "".join(text.split())


def test_the_journey_from_a_theme_to_a_word_file_with_ten_references(clerk: Page) -> None:
    clerk.goto("/")
    clerk.get_by_role("link", name="主题", exact=True).first.click()
    clerk.get_by_role("link", name="代表履职", exact=True).first.click()
    gather(clerk, 10)
    open_basket(clerk)
    words = clerk.locator(".entry-words").evaluate_all(
        "all => all.map((e) => [...e.querySelectorAll('p')].map((p) => p.textContent).join(''))"
    )
    titles = clerk.locator(".passage-path a").all_inner_texts()
    text, notes = read_parts(download(clerk, "导出 Word", ".docx"))
    assert text.startswith("备用材料")
    assert len(words) == len(notes) == len(titles) == 10
    for passage, title, note in zip(words, titles, notes, strict=True):
        assert fold(passage) in fold(text)
        assert fold(title) in fold(note)
        assert "/p/" in note


def test_order_headings_and_notes_go_into_the_file(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 1)
    open_basket(clerk)
    clerk.locator("#heading-words").fill("履职为民")
    clerk.locator("#heading-words").press("Enter")
    clerk.locator(".entry-heading [value=up]").click()
    expect(clerk.locator("[data-entry]").first).to_have_class("entry entry-heading entry-level-1")
    clerk.locator(".entry-note summary").click()
    clerk.locator(".entry-note textarea").fill("可作开头")
    clerk.get_by_role("button", name="保存批注").click()
    data = download(clerk, "导出 Word")
    assert "一、履职为民" in read_parts(data)[0].splitlines()
    with ZipFile(BytesIO(data)) as archive:
        assert "可作开头" in archive.read("word/comments.xml").decode()
    assert "可作开头" in download(clerk, "Markdown").decode()


def test_the_sources_stand_at_the_end_by_choice(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 2)
    open_basket(clerk)
    clerk.locator("#references").select_option("list")
    words, references = download(clerk, "纯文本").decode().split("参考文献\n")
    assert "[1]" in words
    assert references.startswith("[1] ")
    clerk.locator("#references").select_option("none")
    assert "[1]" not in download(clerk, "纯文本").decode()


def test_reference_managers_get_the_basket(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 2)
    open_basket(clerk)
    for name, begins in {"BibTeX": "@", "RIS": "TY  - ", "CSL-JSON": "["}.items():
        assert download(clerk, name).decode().startswith(begins), name


def test_the_page_to_print_shows_the_document_alone(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 1)
    open_basket(clerk)
    clerk.get_by_role("button", name="打印或 PDF").click()
    clerk.wait_for_url("**/print/**")
    clerk.emulate_media(media="print")
    expect(clerk.locator(".official")).to_be_visible()
    for chrome in (".site-header", ".print-hint"):
        expect(clerk.locator(chrome)).to_be_hidden()


def test_a_shared_basket_asks_for_a_login_and_shows_no_way_to_change(
    clerk: Page, browser: Browser, site: Site
) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 2)
    open_basket(clerk)
    clerk.get_by_role("button", name="生成只读链接").click()
    address = clerk.locator("#shared").input_value()

    context = browser.new_context(base_url=site.url, locale="zh-CN")
    colleague = context.new_page()
    colleague.goto(address)
    assert "/login/?next=" in colleague.url
    colleague.locator("[name=username]").fill("researcher")
    colleague.locator("[name=password]").fill(PASSWORD)
    colleague.locator("[name=password]").press("Enter")
    colleague.wait_for_url(address)
    expect(colleague.locator(".entry-words")).to_have_count(2)
    assert colleague.locator("main button, main input, main textarea").count() == 0
    look_at(colleague, "clerk-shared")
    with colleague.expect_download() as waiting:
        colleague.get_by_role("link", name="导出 Word").click()
    assert len(read_parts(waiting.value.path().read_bytes())[1]) == 2

    clerk.get_by_role("button", name="停止共享").click()
    clerk.wait_for_load_state()
    answer = colleague.goto(address)
    assert answer is not None
    assert answer.status == 404
    context.close()


def test_anothers_basket_is_not_found(clerk: Page, browser: Browser, site: Site) -> None:
    open_basket(clerk)
    context = browser.new_context(base_url=site.url, locale="zh-CN")
    colleague = context.new_page()
    log_in(colleague, "researcher")
    answer = colleague.goto(clerk.url)
    assert answer is not None
    assert answer.status == 404
    context.close()


def upload(page: Page, path: Path) -> None:
    page.goto("/intake/")
    page.locator("#id_file").set_input_files(path)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/intake/*/")


def copy_link(page: Page, paragraph: int, start: int, end: int) -> str:
    choose_words(page, paragraph, start, end)
    copied = press_and_read(page)
    return copied[copied.rindex("http") :].rstrip("）")


def test_a_link_tells_what_a_correction_did_to_its_words(page: Page, tmp_path: Path) -> None:
    log_in(page, "editor")
    first, corrected = tmp_path / "first.txt", tmp_path / "corrected.txt"
    first.write_text(FIRST, "utf-8")
    corrected.write_text(CORRECTED, "utf-8")
    upload(page, first)
    page.get_by_role("button", name="发布").first.click()
    page.goto("/search/?q=“误了农时就没有收成”")
    page.locator("[data-hit-link]").first.click()
    page.goto(page.url.split("?")[0])
    at = page.locator("[data-text] p:not(.ui)").all_inner_texts()
    place = next(n for n, words in enumerate(at) if "种庄稼" in words)
    kept, lost = copy_link(page, place, 0, 12), copy_link(page, place, 24, 35)

    upload(page, corrected)
    page.get_by_role("link", name="对照处理").click()
    page.get_by_role("button", name="以左篇为准，右篇并入").click()
    expect(page.locator(".messages")).to_contain_text("已并入本篇")
    page.goto(kept)
    assert "".join(page.locator("mark.cited").all_inner_texts()) == at[place].strip()[:12]
    page.goto(lost)
    expect(page.locator("h1")).to_have_text("引用后文本已有改动")
    expect(page.locator(".difference del").first).to_be_visible()
    expect(page.locator(".difference ins").first).to_be_visible()
    look_at(page, "clerk-departure")
    page.get_by_role("link", name="看引用时的版本").click()
    assert "当面答" in "".join(page.locator("mark.cited").all_inner_texts())


def test_an_empty_basket_has_nothing_to_export(clerk: Page) -> None:
    open_basket(clerk)
    assert list_entries(clerk) == []
    expect(clerk.get_by_role("button", name="导出 Word")).to_be_disabled()
    look_at(clerk, "clerk-basket-empty")


def test_a_link_still_leads_to_the_words_from_any_page(page: Page) -> None:
    page.goto("/search/?q=代表联络站")
    copied = press_and_read(page)
    address = copied[copied.rindex("http") :].rstrip("）")
    page.goto(address)
    expect(page.locator("mark.cited").first).to_be_in_viewport()
    page.get_by_role("link", name="去掉标记").click()
    expect(page.locator("mark.cited")).to_have_count(0)
