"""PostgreSQL, two Solr nodes with ZooKeeper and two web hosts on this machine, for a trial.

    sh tests/with_postgresql.sh python -m deploy.cluster [--smoke]

`make run-cluster` and `make test-cluster` run it. It brings all up on free ports of the loopback,
loads the samples, tries what smoke.py tells, and goes on serving until Ctrl+C; with --smoke it
ends there, 0 where all passed. What it started and wrote is then gone.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType
from typing import Any, Final

from deploy.cluster.hosts import ROOT, Host, TroubleError, read_end
from deploy.cluster.smoke import try_all
from deploy.solr.cluster import explain_lack, find_free_port

DATABASE: Final = "CORPUS_DATABASE_URL"


class Nodes:
    """ZooKeeper and Solr's nodes, in the hands of deploy/solr/cluster.py."""

    def __init__(self, folder: Path) -> None:
        script = str(ROOT / "deploy" / "solr" / "cluster.py")
        self._script = subprocess.Popen(
            [sys.executable, script, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.told: dict[str, Any] = {}

    def read(self) -> None:
        """Wait until all nodes answer; raise TroubleError where they do not."""
        assert self._script.stdout is not None
        line = self._script.stdout.readline()
        if not line:
            raise TroubleError("Solr did not start.")
        self.told = json.loads(line)

    def kill(self, *which: int) -> None:
        """Kill nodes, as a loss of power would."""
        for at in which:
            os.kill(self.told["nodes"][at]["pid"], signal.SIGKILL)

    def start_again(self) -> None:
        """Start the nodes that were killed and wait for them."""
        self._script.send_signal(signal.SIGUSR1)
        self.read()

    def stop(self) -> None:
        """End all and wait for it."""
        self._script.terminate()
        self._script.wait()


class Database:
    """The server that tests/with_postgresql.sh made."""

    def __init__(self) -> None:
        self.url = os.environ[DATABASE]
        self._control = os.environ["POSTGRES_CONTROL"].split()

    def stop(self) -> None:
        """End the server at once, as a fault would."""
        self._run("-m", "immediate", "stop")

    def start(self) -> None:
        """Start it again."""
        self._run("start")

    def _run(self, *words: str) -> None:
        # The server keeps what it is given to write to: a pipe would never end.
        command, nothing = [*self._control, *words], subprocess.DEVNULL
        subprocess.run(command, cwd="/", stdin=nothing, stdout=nothing, check=True)


class Cluster:
    """All of it, below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database()
        self.nodes = Nodes(folder / "solr")
        self.hosts: list[Host] = []

    def start(self) -> None:
        """Start Solr and two hosts with the samples; raise TroubleError where one does not."""
        self.nodes.read()
        settings = {
            DATABASE: self.database.url,
            "CORPUS_ENGINE": "solr",
            "CORPUS_SOLR_URL": self.nodes.told["url"],
            "CORPUS_FILES_DIR": str(self.folder / "files"),
            "CORPUS_INBOX_DIR": str(self.folder / "inbox"),
            "CORPUS_SECRET_KEY": secrets.token_urlsafe(50),
            "CORPUS_WORKERS": "1",
            # Who tries it asks more often than a reader does.
            "CORPUS_API_ANONYMOUS_RATE": "600/m",
        }
        for name in ("a", "b"):
            host = Host(name.upper(), self.folder / name, find_free_port(), settings)
            self.hosts.append(host)
            _say(f"Host {host.name}: database, samples, index ...")
            host.manage("bootstrap")
            host.start()
        for host in self.hosts:
            host.wait()

    def stop(self) -> None:
        """End everything and remove the folder."""
        for host in self.hosts:
            host.stop()
        self.nodes.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def tell_logs(self) -> str:
        """Return the ends of the hosts' logs."""
        return "\n".join(f"-- host {h.name} --\n{read_end(h.log)}" for h in self.hosts)


def main() -> None:
    """Bring all up, try it, and serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="end after the smoke test")
    asked = parser.parse_args()
    if lack := explain_lack():
        sys.exit(f"The cluster cannot be started: {lack}.")
    if DATABASE not in os.environ or "POSTGRES_CONTROL" not in os.environ:
        sys.exit("Run it by `make run-cluster`: it needs a PostgreSQL of its own.")
    signal.signal(signal.SIGTERM, _interrupt)
    _say("Starting ZooKeeper and two Solr nodes ...")
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="yanku-cluster-")))
    try:
        cluster.start()
        try_all(cluster.hosts, cluster.nodes, cluster.database, _say)
        if not asked.smoke:
            _serve(cluster)
    except TroubleError as trouble:
        _say(cluster.tell_logs())
        sys.exit(f"The cluster failed: {trouble}")
    except KeyboardInterrupt:
        _say("Stopping and removing everything ...")
        if asked.smoke:
            sys.exit(130)
    finally:
        cluster.stop()


def _serve(cluster: Cluster) -> None:
    addresses = "\n".join(f"  host {h.name}: {h.url}/" for h in cluster.hosts)
    _say(f"All passed; serving until Ctrl+C:\n{addresses}")
    _say(f"  Solr:   {cluster.nodes.told['url']}\n  PostgreSQL: {cluster.database.url}")
    while all(host.process is not None and host.process.poll() is None for host in cluster.hosts):
        time.sleep(0.5)
    raise TroubleError("a host has ended")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    main()
