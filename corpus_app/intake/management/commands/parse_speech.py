"""parse_speech FILE...: one JSON object per file, with no database and no index."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import check_size
from corpus_app.ingest.sandbox.parsing import parse_file


class Command(BaseCommand):
    """Prints what ingest makes of each file; exits 1 when at least one was refused."""

    help = "解析讲话文件，每个文件输出一行 JSON；不需要数据库和索引。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the files to parse."""
        parser.add_argument("files", nargs="+", metavar="FILE", help=_("要解析的文件"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per file in the order given."""
        if self.stdout._out is sys.stdout and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # whatever the locale says
        refused = 0
        for name in options["files"]:
            answer = describe_file(name)
            refused += "error" in answer
            self.stdout.write(encode_line(answer))
        if refused:
            raise SystemExit(1)


def describe_file(name: str) -> dict[str, Any]:
    """Return the contract's object for one file, or {"file", "error"} where it is refused."""
    try:
        return parse_file(read_file(Path(name)), name).to_json()
    except RejectedFile as refusal:
        return {"file": name, "error": {"code": refusal.code, "message": refusal.message}}


def read_file(path: Path) -> bytes:
    """Return a file's bytes; size and kind are checked before a byte of it is read."""
    try:
        if path.is_dir():
            raise RejectedFile("unsupported", _("这是文件夹，不是文件，请逐个给出其中的文件。"))
        if not path.exists():
            raise RejectedFile("damaged", _("文件不存在，请检查路径。"))
        if not path.is_file():
            raise RejectedFile("unsupported", _("这不是普通文件，无法读取。"))
        check_size(path.stat().st_size)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise RejectedFile("damaged", _("文件读不出来（%s）。") % error) from error


def encode_line(answer: dict[str, Any]) -> str:
    """Return one line of JSON that any UTF-8 terminal can take, lone surrogates escaped.

    So are the characters that some programs take for the end of a line.
    """
    line = json.dumps(answer, ensure_ascii=False)
    for char in ("\u0085", "\u2028", "\u2029"):
        line = line.replace(char, f"\\u{ord(char):04x}")
    return line.encode("utf-8", "backslashreplace").decode("utf-8")
