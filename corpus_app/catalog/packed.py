"""Fields of long texts that are read whole and never searched by SQL, kept packed (Zstandard).

One byte says how a value is packed, then follows a Zstandard frame (RFC 8878) with a checksum:
what was packed against another text than the one beside it raises, it never reads wrongly.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.db.models.query_utils import DeferredAttribute
from zstandard import (
    DICT_TYPE_RAWCONTENT,
    ZstdCompressionDict,
    ZstdCompressor,
    ZstdDecompressor,
    ZstdError,
)

from corpus_app.catalog.bounded_cache import BoundedCache

ALONE: Final = b"\x00"
AGAINST: Final = b"\x01"
# Alone the higher level saves a fifteenth; against a text it saves nothing and costs four times.
LEVEL: Final = 9
LEVEL_AGAINST: Final = 3


# The texts read last, by what is kept of them: a page's next answer reads the same ones.
_UNPACKED: Final = BoundedCache(8 * 1024 * 1024, lambda text: 3 * len(text) + 500)


class BrokenPackingError(ValueError):
    """A packed value that cannot be read as it was written."""


def pack_text(text: str, base: str | None = None) -> bytes:
    """Return the text packed; with a base, what is equal in both costs next to nothing."""
    # An empty base is no dictionary.
    words = _dictionary(base) if base else None
    level = LEVEL_AGAINST if words else LEVEL
    packer = ZstdCompressor(level=level, write_checksum=True, dict_data=words)
    return (AGAINST if words else ALONE) + packer.compress(_encode(text))


def unpack_text(packed: bytes, base: str | None = None) -> str:
    """Return the text that was packed; raise BrokenPackingError where base is another than then."""
    mark, frame = packed[:1], packed[1:]
    words = _dictionary(base) if base and mark == AGAINST else None
    unpacker = ZstdDecompressor(dict_data=words) if words else _UNPACKERS.alone
    try:
        return _decode(unpacker.decompress(frame))
    except (ZstdError, UnicodeDecodeError) as error:
        raise BrokenPackingError("packed text cannot be read") from error


class _Unpackers(threading.local):
    """One for each thread, who must not share it: making one takes as long as to unpack a text."""

    def __init__(self) -> None:
        self.alone = ZstdDecompressor()


_UNPACKERS: Final = _Unpackers()


def _dictionary(base: str) -> ZstdCompressionDict:
    return ZstdCompressionDict(_encode(base), dict_type=DICT_TYPE_RAWCONTENT)


# Half of a surrogate pair comes from broken files; it is kept as it came.
def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


if TYPE_CHECKING:
    # What stands in the table is bytes, what programs see is not.
    _BytesField = models.Field[Any, Any]
else:
    _BytesField = models.BinaryField


class _Unpacking(DeferredAttribute):
    """Unpacks a value when it is first asked for, for most pages never ask."""

    field: PackedTextField

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        """Return the instance's text."""
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, (bytes, memoryview)):
            value = unpack_text(bytes(value), self.field.read_base(instance))
            instance.__dict__[self.field.attname] = value
        return value

    # With it Python asks the class before the instance's own values.
    def __set__(self, instance: Any, value: Any) -> None:
        """Set the instance's text, or the bytes as they came from the table."""
        instance.__dict__[self.field.attname] = value


class PackedTextField(_BytesField):
    """A text, packed; against names a field of the same row that is much alike and never changes.

    Not searched by SQL. `values()` gives the text, of one that is packed against another the bytes.
    """

    descriptor_class = _Unpacking

    def __init__(self, *args: Any, against: str = "", **kwargs: Any) -> None:
        """Pack against the row's text field of that name, or alone."""
        super().__init__(*args, **kwargs)
        self.against = against

    def deconstruct(self) -> Any:
        """Return what a migration writes."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"against": self.against} if self.against else {})

    def read_base(self, instance: Any) -> str | None:
        """Return the text beside it that the row's value is packed against."""
        return getattr(instance, self.against) if self.against else None

    def from_db_value(self, value: Any, *_: Any) -> Any:
        """Return the text, where no other is needed to unpack it."""
        if self.against or not isinstance(value, (bytes, memoryview)):
            return value
        packed = bytes(value)
        try:
            return _UNPACKED.get(packed, lambda: unpack_text(packed))
        except BrokenPackingError:
            return packed  # one broken row must not hide the others: who asks for its text is told

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Return the bytes to write for an instance's text."""
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, str):
            return pack_text(value, self.read_base(model_instance))
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Return the bytes of a text that no instance is known of (`update()`)."""
        return pack_text(value) if isinstance(value, str) else super().get_prep_value(value)

    def value_to_string(self, obj: models.Model) -> str:
        """Return the text, for serialised rows are read by people."""
        return str(getattr(obj, self.attname))

    def to_python(self, value: Any) -> Any:
        """Return a serialised text as it is."""
        return value


# The lists read last: each file of a folder is read beside the same two hundred.
_READ_LISTS: Final = BoundedCache(16 * 1024 * 1024, lambda items: 200 * len(items) + 500)


def _read_list(value: bytes | str) -> list[Any]:
    items: list[Any] = json.loads(unpack_text(value) if isinstance(value, bytes) else value)
    return items


class PackedListField(PackedTextField):
    """A list as packed JSON; an empty one is null in the table, so that SQL can ask for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make the field, empty where nothing is given."""
        super().__init__(*args, **(kwargs | {"null": True, "default": list}))

    def from_db_value(self, value: Any, *_: Any) -> list[Any]:
        """Return the list that was stored."""
        if not value:
            return []
        packed = bytes(value) if isinstance(value, memoryview) else value
        return list(_READ_LISTS.get(packed, lambda: _read_list(packed)))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Return the instance's list."""
        return getattr(model_instance, self.attname)

    def get_prep_value(self, value: Any) -> Any:
        """Return the bytes of a list."""
        return pack_text(json.dumps(value, ensure_ascii=False)) if value else None

    def value_to_string(self, obj: models.Model) -> str:
        """Return the list as JSON."""
        return json.dumps(getattr(obj, self.attname), ensure_ascii=False)

    def to_python(self, value: Any) -> Any:
        """Return a serialised list as a list."""
        return json.loads(value) if isinstance(value, str) else value
