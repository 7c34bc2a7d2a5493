"""What the staff's desk remembers: of texts, of speeches to look at, of rules, of the index."""

from __future__ import annotations

from corpus_app.intake.models.quality import Doubt, DoubtReason
from corpus_app.intake.models.removal import RemovalRule, RuleApplication
from corpus_app.intake.models.sites import HeadDispute, ProfileApplication, SitePage, SiteProfile
from corpus_app.intake.models.splitting import SplitPart
from corpus_app.intake.models.text_reuse import (
    Joining,
    MinhashBand,
    SampledShingle,
    TextSignature,
)

__all__ = [
    "Doubt",
    "DoubtReason",
    "HeadDispute",
    "Joining",
    "MinhashBand",
    "ProfileApplication",
    "RemovalRule",
    "RuleApplication",
    "SampledShingle",
    "SitePage",
    "SiteProfile",
    "SplitPart",
    "TextSignature",
]
