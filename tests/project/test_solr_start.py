"""What starts Solr says one line on its standard output, whatever its own tools say there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "deploy" / "solr"


def test_what_maven_says_is_not_taken_for_the_line_of_the_cluster(tmp_path: Path) -> None:
    copy = shutil.copytree(FOLDER, tmp_path / "deploy" / "solr")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("java", "javac", "mvn"):
        (tools / name).write_text("#!/bin/sh\nprintf '\\033[0m'\n")
        (tools / name).chmod(0o755)
    done = subprocess.run(
        [sys.executable, copy / "cluster.py"],
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    assert "\033[0m" in done.stderr
