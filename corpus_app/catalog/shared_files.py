"""Files that all hosts have: in their folder here, and in an object storage where one is set.

Without `CORPUS_FILES_URL` the folder is all there is (a disk, or a folder that every host mounts).
With it the storage has every file and the folder of a host is what it fetched or wrote: a file is
here before its row, in the storage before anyone else may ask for it, and fetched where it is
wanted. Names are sha256 sums, so a copy is never old.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages

# In settings.STORAGES where files are shared through an object storage.
STORAGE: Final = "shared_files"
PASSING: Final = ".new-"
# Below a folder lie two hexadecimal digits, or this.
UNREFERENCED: Final = "unreferenced"
# Days after which a copy of what the storage has may go from a host.
_KEPT_DAYS: Final = 7
_DAY: Final = 86_400


class SharedStorageError(OSError):
    """The object storage did not answer, or refused."""


@dataclass(frozen=True)
class SharedFolder:
    """A folder of files by name ("ab/ab12…"); setting names its path, prefix its objects."""

    setting: str
    prefix: str

    @property
    def root(self) -> Path:
        """Return the folder on this host."""
        return Path(getattr(settings, self.setting))

    def find(self, name: str) -> Path:
        """Return where a file lies here, fetched if only the storage has it; it may be nowhere."""
        path = self.root / name
        storage = open_storage()
        if storage is not None and not path.is_file():
            self._fetch(storage, name, path)
        return path

    def share(self, path: Path) -> None:
        """Put a file of the folder into the storage, unless it has one of this size."""
        storage = open_storage()
        if storage is None:
            return
        name = self._name(path)
        with _tell_trouble():
            if storage.exists(name):
                if storage.size(name) == path.stat().st_size:
                    return
                storage.delete(name)
            with path.open("rb") as file:
                storage.save(name, File(file, name=name))

    def remove(self, path: Path) -> None:
        """Remove a file here and in the storage; one that is not there is no fault."""
        storage = open_storage()
        if storage is not None:
            with _tell_trouble():
                storage.delete(self._name(path))
        path.unlink(missing_ok=True)

    def has(self, path: Path) -> bool:
        """Tell whether a file is here or in the storage."""
        storage = open_storage()
        if storage is None or path.is_file():
            return path.is_file()
        with _tell_trouble():
            return storage.exists(self._name(path))

    def set_aside(self, path: Path) -> None:
        """Move a file that nobody claims where it troubles nobody; it is not deleted."""
        path = self.find(path.relative_to(self.root).as_posix())
        kept = self.root / UNREFERENCED / path.name
        kept.parent.mkdir(exist_ok=True)
        if open_storage() is None:
            path.rename(kept)
            return
        path.replace(kept)
        self.share(kept)
        self.remove(path)

    def list_files(self) -> list[Path]:
        """Return where the files lie or would lie here, those set aside and half-written left out.

        Where a storage is set it is what the storage has: a host may hold old copies besides.
        """
        if open_storage() is None:
            return self.list_here()
        return sorted(path for path in self._list_shared() if path.parent.name != UNREFERENCED)

    def list_here(self) -> list[Path]:
        """Return the files that lie on this host."""
        return sorted(path for path in self.root.glob("??/*") if not path.name.startswith("."))

    def list_set_aside(self) -> list[Path]:
        """Return the files that nobody claims, fetched."""
        aside = self.root / UNREFERENCED
        shared = [path for path in self._list_shared() if path.parent == aside]
        here = [path for path in aside.glob("*") if path.is_file()]
        names = {path.name for path in [*here, *shared] if not path.name.startswith(".")}
        return [self.find(f"{UNREFERENCED}/{name}") for name in sorted(names)]

    def read_age(self, path: Path) -> float:
        """Return for how many seconds a file has been here or in the storage; 0.0 for neither."""
        with suppress(FileNotFoundError):
            return time.time() - path.stat().st_mtime
        storage = open_storage()
        if storage is None:
            return 0.0
        with suppress(FileNotFoundError), _tell_trouble():
            return time.time() - storage.get_modified_time(self._name(path)).timestamp()
        return 0.0

    def drop_old_copies(self) -> int:
        """Remove from this host what the storage has and nobody wrote or fetched for a week."""
        storage = open_storage()
        if storage is None:
            return 0
        before = time.time() - _KEPT_DAYS * _DAY
        shared = set(self._list_shared())
        old = [path for path in shared if path.is_file() and path.stat().st_mtime < before]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _name(self, path: Path) -> str:
        return f"{self.prefix}/{path.relative_to(self.root).as_posix()}"

    def _fetch(self, storage: Storage, name: str, path: Path) -> None:
        with (
            suppress(FileNotFoundError),
            _tell_trouble(),
            storage.open(f"{self.prefix}/{name}") as source,
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=PASSING)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    for portion in source.chunks():
                        file.write(portion)
                Path(temporary).replace(path)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise

    def _list_shared(self) -> Iterator[Path]:
        storage = open_storage()
        if storage is None:
            return
        with _tell_trouble():
            folders, _files = storage.listdir(self.prefix)
            for folder in folders:
                _folders, names = storage.listdir(f"{self.prefix}/{folder}")
                yield from (self.root / folder / name for name in names if name)


ORIGINALS: Final = SharedFolder("UPLOADS_DIR", "uploads")
STAGED: Final = SharedFolder("STAGING_DIR", "staging")


def open_storage() -> Storage | None:
    """Return the object storage that hosts share files through, None where a folder is all."""
    return storages[STORAGE] if STORAGE in settings.STORAGES else None


@contextmanager
def _tell_trouble() -> Iterator[None]:
    """Let what the storage's client raises be an OSError, as of any disk."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        # The client's own classes (botocore's) are there only where it is installed.
        if type(error).__module__.partition(".")[0] not in ("botocore", "boto3", "s3transfer"):
            raise
        raise SharedStorageError(str(error)) from error
