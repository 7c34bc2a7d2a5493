"""Typed readers of environment variables that refuse a wrong value with a clear error."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def _read(name: str, env: Mapping[str, str] | None) -> str | None:
    value = (os.environ if env is None else env).get(name, "").strip()
    return value or None


def read_text(name: str, default: str, env: Mapping[str, str] | None = None) -> str:
    """Return the variable's text, or default where it is unset or blank."""
    return _read(name, env) or default


def read_bool(name: str, default: bool, env: Mapping[str, str] | None = None) -> bool:
    """Return the variable as a truth value; raise ImproperlyConfigured for any other word."""
    value = _read(name, env)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def read_int(
    name: str,
    default: int,
    *,
    low: int,
    high: int,
    env: Mapping[str, str] | None = None,
) -> int:
    """Return the variable as a whole number in low..high; raise ImproperlyConfigured else."""
    value = _read(name, env)
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if not low <= number <= high:
        raise ImproperlyConfigured(f"{name} must be from {low} to {high}, not {number}.")
    return number


def read_choice(
    name: str, default: str, choices: tuple[str, ...], env: Mapping[str, str] | None = None
) -> str:
    """Return the variable if it is one of choices; raise ImproperlyConfigured else."""
    value = _read(name, env) or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def read_list(name: str, default: list[str], env: Mapping[str, str] | None = None) -> list[str]:
    """Return the variable split at commas, blanks dropped."""
    value = _read(name, env)
    if value is None:
        return default
    return [item.strip() for item in value.split(",") if item.strip()]


def read_path(name: str, default: Path, env: Mapping[str, str] | None = None) -> Path:
    """Return the variable as an absolute path; raise ImproperlyConfigured if it is no folder.

    So is one that another account has closed: as a rule, that of who restored it.
    """
    value = _read(name, env)
    path = (Path(value) if value else default).expanduser().resolve()
    try:
        is_file = path.is_file()
    except PermissionError:
        raise ImproperlyConfigured(
            f"{name}: {path} is closed to this account. Run the program as the account that the "
            "folder belongs to, or give it that folder (chown -R)."
        ) from None
    if is_file:
        raise ImproperlyConfigured(f"{name} must name a folder, but {path} is a file.")
    return path


def read_rate(name: str, default: str, env: Mapping[str, str] | None = None) -> tuple[int, int]:
    """Return a rate such as "120/m" as a number and its span in seconds (s, m, h or d)."""
    value = _read(name, env) or default
    found = re.fullmatch(r"([1-9]\d{0,8})/([smhd])", value)
    if not found:
        raise ImproperlyConfigured(f"{name} must be a rate such as 120/m, not {value!r}.")
    return int(found[1]), _SECONDS[found[2]]


def read_networks(
    name: str, default: list[str], env: Mapping[str, str] | None = None
) -> tuple[Network, ...]:
    """Return addresses and networks (192.0.2.1, 10.0.0.0/8), separated by commas, as networks."""
    listed = read_list(name, default, env)
    try:
        return tuple(ipaddress.ip_network(entry) for entry in listed)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must name addresses or networks: {error}.") from None
