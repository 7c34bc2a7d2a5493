"""Solr as a cloud on this machine: ZooKeeper and nodes on free loopback ports, gone at the end.

    python deploy/solr/cluster.py FOLDER [--nodes 2] [--heap 384]

Fetches Solr's jars by Maven and compiles the launcher where that was not done yet (into `.solr`),
starts all below FOLDER, and prints one JSON line once everything answers: {"url": what
CORPUS_SOLR_URL takes, "zookeeper": address, "nodes": [{"url", "pid"}]}. On USR1 it starts the
nodes anew that have ended, and prints the line again. On TERM or INT, and where whoever started
it is gone, it stops all and removes FOLDER. Needs Java 17 and Maven.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
BUILT: Final = HERE.parent.parent / ".solr"
COLLECTION: Final = "yanku"
START_SECONDS: Final = 180
_ZOO: Final = """tickTime=1000
dataDir={folder}
clientPort={port}
clientPortAddress=127.0.0.1
admin.enableServer=false
"""


def explain_lack() -> str:
    """Return why no Solr can be started here, "" where one can."""
    lacking = [name for name in ("java", "javac", "mvn") if shutil.which(name) is None]
    return f"no {', '.join(lacking)} on this machine" if lacking else ""


def build() -> None:
    """Fetch the jars and compile the launcher, unless they are there."""
    done = BUILT / "built"
    sources = [HERE / "pom.xml", HERE / "SolrNode.java"]
    wanted = "".join(path.read_text(encoding="utf-8") for path in sources)
    if done.is_file() and done.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(BUILT, ignore_errors=True)
    libraries, classes = BUILT / "lib", BUILT / "classes"
    classes.mkdir(parents=True)
    fetch = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
    fetch += [f"-DoutputDirectory={libraries}", "-DincludeScope=runtime"]
    # Standard output is for our own line: Maven colours even silence.
    subprocess.run(fetch, stdout=sys.stderr, check=True)
    compile_ = ["javac", "-d", str(classes), "-cp", f"{libraries}/*", str(sources[1])]
    subprocess.run(compile_, stdout=sys.stderr, check=True)
    done.write_text(wanted, encoding="utf-8")


def find_free_port() -> int:
    """Return a port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Node:
    """A node with its home folder; process is None before its first start."""

    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the node's address."""
        return f"http://127.0.0.1:{self.port}/solr"

    def answers(self) -> bool:
        """Tell whether the node takes part in the cloud."""
        try:
            address = f"{self.url}/admin/collections?action=CLUSTERSTATUS"
            with urllib.request.urlopen(address, timeout=5) as answer:
                live = json.load(answer)["cluster"]["live_nodes"]
        except (OSError, ValueError, KeyError):
            return False
        return f"127.0.0.1:{self.port}_solr" in live


class Cluster:
    """ZooKeeper and its nodes, all below one folder."""

    def __init__(self, folder: Path, nodes: int, heap: int) -> None:
        self.folder, self.heap = folder, heap
        self.zookeeper = find_free_port()
        self.nodes = [Node(folder / f"node{at}", find_free_port()) for at in range(nodes)]
        self._keeper: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start all that does not run, and wait until all nodes answer."""
        if self._keeper is None:
            self._start_keeper()
        for node in self.nodes:
            if node.process is None or node.process.poll() is not None:
                self._start_node(node)
        self._wait()

    def describe(self) -> dict[str, Any]:
        """Return where all is."""
        return {
            "url": ",".join(f"{node.url}/{COLLECTION}" for node in self.nodes),
            "zookeeper": f"127.0.0.1:{self.zookeeper}",
            "nodes": [
                {"url": node.url, "pid": node.process.pid if node.process else None}
                for node in self.nodes
            ],
        }

    def stop(self) -> None:
        """End all and remove the folder."""
        running = [each.process for each in self.nodes if each.process is not None]
        for process in [*running, *([self._keeper] if self._keeper else [])]:
            process.kill()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start_keeper(self) -> None:
        home = self.folder / "zookeeper"
        home.mkdir(parents=True)
        (self.folder / "zoo.cfg").write_text(_ZOO.format(folder=home, port=self.zookeeper))
        main = "org.apache.zookeeper.server.quorum.QuorumPeerMain"
        self._keeper = self._run("zookeeper", 96, [main, str(self.folder / "zoo.cfg")])
        deadline = time.monotonic() + START_SECONDS
        while not _listens(self.zookeeper):
            self._look(self._keeper, deadline, "zookeeper")

    def _start_node(self, node: Node) -> None:
        node.home.mkdir(exist_ok=True)
        shutil.copy(HERE / "solr.xml", node.home)
        arguments = ["SolrNode", str(node.home), str(node.port), f"127.0.0.1:{self.zookeeper}"]
        node.process = self._run(node.home.name, self.heap, arguments)

    def _run(self, name: str, heap: int, arguments: list[str]) -> subprocess.Popen[bytes]:
        java = ["java", f"-Xmx{heap}m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=4"]
        java += [f"-Dlog4j2.configurationFile={HERE / 'log4j2.xml'}"]
        java += [f"-Dsolr.allowPaths={self.folder}", f"-Dsolr.log.dir={self.folder}"]
        path = f"{BUILT / 'classes'}:{BUILT / 'lib'}/*"
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [*java, "-cp", path, *arguments], stdout=log, stderr=log, start_new_session=True
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        for node in self.nodes:
            while not node.answers():
                assert node.process is not None
                self._look(node.process, deadline, node.home.name)

    def _look(self, process: subprocess.Popen[bytes], deadline: float, name: str) -> None:
        """Wait a little; raise RuntimeError where a process has ended or the time is over."""
        if process.poll() is not None or time.monotonic() > deadline:
            told = (self.folder / f"{name}.log").read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{name} did not start:\n{told}")
        time.sleep(0.2)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> None:
    """Start a cluster, tell where it is, and keep it until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="none: fetch and compile alone")
    parser.add_argument("--nodes", type=int, default=2)
    parser.add_argument("--heap", type=int, default=384, help="MB of each node")
    asked = parser.parse_args()
    if lack := explain_lack():
        sys.exit(f"Solr cannot be started: {lack}.")
    build()
    if asked.folder is None:
        return
    asked.folder.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(asked.folder.resolve(), asked.nodes, asked.heap)
    wanted: list[int] = []
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
        signal.signal(name, lambda number, _frame: wanted.append(number))
    parent = os.getppid()
    try:
        cluster.start()
        print(json.dumps(cluster.describe()), flush=True)
        while os.getppid() == parent:
            time.sleep(0.2)
            if signal.SIGUSR1 in wanted:
                wanted.remove(signal.SIGUSR1)
                cluster.start()
                print(json.dumps(cluster.describe()), flush=True)
            if wanted:
                break
    finally:
        cluster.stop()


if __name__ == "__main__":
    main()
