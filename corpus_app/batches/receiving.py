"""Texts that are taken in while their sender waits, and files that join a batch."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from corpus_app.batches import services
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import MEGABYTE, check_size, get_limits
from corpus_app.ingest.tables.cells import is_table_name
from corpus_app.intake.archives import ARCHIVE_SUFFIXES
from corpus_app.intake.importing.files import import_bytes, refuse
from corpus_app.intake.importing.reading import NotAtOnceError
from corpus_app.intake.importing.storing import ImportOutcome
from corpus_app.intake.manifests.recording import GivenMetadata

# A larger file is parsed for so long that its sender had better not wait.
AT_ONCE_BYTES: Final = 5 * MEGABYTE
# What systems leave in folders; nobody means to bring these in.
LITTER: Final = {".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".git", ".svn"}


def take_file(file: UploadedFile, user: User) -> ImportOutcome | Batch:
    """Return what became of the uploaded file, a draft at most; a refused one is not kept.

    One that is not read while its sender can wait goes on in a batch.
    """
    name = file.name or ""
    try:
        check_size(file.size or 0)
    except RejectedFile as refusal:
        return refuse(refusal)
    try:
        outcome = import_bytes(file.read(), name, user=user, draft=True, at_once=True)
    except NotAtOnceError:
        file.seek(0)
        return make_upload_batch([file], user, publish=False)
    if outcome.status == "refused" and is_table_name(name):
        advice = _("若是元数据表，请到“据表格设定文献信息”上传，或与文稿一起上传。")
        return replace(outcome, message=outcome.message + advice)
    return outcome


def take_text(
    data: bytes, name: str, user: User, *, title: str = "", source_url: str = ""
) -> ImportOutcome | Batch:
    """Return what became of a text; title and address, where given, go before what was read.

    A speech that was there before is left as it is. A text that is not read while its sender can
    wait goes on in a batch, which is named by title and address.
    """
    values = {"title": title.strip(), "source_url": source_url.strip()}
    given = GivenMetadata({field: value for field, value in values.items() if value})
    try:
        return import_bytes(data, name, user=user, draft=True, given=given, at_once=True)
    except NotAtOnceError:
        given_name = " ".join(given.values.values())
        batch = services.make_batch(given_name, user=user)
        services.add_file(batch, name, data)
        services.close_batch(batch)
        return batch


def is_taken_at_once(file: UploadedFile) -> bool:
    """Return whether a single file is parsed while its sender waits: small and no archive."""
    return (file.size or 0) <= AT_ONCE_BYTES and not is_archive_name(file.name or "")


def make_upload_batch(
    files: list[UploadedFile], user: User, *, publish: bool, limit: str = ""
) -> Batch:
    """Return a batch of the files that one form brought; those too large stand in it refused."""
    batch = services.make_batch(user=user, publish=publish, limit=limit)
    for file in files:
        path = file.name or ""
        if is_litter(path):
            continue
        try:
            add_upload(batch, path, file)
        except RejectedFile as refusal:
            services.add_refused(batch, path, refusal, file.size or 0)
    services.close_batch(batch)
    return batch


def add_upload(batch: Batch, path: str, file: UploadedFile) -> BatchFile:
    """Return the batch's row for the file, made unless it has one; RejectedFile if too large.

    A script sends again what it has no answer to, though it may have arrived.
    """
    size = file.size or 0
    check_upload(path, size)
    found = None
    if batch.files.filter(path=services.clip_path(path), size=size).exists():
        found = find_arrived(batch, path, size, hash_portions(file.chunks()))
    return found or services.add_file(batch, path, file.chunks())


def find_arrived(batch: Batch, path: str, size: int, sha256: str) -> BatchFile | None:
    """Return the batch's row of the same bytes under the same path, None where there is none."""
    alike = batch.files.filter(path=services.clip_path(path), size=size, sha256=sha256)
    return alike.first()


def is_archive_name(path: str) -> bool:
    """Return whether the name is that of an archive of files."""
    return path.lower().endswith(ARCHIVE_SUFFIXES)


def is_litter(path: str) -> bool:
    """Return whether the path names what a system left in a folder, such as .DS_Store."""
    parts = [part.lower() for part in PurePosixPath(path).parts]
    return any(part in LITTER or part.startswith(("._", "~$")) for part in parts)


def hash_portions(portions: Iterable[bytes]) -> str:
    """Return the SHA-256 of bytes that come in portions."""
    digest = hashlib.sha256()
    for portion in portions:
        digest.update(portion)
    return digest.hexdigest()


def find_limit(path: str) -> int:
    """Return how many bytes a file of this name may have."""
    limits = get_limits()
    return limits.archive_bytes if is_archive_name(path) else limits.file_bytes


def check_upload(path: str, size: int) -> None:
    """Raise RejectedFile where a file of this name may not have so many bytes."""
    limits = replace(get_limits(), file_bytes=find_limit(path))
    # An empty file is the worker's to refuse: it stands in the batch with its reason.
    check_size(size or 1, limits)
