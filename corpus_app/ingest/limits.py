"""How much a parse takes in: bounds that keep a hostile file from costing memory or minutes."""

from __future__ import annotations

from dataclasses import dataclass

from corpus_app.ingest.draft import RejectedFile

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds: of one file, of the process that reads it, and of an archive of files.

    unpacked_bytes and members bound what is inside one document (.docx, .odt, .epub); seconds
    and memory_bytes the process that reads a risky format or another program's run; the
    archive_… bounds hold over all nested archives together.
    """

    file_bytes: int = 20 * MEGABYTE
    text_chars: int = 1_000_000
    unpacked_bytes: int = 100 * MEGABYTE
    members: int = 2_000
    seconds: int = 60
    memory_bytes: int = 1024 * MEGABYTE
    pages: int = 2_000
    archive_bytes: int = 500 * MEGABYTE
    archive_members: int = 5_000
    archive_unpacked_bytes: int = 2048 * MEGABYTE
    archive_ratio: int = 200
    archive_depth: int = 3
    archive_seconds: int = 600


DEFAULT_LIMITS = Limits()
_current = DEFAULT_LIMITS


def set_limits(limits: Limits) -> None:
    """Make these the bounds of every later call that names none; meant for the start."""
    global _current
    _current = limits


def get_limits() -> Limits:
    """Return the bounds in force."""
    return _current


def describe_bytes(size: int) -> str:
    """Return a size in bytes as Chinese readers expect it ("20 MB", "812 KB")."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f}".rstrip("0").rstrip(".") + " MB"
    return f"{max(1, size // 1024)} KB"


def check_size(size: int, limits: Limits | None = None) -> None:
    """Refuse a file of this many bytes if it is empty or too large; reads nothing."""
    limit = (limits or _current).file_bytes
    if size == 0:
        raise RejectedFile("empty", "文件是空的，没有任何内容。")
    if size > limit:
        raise RejectedFile(
            "too_large",
            f"文件有 {describe_bytes(size)}，超过单个文件 {describe_bytes(limit)} "
            "的上限，请拆分后再上传。",
        )


def check_length(chars: int, limits: Limits | None = None) -> None:
    """Refuse a text of this many characters if no single speech can be that long."""
    limit = (limits or _current).text_chars
    if chars > limit:
        raise RejectedFile(
            "too_large",
            f"全文有 {chars} 字，超过单篇 {limit} 字的上限，请拆成单篇后再上传。",
        )
