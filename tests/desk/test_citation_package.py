"""The citation core as a whole: free of Django, so that it can be used and tested alone."""

import ast

import corpus_app.desk.citation as citation
from tests.places import ROOT

CORE = ROOT / "corpus_app" / "desk" / "citation"


def list_imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_it_imports_nothing_of_the_site():
    imported = {name for path in CORE.glob("*.py") for name in list_imports(path)}
    ours = {name for name in imported if name.startswith(("corpus_app", "search", "django"))}
    assert all(name.startswith("corpus_app.desk.citation") for name in ours)


def test_it_exports_what_it_promises():
    assert all(hasattr(citation, name) for name in citation.__all__)
