"""`import_speeches --draft` in one process for a whole run: to start it anew costs seconds."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.places import ROOT


class Importer:
    """Runs the real command on a site's data folder; the process starts when first asked."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._process: subprocess.Popen[str] | None = None

    def import_drafts(self, path: Path) -> list[dict[str, Any]]:
        """Import a file or folder as drafts; return the command's objects, one per file."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.importing"],
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the importing process has ended"
        return [json.loads(line) for line in json.loads(answer)]

    def stop(self) -> None:
        """End the process, where one was started."""
        if self._process is not None:
            self._process.communicate(timeout=20)


def serve_imports() -> None:
    """Import each path that standard input names and answer it with one line."""
    import django
    from django.core.management import call_command

    django.setup()
    for line in sys.stdin:
        printed = io.StringIO()
        call_command("import_speeches", line.rstrip("\n"), draft=True, json=True, stdout=printed)
        print(json.dumps(printed.getvalue().splitlines()), flush=True)


if __name__ == "__main__":
    serve_imports()
