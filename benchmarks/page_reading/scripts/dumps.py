"""What programs write: JSON, front matter, feeds, tables, mail with its head, saved pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

from benchmarks.page_reading.disturbing import put_body
from benchmarks.page_reading.pages import Page, Sheet
from benchmarks.page_reading.scripts.phrases import put_parts, set_head
from benchmarks.page_reading.statements import state_meeting, state_title
from benchmarks.page_reading.stencils import encode


def write_address(sheet: Sheet) -> str:
    """Return the page's address; stated."""
    day, number = sheet.facts.published, sheet.chance.randint(10, 9999)
    url = f"https://{sheet.facts.host}/t{day:%Y%m%d}_{number}.html"
    sheet.state("url", url)
    return url


def choose_suffix(sheet: Sheet) -> str:
    """Return how a dump is named: by its form, or as the text that it was saved as."""
    return sheet.chance.choice(["json", "txt"])


def list_body(sheet: Sheet) -> list[str]:
    """Write the speech on the sheet; return its lines."""
    first = len(sheet.lines)
    put_body(sheet)
    return [line.text for line in sheet.lines[first:]]


def make_json(sheet: Sheet) -> Page:
    """One article of an interface, all facts by keys."""
    facts = sheet.facts
    state_title(sheet)
    keys = sheet.chance.choice(
        [
            ("title", "content", "source", "publish_time"),
            ("Title", "Content", "Source", "PubDate"),
            ("docTitle", "docContent", "docSource", "docPubTime"),
        ]
    )
    sheet.state("source", facts.paper)
    sheet.state("published", facts.published.isoformat())
    record = {
        "id": sheet.chance.randint(1000, 99999),
        keys[0]: facts.title,
        keys[3]: f"{facts.published} 08:30:00",
        keys[2]: facts.paper,
        "url": write_address(sheet),
        keys[1]: "\n".join(list_body(sheet)),
        "hits": 12,
    }
    return sheet.close(
        f"{sheet.family}.{choose_suffix(sheet)}", json.dumps(record, ensure_ascii=False).encode()
    )


def make_json_html(sheet: Sheet) -> Page:
    """An article whose words are mark-up in a JSON string."""
    facts = sheet.facts
    parts = set_head(sheet)
    put_parts(sheet, parts)
    text = "".join(f"<p style='text-align:center'>{words}</p>" for words, _ in parts[1:])
    text += "".join(f"<p>　　{line}</p>" for line in list_body(sheet))
    sheet.state("published", facts.published.isoformat())
    record = {
        "code": 200,
        "msg": "success",
        "data": {"title": facts.title, "pubTime": f"{facts.published}T10:00:00", "body": text},
    }
    return sheet.close(
        f"{sheet.family}.{choose_suffix(sheet)}",
        json.dumps(record, ensure_ascii=sheet.chance.random() < 0.3, indent=2).encode(),
    )


def make_front_matter(sheet: Sheet) -> Page:
    """A note of a static site: facts between rules, then Markdown."""
    facts = sheet.facts
    state_title(sheet)
    head = [f"title: {sheet.chance.choice(['', chr(34)])}".rstrip('"') + facts.title]
    sheet.state("speaker", facts.speaker)
    head.append(f"{sheet.chance.choice(['author', 'speaker', '作者'])}: {facts.speaker}")
    sheet.state("source", facts.paper)
    head.append(f"source: {facts.paper}")
    if sheet.chance.random() < 0.5:
        sheet.state("delivered", facts.delivered.isoformat(), None)
        head.append(f"date: {facts.delivered}")
        sheet.allow("published", facts.delivered.isoformat())
    head.append(f"url: {write_address(sheet)}")
    head.append("tags: [讲话, 人大]")
    sheet.chance.shuffle(head)
    body = list_body(sheet)
    heading = f"# {facts.title}\n\n" if sheet.chance.random() < 0.6 else ""
    text = "---\n" + "\n".join(head) + "\n---\n\n" + heading + "\n\n".join(body) + "\n"
    return sheet.close(f"{sheet.family}.md", text.encode())


def make_mail(sheet: Sheet) -> Page:
    """A message with its head, as saved; the speech in its text."""
    facts = sheet.facts
    parts = set_head(sheet)
    sheet.add(f"Subject: {facts.title}", "chrome")
    put_parts(sheet, parts)
    body = list_body(sheet)
    text = "\n".join([*(words for words, _ in parts), *body])
    head = (
        f"From: office@example.com\nTo: deputies@example.com\nSubject: {facts.title}\n"
        "Date: Tue, 9 Jan 2024 10:00:00 +0800\n\n"
    )
    sheet.leave_open("published")
    return sheet.close(f"{sheet.family}.txt", encode(head + text, sheet))


def make_encoded_mail(sheet: Sheet) -> Page:
    """The same with coded head and body, of the type that programs save."""
    facts = sheet.facts
    parts = set_head(sheet)
    put_parts(sheet, parts)
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"] = facts.title, "office@example.com"
    message["Date"] = f"{facts.published:%a, %d %b %Y} 09:00:00 +0800"
    html = "".join(f"<p>{words}</p>" for words in [w for w, _ in parts] + list_body(sheet))
    message.set_content(f"<html><body>{html}</body></html>", subtype="html", charset="utf-8")
    sheet.leave_open("published")
    return sheet.close(f"{sheet.family}.mht", message.as_bytes())


def make_feed(sheet: Sheet) -> Page:
    """One entry of a feed."""
    facts = sheet.facts
    state_title(sheet)
    sheet.state("published", facts.published.isoformat())
    url = write_address(sheet)
    words = "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in list_body(sheet))
    day = f"{facts.published:%a, %d %b %Y} 08:00:00 +0800"
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>\n'
        f"<title>{facts.site}</title><item><title>{facts.title}</title>\n"
        f"<link>{url}</link><pubDate>{day}</pubDate>\n"
        f"<description>{words}</description></item></channel></rss>\n"
    )
    sheet.allow("source", facts.site)
    return sheet.close(f"{sheet.family}.txt", text.encode())


def make_scraped(sheet: Sheet) -> Page:
    """What a harvester writes: keys and values on lines, then the words."""
    facts = sheet.facts
    state_title(sheet)
    sheet.state("published", facts.published.isoformat())
    sheet.state("source", facts.paper)
    for text in (
        f"标题：{facts.title}",
        f"链接：{write_address(sheet)}",
        f"时间：{facts.published}",
        f"来源：{facts.paper}",
    ):
        sheet.add(text, "stated")
    sheet.add("正文：", "chrome")
    list_body(sheet)
    return sheet.close(
        f"{sheet.family}.txt", encode("\n".join(line.text for line in sheet.lines), sheet)
    )


def make_tabbed(sheet: Sheet) -> Page:
    """A cell of a table pasted as text: bars between what stood side by side."""
    facts = sheet.facts
    state_title(sheet)
    sheet.add(f"{facts.title} | | | |", "title")
    sheet.add("---|---|---|---", "chrome")
    sheet.state("published", facts.published.isoformat())
    sheet.add(
        f"http://{facts.host} {facts.published:%Y年%m月%d日}13:43 {facts.stem}网 | | | |", "stated"
    )
    sheet.allow("source", facts.stem + "网")
    sheet.leave_open("url")
    if facts.kind == "report":
        sheet.state("delivered", facts.delivered.isoformat())
        state_meeting(sheet)
        day = f"{facts.delivered.year}年{facts.delivered.month}月{facts.delivered.day}日"
        sheet.state("subtitle", f"{day}在{facts.meeting}上", None)
        sheet.add(f"━━{day}在{facts.meeting}上", "subtitle")
    body = list_body(sheet)
    head = [line.text for line in sheet.lines if line.role not in ("body", "salutation")]
    return sheet.close(
        f"{sheet.family}.txt", encode("\n".join(head) + "\n" + " ".join(body) + " | | |\n", sheet)
    )


FAMILIES: dict[str, Callable[[Sheet], Page]] = {
    "json-record": make_json,
    "json-with-html": make_json_html,
    "front-matter": make_front_matter,
    "mail-saved": make_mail,
    "mail-encoded": make_encoded_mail,
    "feed-entry": make_feed,
    "scraper-labels": make_scraped,
    "table-as-text": make_tabbed,
}
