"""A pin that is known to be vulnerable fails the run, whether or not a source can be asked."""

from __future__ import annotations

import importlib.util
import json
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from tests.places import ROOT

_spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci/audit.py")
assert _spec
assert _spec.loader
audit = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(audit)
PINS = sorted(ROOT.glob("requirements*.txt"))
KNOWN = tomllib.loads(audit.ADVISORIES.read_text("utf-8"))


@contextmanager
def serve_advisories(vulnerable: str) -> Iterator[str]:
    """Yield the address of a source in OSV's form that knows one package to be vulnerable."""

    class Source(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            package = asked["package"]
            entry = {"id": "GHSA-made-up", "aliases": ["CVE-1"], "affected": [{"package": package}]}
            body = json.dumps({"vulns": [entry]} if package["name"] == vulnerable else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Source)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        server.server_close()


def test_our_pins_are_read_and_none_is_known_to_be_vulnerable() -> None:
    pins = audit.read_pins(PINS)
    assert {"django", "pillow", "pip-audit", "onnxruntime"} <= set(pins)
    assert audit.look_up(pins, KNOWN["packages"]) == {}


def test_each_advisory_of_the_file_is_in_a_form_that_can_be_compared() -> None:
    pinned = set(audit.read_pins(PINS))
    assert set(KNOWN["packages"]) <= pinned, "of packages that we do not pin nothing is kept"
    for advisories in KNOWN["packages"].values():
        for ranges in advisories.values():
            assert ranges
            assert all(SpecifierSet(one) for one in ranges)
    for _why, until in KNOWN["accepted"].values():
        assert date.fromisoformat(until)


def test_without_a_source_a_planted_pin_fails_the_run_by_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_AUDIT_VULNERABILITY_SERVICE", "osv")
    monkeypatch.setenv("PIP_AUDIT_OSV_URL", "http://127.0.0.1:9/")
    planted = tmp_path / "requirements.txt"
    planted.write_text("Django==5.2.6 \\\n    --hash=sha256:00\nsqlparse==0.6.1\n", "utf-8")
    assert audit.main([str(planted)]) == 1
    said = capsys.readouterr().out
    assert "VULNERABLE django 5.2.6: CVE-2025-13372" in said
    assert "sqlparse" not in said
    assert "no advisory source can be asked from here: 2 pins compared with advisories.toml" in said
    assert f"of {KNOWN['as_of']}, " in said
    (tmp_path / "none.txt").write_text("# nothing\n", "utf-8")
    assert audit.main([str(tmp_path / "none.txt")]) == 2


def test_an_accepted_advisory_counts_again_once_its_day_is_past() -> None:
    accepted = {"CVE-1": ["no release mends it", "2026-12-31"]}
    assert audit.list_accepted(accepted, date(2026, 12, 31)) == {"CVE-1"}
    assert audit.list_accepted(accepted, date(2027, 1, 1)) == set()


@pytest.mark.slow
def test_a_source_that_answers_is_asked_and_a_planted_pin_fails_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    planted = tmp_path / "requirements.txt"
    planted.write_text("tqdm==4.70.1\njieba==0.42.1\n", "utf-8")
    monkeypatch.setenv("PIP_AUDIT_VULNERABILITY_SERVICE", "osv")
    for vulnerable, code in (("jieba", 1), ("none", 0)):
        with serve_advisories(vulnerable) as address:
            monkeypatch.setenv("PIP_AUDIT_OSV_URL", address)
            assert audit.main([str(planted)]) == code
        said = capsys.readouterr().out
        assert ("VULNERABLE jieba 0.42.1: CVE-1/GHSA-made-up" in said) == bool(code)
        assert "Audit: 2 pins asked of the advisory source. " in said
