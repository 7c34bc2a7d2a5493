"""Uploads that are larger than any file may be: counted to their end, not written to disk."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from corpus_app.batches.receiving import find_limit


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Keeps an upload in a temporary file, of one that is too large no more than its limit.

    That one arrives without content, telling its true size, by which it is refused.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start counting the next file of the request."""
        super().new_file(*args, **kwargs)
        self.seen = 0
        self.limit = find_limit(self.file_name or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write the bytes while the file is within its limit."""
        self.seen += len(raw_data)
        if self.seen <= self.limit:
            super().receive_data_chunk(raw_data, start)
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Return the file, for one that is too large a stand-in of its size."""
        if self.seen <= self.limit:
            return super().file_complete(file_size)
        self.file.close()
        return UploadedFile(
            file=io.BytesIO(),
            name=self.file_name,
            content_type=self.content_type,
            size=self.seen,
            charset=self.charset,
        )
