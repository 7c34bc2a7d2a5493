"""Why a piece, or a file that is to come in pieces, is not taken."""

from __future__ import annotations

from corpus_app.storage_trouble import describe_storage_trouble, find_storage_trouble


class PieceRefused(Exception):  # noqa: N818  (an answer, like Http404)
    """What was asked is not done; code says why to programs, message to people.

    Codes: unknown, closed, too_large, crowded, busy_site, storage, offset, locked, checksum.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def check_storage() -> None:
    """Raise PieceRefused while the data folder takes no writing."""
    trouble = find_storage_trouble()
    if trouble is not None:
        raise PieceRefused("storage", describe_storage_trouble(trouble))
