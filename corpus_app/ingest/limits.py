"""How much a parse takes in: bounds that keep a hostile file from costing memory or minutes."""

from __future__ import annotations

from dataclasses import dataclass

from corpus_app.ingest.draft import Refusal


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds: bytes of a file, characters of a text, bytes and members inside a .docx."""

    file_bytes: int = 20 * 1024 * 1024
    text_chars: int = 1_000_000
    unpacked_bytes: int = 100 * 1024 * 1024
    members: int = 2_000


DEFAULT_LIMITS = Limits()


def describe_bytes(size: int) -> str:
    """Return a size in bytes as Chinese readers expect it ("20 MB", "812 KB")."""
    if size >= 1024 * 1024:
        return f"{size / (1024 * 1024):.1f}".rstrip("0").rstrip(".") + " MB"
    return f"{max(1, size // 1024)} KB"


def check_size(size: int, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse a file of this many bytes if it is empty or too large; reads nothing."""
    if size == 0:
        raise Refusal("empty", "文件是空的，没有任何内容。")
    if size > limits.file_bytes:
        raise Refusal(
            "too_large",
            f"文件有 {describe_bytes(size)}，超过单个文件 {describe_bytes(limits.file_bytes)} "
            "的上限，请拆分后再上传。",
        )


def check_length(chars: int, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse a text of this many characters if no single speech can be that long."""
    if chars > limits.text_chars:
        raise Refusal(
            "too_large",
            f"全文有 {chars} 字，超过单篇 {limits.text_chars} 字的上限，请拆成单篇后再上传。",
        )
