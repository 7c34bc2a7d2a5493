"""The administration of what intake keeps and of what the index must follow."""

from __future__ import annotations

from corpus_app.intake.admin import sites, speeches, stored

__all__ = ["sites", "speeches", "stored"]
