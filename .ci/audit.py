"""Compares what requirements files pin with known advisories.

python .ci/audit.py FILE...    exits 1 where a pin is known to be vulnerable, 2 where none is read

Asks an advisory source by pip-audit. A pin that none can be asked about is compared with
advisories.toml beside this file; the last line says how many went which way, and how old that
file is (docs/decisions/0031-audit.md).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ADVISORIES: Final = Path(__file__).with_name("advisories.toml")
# A source that does not answer is given up for the file.
SECONDS: Final = 300
Pins = dict[str, Version]
# Advisories, each by all its names, by the pin that they concern.
Found = dict[str, list[str]]


def main(files: list[str]) -> int:
    """Print what is known of the files' pins; return the exit code."""
    pins = read_pins([Path(name) for name in files])
    if not pins:
        print("No pinned requirement was read.")
        return 2
    known = tomllib.loads(ADVISORIES.read_text("utf-8"))
    asked, found = ask_source(pins)
    rest = {name: version for name, version in pins.items() if name not in asked}
    found |= look_up(rest, known["packages"])
    accepted = list_accepted(known["accepted"])
    bad = {pin: left for pin, all_ in found.items() if (left := _leave_out(all_, accepted))}
    for pin, advisories in sorted(bad.items()):
        print(f"VULNERABLE {pin}: {', '.join(advisories)}")
    days = (datetime.now(UTC).date() - known["as_of"]).days
    told = [f"{len(asked)} pins asked of the advisory source"] if asked else []
    if rest:
        why = "" if asked else "no advisory source can be asked from here: "
        what = f"{len(rest)} pins compared with {ADVISORIES.name} of {known['as_of']}"
        told.append(f"{why}{what}, {days} days old")
    print(f"Audit: {'; '.join(told)}. Vulnerable: {len(bad)}.")
    return int(bool(bad))


def read_pins(files: list[Path]) -> Pins:
    """Return the version that each package is pinned to; of several the lowest."""
    pins: Pins = {}
    for line in (line for file in files for line in file.read_text("utf-8").splitlines()):
        try:
            wanted = Requirement(line.partition(" #")[0].rstrip(" \\"))
        except InvalidRequirement:
            continue
        exact = [one.version for one in wanted.specifier if one.operator == "=="]
        if exact:
            name = canonicalize_name(wanted.name)
            pins[name] = min(pins.get(name, Version(exact[0])), Version(exact[0]))
    return pins


def ask_source(pins: Pins) -> tuple[set[str], Found]:
    """Return the packages that an advisory source answered for, and what it knows of them.

    One package is asked first: a mirror without advisories knows none, and pip-audit calls what
    it could not ask free of known ones.
    """
    first = next(iter(pins))
    if not _ask({first: pins[first]}):
        return set(), {}
    found: Found = {}
    answers = _ask(pins)
    for one in answers:
        if one["vulns"]:
            found[f"{one['name']} {one['version']}"] = [
                "/".join([each["id"], *each["aliases"]]) for each in one["vulns"]
            ]
    return {canonicalize_name(one["name"]) for one in answers}, found


def _ask(pins: Pins) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "requirements.txt")
        listed.write_text("".join(f"{name}=={pins[name]}\n" for name in pins), "utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(listed), "--no-deps"]
        command += ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=SECONDS
            )
            answers = json.loads(done.stdout)["dependencies"]
        except (subprocess.TimeoutExpired, ValueError):
            return []
    return [one for one in answers if "skip_reason" not in one]


def look_up(pins: Pins, packages: dict[str, dict[str, list[str]]]) -> Found:
    """Return the advisories of the file that concern the pins."""
    found: Found = {}
    for name, version in pins.items():
        for advisory, ranges in packages.get(name, {}).items():
            if any(SpecifierSet(one).contains(version, prereleases=True) for one in ranges):
                found.setdefault(f"{name} {version}", []).append(advisory)
    return found


def list_accepted(accepted: dict[str, list[str]], today: date | None = None) -> set[str]:
    """Return the advisories that are borne for now; one whose day is past counts again."""
    day = today or datetime.now(UTC).date()
    return {name for name, (_why, until) in accepted.items() if date.fromisoformat(until) >= day}


def _leave_out(advisories: list[str], accepted: set[str]) -> list[str]:
    return sorted(one for one in advisories if accepted.isdisjoint(one.split("/")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
