"""Tables are made with what draws the corpus's version."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.postgresql import schema

from corpus_app.postgresql.versions import FOLLOW, PREPARE
from corpus_app.shown_tables import is_shown


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Gives each table that readers may be shown a trigger."""

    def create_model(self, model: type[models.Model]) -> None:
        """Make the table of a model, and those that join it to others."""
        super().create_model(model)
        table = model._meta.db_table
        if is_shown(table):
            self.execute(PREPARE, params=None)
            self.execute(FOLLOW.format(table=self.quote_name(table)), params=None)

    def _create_like_index_sql(self, model: type[models.Model], field: Any) -> None:
        """Make no second index: in the order of characters the first one finds beginnings too."""
