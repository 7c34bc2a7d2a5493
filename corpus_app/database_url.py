"""Where the corpus's rows lie: a file in the data folder, or a PostgreSQL server's database."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

VARIABLE: Final = "CORPUS_DATABASE_URL"
SCHEMES: Final = ("postgresql", "postgres")
FILE_NAME: Final = "corpus.sqlite3"
DEFAULT_PORT: Final = 5432
# Seconds that an open connection is kept; a file put in its place is seen this soon.
_KEPT_SECONDS: Final = 60
# Milliseconds that a writer waits for another one, as long as SQLite's below.
_LOCK_WAIT: Final = 20_000
# PostgreSQL cuts a longer name off, and so would open another database.
_LONGEST_NAME: Final = 63
# Whether the way to the server is encrypted, and by which authority it is known.
_ENCRYPTION: Final = ("sslmode", "sslrootcert")
_SSL_MODES: Final = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
# A host that dies leaves its locks to nobody: its connections are closed within half a minute.
_SERVER_OPTIONS: Final = (
    f"-c lock_timeout={_LOCK_WAIT} -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5"
    " -c tcp_keepalives_count=3"
)


def describe_database(folder: Path, address: str) -> dict[str, Any]:
    """Return Django's settings of the database: the one of the address, else the folder's file.

    Raises ImproperlyConfigured for an address that names none, and never repeats its password.
    """
    return describe_server(address) if address else describe_file(folder)


def describe_file(folder: Path) -> dict[str, Any]:
    """Return Django's settings of the SQLite file in a data folder."""
    return {
        "ENGINE": "corpus_app.sqlite",
        "NAME": folder / FILE_NAME,
        # Opening costs as much as a page that is kept.
        "CONN_MAX_AGE": _KEPT_SECONDS,
        "OPTIONS": {
            # IMMEDIATE takes the write lock at once, so two writers wait instead of failing.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        "TEST": {"NAME": folder / "test.sqlite3"},
    }


def describe_server(address: str) -> dict[str, Any]:
    """Return Django's settings of postgresql://user:password@host:port/database.

    Raises ImproperlyConfigured for an address that names none.
    """
    parts, port = _split(address)
    name, user = unquote(parts.path.removeprefix("/")), unquote(parts.username or "")
    if not name or "/" in name or not parts.hostname or not user:
        raise _refuse("要写全用户、主机和库名")
    if "\0" in name + user or len(name.encode()) > _LONGEST_NAME:
        raise _refuse(f"库名不能长于 {_LONGEST_NAME} 个字节，不能有空字符")
    secure = _read_encryption(parts)
    return {
        "ENGINE": "corpus_app.postgresql",
        "NAME": name,
        "USER": user,
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": str(port),
        "CONN_MAX_AGE": _KEPT_SECONDS,
        # The server may have been started anew since the last request.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 2, "options": _SERVER_OPTIONS, **secure},
    }


def _split(address: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(address)
        port = DEFAULT_PORT if parts.port is None else parts.port
    except ValueError:
        raise _refuse("主机或端口不成样子") from None
    if parts.scheme not in SCHEMES:
        raise _refuse("只能以 postgresql:// 开头；不设置则用数据目录里的 SQLite 文件")
    if not port:
        raise _refuse("端口要在 1 到 65535 之间")
    return parts, port


def _read_encryption(parts: SplitResult) -> dict[str, str]:
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.fragment or set(given) - set(_ENCRYPTION):
        raise _refuse("库名后面只能再有 ?sslmode= 和 sslrootcert=；密码里的 ?、# 要写成 %3F、%23")
    if "sslmode" in given and given["sslmode"] not in _SSL_MODES:
        raise _refuse(f"sslmode 只能是 {'、'.join(_SSL_MODES)} 之一")
    return given


def _refuse(reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{VARIABLE} 写得不对：{reason}。写法：postgresql://用户:密码@主机:端口/库名"
    )
