"""What Django asks of a database, answered as SQLite answers it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from django.core.management.color import Style
from django.db import models
from django.db.backends.postgresql import operations

_LARGEST: Final = 2**63 - 1


class DatabaseOperations(operations.DatabaseOperations):
    """Integers of 64 bits, JSON as text, capitals of ASCII alone, empty values first."""

    compiler_module = "corpus_app.postgresql.compiler"
    cast_char_field_without_max_length = "text"
    cast_data_types = {}

    def integer_field_range(self, internal_type: str) -> tuple[int, int]:
        """Return the least and the greatest integer of such a field."""
        return (0 if internal_type.startswith("Positive") else -_LARGEST - 1), _LARGEST

    def adapt_integerfield_value(self, value: Any, internal_type: str) -> Any:
        """Return an integer without a type, which functions of smaller ones take too."""
        return value

    def lookup_cast(self, lookup_type: str, internal_type: str | None = None) -> str:
        """Return what stands for the left side of a comparison."""
        cast: str = super().lookup_cast(lookup_type, internal_type)
        return cast.replace("%s::text", '%s::text COLLATE "C"')

    def sequence_reset_sql(
        self, style: Style, model_list: Iterable[type[models.Model]]
    ) -> list[str]:
        """Return what sets the next number of each table behind those given: never back.

        A number that was given once leads nowhere else, even where its row is gone.
        """
        return [
            f"SELECT setval(named, greatest(nextval(named), coalesce(max({column}), 0) + 1), false)"
            f" FROM {table} RIGHT JOIN"
            f" (SELECT pg_get_serial_sequence('{table}', '{field.column}')::regclass AS named) AS s"
            " ON true GROUP BY named"
            for model in model_list
            for field in model._meta.local_fields
            if isinstance(field, models.AutoField)
            for table, column in [
                (self.quote_name(model._meta.db_table), self.quote_name(str(field.column)))
            ]
        ]

    def adapt_json_value(self, value: Any, encoder: type[json.JSONEncoder] | None) -> str:
        """Return JSON as its column holds it."""
        return json.dumps(value, cls=encoder)
