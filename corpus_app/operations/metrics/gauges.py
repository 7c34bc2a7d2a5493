"""What is read when somebody asks: the queue, the worker, the index, the disk, the last jobs."""

from __future__ import annotations

import logging
import struct
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Count
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

import search
from corpus_app.batches.models import BatchFile
from corpus_app.batches.presence import measure_lateness
from corpus_app.operations.health import READY_PARTS, Part, measure
from corpus_app.operations.metrics.storage import gather_counts

logger = logging.getLogger(__name__)

# Name, explanation, part of the site's health, key in it. Truth is 1 or 0; a key that is not there
# (no backup yet) leaves the value out.
_READ: Final = (
    ("yanku_published_speeches", "Published speeches.", "database", "speeches"),
    ("yanku_disk_free_bytes", "Bytes free where the data lie.", "disk", "free_bytes"),
    ("yanku_disk_writable", "Whether the data folder can be written to.", "disk", "writable"),
    ("yanku_queue_files", "Files that wait for the worker.", "worker", "waiting"),
    ("yanku_queue_oldest_seconds", "How long the oldest waits.", "worker", "oldest_seconds"),
    ("yanku_backup_age_seconds", "Since the last backup by the clock.", "backup", "age_seconds"),
    ("yanku_check_age_seconds", "Since the last check of all.", "check", "age_seconds"),
    ("yanku_check_findings", "What the last check of all found.", "check", "found"),
)
_WORKER: Final = ("working", "frozen", "absent")
_INDEX: Final = (
    "fresh",
    "busy",
    "behind",
    "stale",
    "missing",
    "damaged",
    "unreachable",
    "unreadable",
)


@dataclass(frozen=True)
class Gauges:
    """A collector of what is read from the site's state now."""

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges; what can't be read is left out, and its part told as not well."""
        parts = measure(READY_PARTS)
        well = GaugeMetricFamily("yanku_part_ok", "Whether a part is well.", labels=["part"])
        for name, part in parts.items():
            well.add_metric([name], float(part["ok"]))
        yield well
        for name, words, part_name, key in _READ:
            value = parts[part_name].get(key)
            if value is not None:
                yield GaugeMetricFamily(name, words, float(value))
        yield _tell_state("yanku_worker_state", "The worker.", _WORKER, parts["worker"])
        yield _tell_state("yanku_index_state", "The index.", _INDEX, parts["index"])
        late = measure_lateness()
        if late is not None:
            words = "Seconds since a heartbeat was due; below 0: until it is."
            yield GaugeMetricFamily("yanku_worker_late_seconds", words, late)
        if parts["database"].get("state") != "unreadable":
            yield from _read_database()


def write_metrics() -> bytes:
    """Return all there is to tell, in Prometheus's text format."""
    registry = CollectorRegistry()
    registry.register(Gauges())
    written = generate_latest(registry)
    try:
        return written + generate_latest(_Counts())
    except (OSError, ValueError, RuntimeError, struct.error):
        # A file that a lost disk left behind; what is read now is told all the same.
        logger.exception("The counts of requests could not be read")
        return written


class _Counts(CollectorRegistry):
    def collect(self) -> Iterable[Metric]:
        """Return what all processes have counted."""
        return gather_counts().collect()


def _tell_state(name: str, words: str, states: tuple[str, ...], part: Part) -> Metric:
    gauge = GaugeMetricFamily(name, f"{words} 1 for its state, 0 for others.", labels=["state"])
    for state in states:
        gauge.add_metric([state], float(part.get("state") == state))
    return gauge


def _read_database() -> Iterator[Metric]:
    """Yield what became of files, and how far the index is behind."""
    files = GaugeMetricFamily("yanku_files", "Files in batches by outcome.", labels=["outcome"])
    counted = BatchFile.objects.order_by().values_list("state").annotate(Count("pk"))
    for outcome, count in counted:
        files.add_metric([outcome], count)
    yield files
    left = search.read_changes_left()
    age = time.time() - left.since.timestamp() if left.since else 0.0
    words = "Changes that the index has not followed."
    yield GaugeMetricFamily("yanku_index_pending", words, left.count)
    words = "How long ago the oldest of them was made."
    yield GaugeMetricFamily("yanku_index_pending_oldest_seconds", words, max(0.0, age))
