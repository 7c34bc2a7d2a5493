"""Whether the site can do its work: database, index, disk."""

from __future__ import annotations

import logging
import shutil
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import search
from corpus_app.catalog.models import Speech

logger = logging.getLogger(__name__)

# Below this an upload or a rebuild of the index may fail half-way.
LEAST_FREE: Final = 200 * 1024 * 1024


@require_safe
@never_cache
def report_health(request: HttpRequest) -> JsonResponse:
    """Answer 200 where database, index and disk are well, 503 else, each with its state."""
    parts = {"database": check_database(), "index": check_index(), "disk": check_disk()}
    well = all(part["ok"] for part in parts.values())
    body = {"status": "ok" if well else "failing", **parts}
    return JsonResponse(body, status=200 if well else 503)


def check_database() -> dict[str, Any]:
    """Return whether speeches can be read."""
    try:
        return {"ok": True, "speeches": Speech.objects.real().count()}
    except Exception:
        logger.exception("The database could not be read")
        return {"ok": False}


def check_index() -> dict[str, Any]:
    """Return whether searches can be trusted."""
    try:
        state = search.read_index_state()
    except Exception:
        logger.exception("The state of the index could not be read")
        return {"ok": False, "state": "unreadable"}
    counts = {"speeches": state.speeches, "sections": state.sections}
    return {"ok": state.is_fresh, "state": state.status, **counts}


def check_disk() -> dict[str, Any]:
    """Return whether enough is free where the data lie, in bytes."""
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        logger.exception("The data folder could not be read")
        return {"ok": False}
    return {"ok": free >= LEAST_FREE, "free_bytes": free}
