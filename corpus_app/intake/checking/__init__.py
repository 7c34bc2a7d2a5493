"""Compare database, received bytes and index; mend what can be derived again."""

from corpus_app.intake.checking.finding import Finding
from corpus_app.intake.checking.run import add_check, check_everything

__all__ = ["Finding", "add_check", "check_everything"]
