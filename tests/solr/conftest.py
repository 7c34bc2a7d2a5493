"""A SolrCloud of two nodes for the tests of this folder, and an empty collection for each."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from haystack import connections

from corpus_app.engine_settings import read_engine

SCRIPT = Path(__file__).parents[2] / "deploy" / "solr" / "cluster.py"
LACKING = [name for name in ("java", "javac", "mvn") if shutil.which(name) is None]
if importlib.util.find_spec("pysolr") is None:
    LACKING.append("pysolr")
    # They import it; what is no test cannot be skipped.
    collect_ignore_glob = ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    own = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in own:
        item.add_marker(pytest.mark.solr)
        item.add_marker(pytest.mark.slow)
        if LACKING:
            reason = f"Solr cannot be started: no {', '.join(LACKING)} here"
            item.add_marker(pytest.mark.skip(reason=reason))


@dataclass
class Cluster:
    """A running cluster: its script, and what the script last said of it."""

    script: subprocess.Popen[str]
    told: dict[str, Any] = field(default_factory=dict)

    def read(self) -> None:
        """Take what the script says next, once all nodes answer."""
        assert self.script.stdout is not None
        line = self.script.stdout.readline()
        assert line, "the cluster did not start"
        self.told = json.loads(line)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Start ZooKeeper and two nodes, and end them."""
    folder = tmp_path_factory.mktemp("solr") / "cluster"
    command = [sys.executable, str(SCRIPT), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as script:
        running = Cluster(script)
        try:
            running.read()
            yield running
        finally:
            script.terminate()


@pytest.fixture
def solr(cluster: Cluster, index_folder: Path, db: None) -> Cluster:
    """Let an empty collection of the cluster be the engine, and a new folder hold the arrays."""
    wanted = {
        "CORPUS_ENGINE": "solr",
        "CORPUS_SOLR_URL": cluster.told["url"],
        # The machine may be busy with other tests.
        "CORPUS_SOLR_SECONDS": "30",
    }
    options = read_engine(index_folder, os.environ | wanted)
    connections.connections_info["default"] = options
    connections.reload("default")
    connections["default"].get_backend().clear()
    return cluster
