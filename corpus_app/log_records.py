"""What of a log record is written, and how: a line for people, or an object for programs."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Final

SERVER_ERROR: Final = 500


class FaultlessFilter(logging.Filter):
    """Leaves what is no fault of the program without a traceback.

    That is a request that was rightly refused (403, 404 …), a full or read-only disk and a service
    out of reach, whose thousand failures would tell a thousand times where, and not once why.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback from such a record; add what the disk or the service said."""
        status = getattr(record, "status_code", SERVER_ERROR)
        if isinstance(status, int) and status < SERVER_ERROR:
            record.exc_info = record.exc_text = None
        elif record.exc_info and record.exc_info[1] is not None:
            self._shorten(record, record.exc_info[1])
        return True

    @staticmethod
    def _shorten(record: logging.LogRecord, error: BaseException) -> None:
        # Settings are not ready yet where this module is loaded by them.
        from corpus_app.outages import name_outage
        from corpus_app.storage_trouble import name_storage_trouble

        if name_storage_trouble(error) is not None or name_outage(error) is not None:
            record.msg, record.args = f"{record.getMessage()}: {error}", None
            record.exc_info = record.exc_text = None


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
