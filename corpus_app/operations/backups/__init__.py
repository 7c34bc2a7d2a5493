"""A whole corpus in one archive, verified, and a corpus made of such an archive."""

from corpus_app.operations.backups.archive import BackupReport, write_backup
from corpus_app.operations.backups.errors import BackupError
from corpus_app.operations.backups.restoring import extract_backup, read_report

__all__ = ["BackupError", "BackupReport", "extract_backup", "read_report", "write_backup"]
