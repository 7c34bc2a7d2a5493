"""A tus client for tests, as thin as can be."""

from __future__ import annotations

import base64
from typing import Any

from django.test import Client

UPLOADS = "/intake/uploads/"


def encode(**metadata: str) -> str:
    pairs = ((key, base64.b64encode(value.encode()).decode()) for key, value in metadata.items())
    return ",".join(f"{key} {value}" for key, value in pairs)


def ask(client: Client, method: str, address: str, data: bytes = b"", **headers: str) -> Any:
    """Ask as a tus client does; a header of "" is left out."""
    given = {"Tus-Resumable": "1.0.0", "Accept": "application/json"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    kind = "application/offset+octet-stream" if data else ""
    kind = given.pop("Content-Type", kind)
    return client.generic(
        method, address, data, content_type=kind, headers={k: v for k, v in given.items() if v}
    )


def begin(client: Client, path: str, size: int, **metadata: str) -> Any:
    told = encode(path=path, **metadata)
    return ask(client, "POST", UPLOADS, Upload_Length=str(size), Upload_Metadata=told)


def put(client: Client, address: str, offset: int, data: bytes, **headers: str) -> Any:
    return ask(client, "PATCH", address, data, Upload_Offset=str(offset), **headers)


def read_offset(client: Client, address: str) -> int:
    return int(ask(client, "HEAD", address)["Upload-Offset"])
