"""The shape of the repository: sizes, import direction, what must not be said."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import search
from tests.places import ROOT

PACKAGES = ("corpus_app", "search")
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40

# Where this checkout happens to lie is nothing a reader of the repository should meet.
COMMON = {Path("/"), Path(tempfile.gettempdir())}
MACHINE_PATHS = [f"{place}/" for place in {ROOT, Path.home()} - COMMON]
BINARY = {".bin", ".mo", ".png", ".docx", ".ico", ".woff2", ".webp"}
BINARY |= {".doc", ".odt", ".epub", ".pdf"}


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    files = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in files if path.is_file()]


def python_files() -> list[Path]:
    return [p for p in tracked_files() if p.suffix == ".py" and "migrations" not in p.parts]


def package_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:2]) if parts[0] == "corpus_app" else parts[0]


def test_imports_run_one_way() -> None:
    """The layers stand in pyproject.toml, [tool.importlinter]; `make lint` checks them too."""
    linter = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run(
        [str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_every_name_that_search_exports_can_be_had() -> None:
    assert len(search.__all__) == len(set(search.__all__))
    for name in search.__all__:
        assert getattr(search, name) is not None


def test_files_are_parsed_in_the_sandbox_alone() -> None:
    """Beside the ingest package nothing reads a file from outside by itself.

    What measures words (noise.breaks, metadata.names, label_words) is for everybody.
    """
    parsers = re.compile(
        r"^\s*(?:from|import) (?:corpus_app\.ingest\.(?:pipeline|noise(?!\.breaks|\.witnesses)"
        r"|metadata(?!\.(?:names|labels|label_words)))\b"
        r"|corpus_app\.ingest\.decode import decode_text"
        r"|corpus_app\.ingest\.formats(?! import ACCEPTED_SUFFIXES$|\.detection import)"
        r"|lxml\.html|bs4|html\.parser|email\b|pypdfium2|olefile)",
        re.M,
    )
    # Reads the noise of texts that are stored, no file.
    checks = ROOT / "corpus_app/intake/checking/lost_words.py"
    for path in python_files():
        package = package_of(path)
        if path.relative_to(ROOT).parts[0] not in PACKAGES or path == checks:
            continue
        if package != "corpus_app.ingest":
            assert not parsers.search(path.read_text("utf-8")), path


def test_text_and_ingest_know_no_django() -> None:
    for path in python_files():
        if package_of(path) in {"corpus_app.text", "corpus_app.ingest"}:
            assert not re.search(r"^\s*(from|import) django", path.read_text("utf-8"), re.M), path


def test_whoosh_stays_inside_the_engine() -> None:
    for path in python_files():
        relative = path.relative_to(ROOT)
        if relative.parts[0] in PACKAGES and relative.parts[:2] != ("search", "engine"):
            text = path.read_text("utf-8")
            assert not re.search(r"^\s*(from|import) whoosh", text, re.M), relative


def test_no_file_is_too_long() -> None:
    kinds = {".py", ".css", ".js", ".html"}
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked_files()
        if path.suffix in kinds and "migrations" not in path.parts
        if (count := path.read_text("utf-8").count("\n")) > MAX_FILE_LINES
    }
    assert not long


def test_no_function_is_too_long() -> None:
    long = {}
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MAX_FUNCTION_LINES:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = length
    assert not long


def test_modules_are_named_for_what_they_hold() -> None:
    empty_names = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert not [p for p in python_files() if p.stem in empty_names]


def test_nothing_speaks_of_the_machine_it_was_made_on() -> None:
    for path in tracked_files():
        if path.suffix in BINARY:
            continue
        text = path.read_bytes().decode("utf-8", "ignore")
        found = [place for place in MACHINE_PATHS if place in text]
        assert not found, f"{path.relative_to(ROOT)}: {found}"


def test_no_page_carries_inline_script_or_style() -> None:
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    for path in (ROOT / "templates").rglob("*.html"):
        found = inline.search(path.read_text("utf-8"))
        assert not found, f"{path.relative_to(ROOT)}: {found and found.group()}"
