"""What of a log record is written, and how: a line for people, or an object for programs."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Final

SERVER_ERROR: Final = 500


class FaultlessFilter(logging.Filter):
    """Leaves a request that was rightly refused (403, 404 …) without a traceback: nothing broke."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback from a record whose status is no fault of the server's."""
        status = getattr(record, "status_code", SERVER_ERROR)
        if isinstance(status, int) and status < SERVER_ERROR:
            record.exc_info = record.exc_text = None
        return True


class JsonFormatter(logging.Formatter):
    """Writes a record as one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, level, logger, message and, where there are any, status and traceback."""
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        status = getattr(record, "status_code", None)
        if status is not None:
            entry["status"] = status
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)
