"""`import_speeches --draft` and others in one process for a run: to start it anew costs seconds."""

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
    """Runs the real commands on a site's data folder; the process starts when first asked."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._process: subprocess.Popen[str] | None = None

    def import_drafts(self, path: Path) -> list[dict[str, Any]]:
        """Import a file or folder as drafts; return the command's objects, one per file."""
        return [json.loads(line) for line in self._run("import_speeches", path)]

    def load_laws(self, path: Path) -> None:
        """Load a folder of laws."""
        self._run("load_laws", path)

    def _run(self, command: str, path: Path) -> list[str]:
        """Return the lines that a command prints about a path."""
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
        self._process.stdin.write(f"{command} {path}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the importing process has ended"
        lines: list[str] = json.loads(answer)
        return lines

    def stop(self) -> None:
        """End the process, where one was started."""
        if self._process is not None:
            self._process.communicate(timeout=20)


def serve_imports() -> None:
    """Run each command on the path that stands behind it and answer it with one line."""
    import django
    from django.core.management import call_command

    django.setup()
    for line in sys.stdin:
        printed = io.StringIO()
        command, path = line.rstrip("\n").split(" ", 1)
        options = {"draft": True, "json": True} if command == "import_speeches" else {}
        call_command(command, path, stdout=printed, **options)
        print(json.dumps(printed.getvalue().splitlines()), flush=True)


if __name__ == "__main__":
    serve_imports()
