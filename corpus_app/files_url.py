"""Where hosts share the received files: a folder, or an S3-compatible object storage."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from corpus_app import env

VARIABLE: Final = "CORPUS_FILES_URL"
_EXAMPLE: Final = "s3://bucket/prefix"
# Seconds; a storage that does not answer must not hold a reader.
_CONNECT_SECONDS: Final = 2
_READ_SECONDS: Final = 10
_TRIES: Final = 2


def describe_storage(names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return Django's settings of the object storage, {} where a folder is all.

    Keys are read by the storage's client itself, from `AWS_ACCESS_KEY_ID` and
    `AWS_SECRET_ACCESS_KEY` or what else it knows. Raises ImproperlyConfigured for an address
    that names none.
    """
    address = env.read_text("CORPUS_FILES_URL", "", names)
    endpoint = env.read_text("CORPUS_S3_ENDPOINT", "", names)
    if not address:
        if endpoint:
            raise ImproperlyConfigured(f"CORPUS_S3_ENDPOINT is set, but {VARIABLE} is not.")
        return {}
    parts = urlsplit(address)
    if parts.scheme != "s3" or not parts.hostname or parts.query or "@" in parts.netloc:
        raise ImproperlyConfigured(f"{VARIABLE} must be a bucket, such as {_EXAMPLE}.")
    if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
        raise ImproperlyConfigured("CORPUS_S3_ENDPOINT must begin with http:// or https://.")
    if importlib.util.find_spec("storages") is None or importlib.util.find_spec("boto3") is None:
        raise ImproperlyConfigured(
            f"{VARIABLE} needs django-storages and boto3: pip install -r requirements-s3.txt "
            "(`make s3`)."
        )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": parts.path.strip("/"),
            "endpoint_url": endpoint or None,
            "region_name": env.read_text("CORPUS_S3_REGION", "", names) or None,
            "client_config": _configure_client(),
            # A name is what is in the file: there is nothing to overwrite with.
            "file_overwrite": True,
            "default_acl": None,
        },
    }


def _configure_client() -> Any:
    from botocore.config import Config

    return Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        retries={"max_attempts": _TRIES, "mode": "standard"},
        # Bucket in the path, as storages in one's own house have it.
        s3={"addressing_style": "path"},
    )
