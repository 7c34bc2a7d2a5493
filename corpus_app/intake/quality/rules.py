"""The weights and patterns of the quality flags, read from a data file."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus_app.ingest.rule_files import RULES

FILE = Path(__file__).with_name("rules.toml")
# What is improbable is judged by the reader's own rules.
PLAUSIBILITY = RULES / "plausibility.toml"


@dataclass(frozen=True)
class QualityRules:
    """rules.toml, made ready for use; digest tells one state of the rules from another."""

    threshold: int
    weights: dict[str, int]
    notices: dict[str, int]
    # Codes of the reasons with which nothing is published by itself.
    holding: frozenset[str]
    # Codes of the reasons that something is stated falsely though the reader was sure of it.
    misread: frozenset[str]
    limits: dict[str, float]
    edge: tuple[re.Pattern[str], ...]
    anywhere: re.Pattern[str]
    noise: dict[str, Any]
    repeatable: re.Pattern[str]
    mojibake: re.Pattern[str]
    placeholders: re.Pattern[str]
    digest: str


@cache
def load_rules() -> QualityRules:
    """Return the rules, read once."""
    data = FILE.read_bytes()
    raw = tomllib.loads(data.decode("utf-8"))
    noise, encoding = raw["noise"], raw["encoding"]
    return QualityRules(
        threshold=int(raw["threshold"]),
        weights=raw["weights"],
        notices=raw["notices"],
        holding=frozenset(raw["holding"]["reasons"]),
        misread=frozenset(raw["misread"]["reasons"]),
        limits=raw["limits"],
        edge=tuple(re.compile(pattern) for pattern in noise["edge"]),
        anywhere=re.compile("|".join(noise["anywhere"])),
        noise=noise,
        repeatable=re.compile(noise["repeated_except"]),
        mojibake=re.compile("|".join([*encoding["mojibake"], encoding["signs"]])),
        placeholders=re.compile(raw["placeholders"]["pattern"]),
        digest=hashlib.sha256(data + PLAUSIBILITY.read_bytes()).hexdigest()[:16],
    )
