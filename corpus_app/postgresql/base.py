"""The engine to name in settings; Django looks for this module and this class by their names."""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.postgresql import base
from django.utils.functional import cached_property
from psycopg import Connection, Error

from corpus_app.postgresql.errors import PassingErrorWrapper
from corpus_app.postgresql.operations import DatabaseOperations
from corpus_app.postgresql.schema import DatabaseSchemaEditor
from corpus_app.postgresql.texts import adapt_texts
from corpus_app.postgresql.versions import READ_VERSION

# In the order of their characters, whatever the order of words the database was made with; and
# as long as they come: lengths are the forms' matter, and SQLite has never cut anything off.
TEXT: Final = 'text COLLATE "C"'
# Of all writers of this program; the locks are each database's own.
WRITERS: Final = 0x59616E6B75  # "Yanku"
_TEXTS: Final = ("CharField", "FileField", "FilePathField", "SlugField", "TextField")
_NUMBERS: Final = (
    *("AutoField", "IntegerField", "OneToOneField", "PositiveIntegerField"),
    *("PositiveSmallIntegerField", "SmallAutoField", "SmallIntegerField"),
)
_FOLDING: Final = {
    "iexact": "= UPPER(%s{})",
    "icontains": "LIKE UPPER(%s{})",
    "istartswith": "LIKE UPPER(%s{})",
    "iendswith": "LIKE UPPER(%s{})",
}


class DatabaseWrapper(base.DatabaseWrapper):
    """Keeps what the program was written for on SQLite: one writer at a time, values as they came.

    Columns of JSON are text: the order of keys stays, and equality is that of what was written.
    """

    data_types = {
        **base.DatabaseWrapper.data_types,
        **dict.fromkeys((*_TEXTS, "JSONField"), TEXT),
        **dict.fromkeys(_NUMBERS, "bigint"),
    }
    operators = {
        **base.DatabaseWrapper.operators,
        **{name: sign.format(' COLLATE "C"') for name, sign in _FOLDING.items()},
    }
    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor
    # Who only reads, and all of one moment, need not wait for those who write, nor hold them up.
    takes_turns = True

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        """Return an open connection, to which a NUL is a character like others."""
        connection: Connection[Any] = super().get_new_connection(conn_params)
        adapt_texts(connection)
        return connection

    @cached_property
    def wrap_database_errors(self) -> PassingErrorWrapper:
        """Return what makes Django's errors of psycopg's."""
        return PassingErrorWrapper(self)

    def is_usable(self) -> bool:
        """Return whether the next request may go on with this connection.

        Not where its server only reads: after a failover the address leads to another one, which
        nobody would see who stays with the old.
        """
        if self.connection is None:
            return False
        try:
            found = self.connection.execute("SELECT current_setting('transaction_read_only')")
        except Error:
            return False
        return bool(found.fetchone()[0] == "off")

    def read_version(self) -> int:
        """Return a number that stays as long as nothing changes that readers may be shown."""
        self.ensure_connection()
        with self.wrap_database_errors:
            return int(self.connection.execute(READ_VERSION).fetchone()[0])

    def _set_autocommit(self, autocommit: bool) -> None:
        """Begin each transaction as SQLite does: when the one before has ended.

        Raises OperationalError where that takes longer than a writer waits.
        """
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if autocommit or not self.takes_turns:
            return
        try:
            with self.wrap_database_errors:
                self.connection.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])
        except BaseException:
            if not self.connection.closed:
                self.connection.rollback()
                super()._set_autocommit(True)  # type: ignore[misc]
            raise
