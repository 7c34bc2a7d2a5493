"""The engine to name in settings; Django looks for this module and this class by their names."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.features import DatabaseFeatures
from django.db.backends.sqlite3.operations import DatabaseOperations

from corpus_app.sqlite.schema import DatabaseSchemaEditor
from corpus_app.sqlite.versions import VersionCursor

# Primary result codes of SQLite where the disk, not the file, is in the way.
DISK_CODES: Final = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
}
PRIMARY: Final = 0xFF


class _HoldingFeatures(DatabaseFeatures):
    """Rows are held for a change in a transaction alone, as PostgreSQL insists."""

    has_select_for_update = True


class _HoldingOperations(DatabaseOperations):
    def for_update_sql(self, *_wanted: Any, **_named: Any) -> str:
        """Return nothing: a transaction here holds the whole file from its beginning."""
        return ""


class DatabaseWrapper(base.DatabaseWrapper):
    """Opens for reading and writing, or for reading alone where the disk takes no write."""

    SchemaEditorClass = DatabaseSchemaEditor
    features_class = _HoldingFeatures
    ops_class = _HoldingOperations
    init_commands: list[str]

    def create_cursor(self, name: str | None = None) -> VersionCursor:
        """Return a cursor that notes what changes."""
        cursor: VersionCursor = self.connection.cursor(factory=VersionCursor)
        return cursor

    def read_version(self) -> int:
        """Return a number that stays as long as nothing changes that readers may be shown."""
        self.ensure_connection()
        with self.wrap_database_errors:
            return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Return an open connection; raises what SQLite says where not even reading is possible."""
        try:
            return self._open(conn_params)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY not in DISK_CODES:
                raise
            path = Path(str(conn_params["database"]))
            if not path.is_file():
                raise
            found = self._open_for_reading(conn_params, path)
            if found is None:
                raise
            # It sees no change and takes none: for this request alone.
            self.close_at = 0.0
            return found

    def _open(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection = super().get_new_connection(conn_params)
        try:
            # Opening reads nothing yet; the first read makes the file that a full disk refuses.
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _open_for_reading(
        self, conn_params: dict[str, Any], path: Path
    ) -> sqlite3.Connection | None:
        commands, uri = self.init_commands, path.absolute().as_uri()
        ways: list[tuple[str, list[str]]] = [("?mode=ro", [])]
        log = path.with_name(f"{path.name}-wal")
        if not log.exists() or not log.stat().st_size:
            # All is in the one file. Nobody writes to it: nobody can.
            ways.append(("?immutable=1", []))
        else:
            # Changes that a killed process left are read from memory, by one reader at a time.
            ways.append(("?mode=rw", ["PRAGMA locking_mode=EXCLUSIVE"]))
        try:
            for query, self.init_commands in ways:
                with suppress(sqlite3.OperationalError):
                    return self._open({**conn_params, "database": uri + query})
        finally:
            self.init_commands = commands
        return None
