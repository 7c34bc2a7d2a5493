"""Files packed together (.zip, .tar, .tar.gz, .tar.xz, .7z, .rar), unpacked within bounds."""

from corpus_app.intake.archives.kinds import ARCHIVE_SUFFIXES, is_archive
from corpus_app.intake.archives.members import Member
from corpus_app.intake.archives.opening import open_archive

__all__ = ["ARCHIVE_SUFFIXES", "Member", "is_archive", "open_archive"]
