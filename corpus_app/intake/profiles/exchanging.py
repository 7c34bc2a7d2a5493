"""Profiles as data: written out for another installation, taken in as proposals."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, get_args

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.ingest.profiled import FIELDS
from corpus_app.ingest.site import LINE_CHARS, SITE_CHARS, ProfileValue, Relation
from corpus_app.intake.models import SiteProfile
from corpus_app.intake.profiles.learning import write_value
from corpus_app.text.chars import squeeze

FORMAT: Final = "yanku-site-profiles"
MOST_PROFILES: Final = 1_000
MOST_ENTRIES: Final = 200
FARTHEST: Final = 20


class ProfileFormatError(ValueError):
    """Data that is no list of profiles; str() is the words for the page."""


def write_profiles(profiles: Iterable[SiteProfile]) -> str:
    """Return the profiles as JSON text, in the order given."""
    rows = [
        {"site": one.site, "values": one.values, "lines": one.lines, "state": one.state}
        for one in profiles
    ]
    return json.dumps({"format": FORMAT, "profiles": rows}, ensure_ascii=False, indent=2) + "\n"


@transaction.atomic
def take_profiles(data: bytes, user: User | None) -> list[SiteProfile]:
    """Return the profiles in the data, stored as proposals; one that is there already is left out.

    Raises ProfileFormatError, and then none is stored.
    """
    made = []
    for row in _read_rows(data):
        site, values, lines = read_profile_row(row)
        same = SiteProfile.objects.filter(site=site, values=values, lines=lines)
        if not same.exclude(state=SiteProfile.State.RETIRED).exists():
            made.append(
                SiteProfile.objects.create(site=site, values=values, lines=lines, made_by=user)
            )
    return made


def read_profile_row(row: Any) -> tuple[str, list[dict[str, str | int]], list[str]]:
    """Return site, values and lines of one profile; raise ProfileFormatError for anything else."""
    if not isinstance(row, dict) or not isinstance(row.get("site"), str) or not row["site"].strip():
        raise ProfileFormatError(_("有一条版式没有写明网站。"))
    site, values, lines = row["site"].strip(), row.get("values", []), row.get("lines", [])
    lists = isinstance(values, list) and isinstance(lines, list)
    if len(site) > SITE_CHARS or not lists or max(len(values), len(lines)) > MOST_ENTRIES:
        raise ProfileFormatError(_("“%(site)s”的版式过长或格式不对。") % {"site": site[:40]})
    if not all(isinstance(line, str) and 0 < len(squeeze(line)) <= LINE_CHARS for line in lines):
        raise ProfileFormatError(_("“%(site)s”的整行格式不对。") % {"site": site})
    kept = list(dict.fromkeys(map(squeeze, lines)))
    return site, [write_value(read_value(value, site)) for value in values], kept


def read_value(value: Any, site: str) -> ProfileValue:
    """Return one value of a profile; raise ProfileFormatError for anything else."""
    fault = ProfileFormatError(_("“%(site)s”有一项位置格式不对。") % {"site": site})
    if not isinstance(value, dict):
        raise fault
    words, distance = value.get("words"), value.get("distance", 1)
    sound = isinstance(words, str) and 0 < len(squeeze(words)) <= LINE_CHARS
    sound = sound and isinstance(distance, int) and 1 <= distance <= FARTHEST
    if not sound or value.get("name") not in FIELDS:
        raise fault
    if value.get("relation") not in get_args(Relation):
        raise fault
    return ProfileValue(value["name"], value["relation"], squeeze(str(words)), distance)


def _read_rows(data: bytes) -> list[Any]:
    try:
        read = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ProfileFormatError(_("这不是版式文件（JSON）。")) from None
    rows = read.get("profiles") if isinstance(read, dict) else None
    if not isinstance(rows, list) or read.get("format") != FORMAT or len(rows) > MOST_PROFILES:
        raise ProfileFormatError(_("这不是从言库导出的版式文件。"))
    return rows
