"""How gunicorn serves the site: on loopback, unless CORPUS_BIND says otherwise in production."""

import gc
import os
import shutil
import sys
from pathlib import Path

from corpus_app import env
from corpus_app.batches.supervisor import WorkerSupervisor
from corpus_app.serving.limits import HEAD_FIELDS, LINE_BYTES, read_limits
from corpus_app.serving.warming import warm_up

_port = env.read_int("PORT", 8000, low=1, high=65535)
_mode = env.read_choice("CORPUS_MODE", "demo", ("demo", "production"))

# The demo's accounts have known passwords, so the demo never leaves this machine.
bind = (
    f"127.0.0.1:{_port}" if _mode == "demo" else env.read_text("CORPUS_BIND", f"127.0.0.1:{_port}")
)
workers = env.read_int("CORPUS_WORKERS", 2, low=1, high=64)
threads = env.read_int("CORPUS_THREADS", 4, low=1, high=64)
# gthread that waits for slow clients in its main loop, under deadlines.
worker_class = "corpus_app.serving.worker.BufferingWorker"
worker_connections = read_limits().connections
# Bounded by the worker: gunicorn's own bound cannot be more than 8190.
limit_request_line = 0
limit_request_fields = HEAD_FIELDS
# An address of a long query comes again as Referer.
limit_request_field_size = LINE_BYTES
preload_app = True
control_socket_disable = True
# Whose word on https is believed; from all others it is taken out (access/proxies.py).
_proxies = env.read_networks("CORPUS_PROXIES", ["127.0.0.1", "::1"])
forwarded_allow_ips = ",".join(map(str, _proxies))
timeout = 60
accesslog = None
if env.read_choice("CORPUS_LOG_FORMAT", "line", ("line", "json")) == "json":
    # Its own words too: a program reads a line of another kind as a fault.
    _told = {"handlers": ["error_console"], "level": "INFO"}
    logconfig_dict = {
        "root": {**_told, "level": "WARNING"},
        "loggers": {"gunicorn.error": {**_told, "propagate": False}},
        "formatters": {"generic": {"()": "corpus_app.log_records.JsonFormatter"}},
    }
# All processes count together, each in a file of its own, from nothing at every start
# (docs/decisions/0030-metrics.md). Set before the application is loaded.
_counts = env.read_path("CORPUS_DATA_DIR", Path(__file__).resolve().parent / "var") / "metrics"
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_counts)
_supervisor = WorkerSupervisor() if env.read_bool("CORPUS_WORKER", True) else None


def on_starting(server: object) -> None:
    """Refuse a data folder that is newer or half made; prepare the first pages for all workers."""
    shutil.rmtree(_counts, ignore_errors=True)
    wsgi = sys.modules.get("corpus_app.wsgi")
    if wsgi is None:
        return
    from django.conf import settings
    from django.db import DatabaseError, connection

    from corpus_app.catalog.store_state import find_store_trouble

    try:
        trouble = find_store_trouble()
        if trouble is not None:
            sys.exit(trouble.message)
        warm_up(wsgi.application, settings.ALLOWED_HOSTS[0].lstrip("."), https=settings.HTTPS)
    except DatabaseError as error:
        # Probes will tell; who can't read a page may still read why.
        print(f"数据库无法读取：{error}", file=sys.stderr, flush=True)
        return
    finally:
        # Neither a connection nor its locks may be shared.
        connection.close()
    # What stays to the end is not looked through again, and so not copied by each worker. To look
    # through it held every thread for 200 to 500 ms, and an export has it done every second.
    gc.collect()
    gc.freeze()


def when_ready(server: object) -> None:
    """Say where the site is, once it can be opened."""
    address = f"http://{bind}/"
    print(f"言库已就绪 · Yanku is ready: {address}", flush=True)
    if _supervisor is not None:
        _supervisor.start()


def on_exit(server: object) -> None:
    """Let the worker go too; where the server is killed, the worker sees that by itself."""
    if _supervisor is not None:
        _supervisor.end()
