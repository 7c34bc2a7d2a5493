"""The engine to name in settings; Django looks for this module and this class by their names."""

from __future__ import annotations

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, for now."""

    def read_version(self) -> int:
        """Return a number that stays as long as nothing changes that readers may be shown."""
        with self.cursor() as cursor:
            # Changes with every transaction, of any kind: never stale.
            cursor.execute("SELECT hashtextextended(pg_current_snapshot()::text, 0)")
            return int(cursor.fetchone()[0])
