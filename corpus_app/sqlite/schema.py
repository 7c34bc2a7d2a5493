"""Tables whose rows are nothing but their key are kept in its order alone, without an index."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.sqlite3 import schema


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Makes a table with a key of several columns as one tree, half as large."""

    def table_sql(self, model: type[models.Model]) -> tuple[str, list[Any]]:
        """Return the statement that makes the table of a model."""
        statement, params = super().table_sql(model)
        if isinstance(model._meta.pk, models.CompositePrimaryKey):
            statement += " WITHOUT ROWID"
        return statement, params
