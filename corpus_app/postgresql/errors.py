"""Errors named as SQLite names them: what passes by itself is an OperationalError on both."""

from __future__ import annotations

from types import TracebackType
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DatabaseErrorWrapper, OperationalError
from psycopg import InternalError

# The server takes no writing, as one that stands by; it cut a transaction off that took too long.
_PASSING: Final = ("25006", "25P03", "25P04")


class PassingErrorWrapper(DatabaseErrorWrapper):
    """Raises Django's errors for psycopg's, which counts some of a server's states as faults."""

    wrapper: BaseDatabaseWrapper

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Raise what Django calls the error."""
        if isinstance(error, InternalError) and error.sqlstate in _PASSING:
            self.wrapper.errors_occurred = True
            raise OperationalError(*error.args).with_traceback(traceback) from error
        super().__exit__(kind, error, traceback)
