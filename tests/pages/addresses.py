"""What the addresses of pages name: one thing of each kind, stored."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import User

from corpus_app.access.models import UserGroup
from corpus_app.batches.models import Batch, Rereading
from corpus_app.catalog.models import Speech
from corpus_app.desk.models import Basket
from corpus_app.desk.shortcodes import encode_place
from corpus_app.intake.models import RemovalRule, SiteProfile
from corpus_app.proofreading.models import SavedDraft
from corpus_app.registry.models import RegistryChange
from corpus_app.review.models import BulkChange
from corpus_app.slogans.models import Slogan
from corpus_app.subcorpora.models import Subcorpus
from corpus_app.themes.models import Theme
from tests.catalog.speeches import TRAINING, store

# No upload has it.
NOBODYS = UUID("00000000-0000-4000-8000-000000000000")


def list_reading(speech: Speech) -> dict[str, list[object]]:
    """Return the arguments of the readers' pages."""
    theme = Theme.objects.create(slug="station", name="代表家站")
    slogan = Slogan.objects.first() or Slogan.objects.create(text="四个机关", kind="counted")
    assert speech.current
    return {
        "permalink": [encode_place(speech.current.pk, 0, 9)],
        "speech": [speech.pk],
        "section": [speech.pk, "1"],
        "speech_original": [speech.pk],
        "sitemap_part": ["speeches"],
        "theme_feed": [theme.slug],
        "slogan_feed": [slogan.pk],
        "speech_format": [speech.pk, "text"],
        "speech_reuse": [speech.pk],
        "speech_reuse_export": [speech.pk],
        "speech_reuse_pair": [speech.pk, speech.pk],
        "speech_compare": [speech.pk],
        "speech_comparison": [speech.pk, speech.pk],
        "speech_comparison_export": [speech.pk, speech.pk],
        "theme": [theme.slug],
        "slogan": [slogan.pk],
        "skeleton_text": [speech.pk],
    }


def list_desk(speech: Speech) -> dict[str, list[object]]:
    """Return the arguments of the clerks' pages: somebody's basket and draft."""
    owner = User.objects.create_user("owner")
    part = Subcorpus.objects.create(owner=owner, name="备用", asked="q=%E4%BB%A3%E8%A1%A8")
    draft = SavedDraft.objects.create(owner=owner, name="备用", text="备用的稿件")
    basket = Basket.objects.create(owner=owner, name="备用", token="shared-token")
    return {
        "subcorpus": [part.token],
        "subcorpus_change": [part.token],
        "basket": [basket.pk],
        "basket_print": [basket.pk],
        "basket_export": [basket.pk, "docx"],
        "basket_shared": [basket.token],
        "basket_shared_export": [basket.token, "docx"],
        "basket_change": [basket.pk],
        "entry_change": [1],
        "saved_draft": [draft.pk],
        "saved_draft_delete": [draft.pk],
    }


def list_accounts() -> dict[str, list[object]]:
    """Return the arguments of the pages of accounts: somebody's, and a link that is void."""
    somebody = User.objects.create_user("somebody")
    group = UserGroup.objects.create(name="财经组")
    return {
        "user": [somebody.pk],
        "user_change": [somebody.pk],
        "group": [group.pk],
        "group_change": [group.pk],
        "set_password": ["MQ", "made-up-token"],
    }


def list_registry() -> dict[str, list[object]]:
    """Return the arguments of the editors' pages of themes and slogans."""
    change = RegistryChange.objects.create(asked={"act": "theme"}, title="调研")
    return {
        **{name: [change.pk] for name in ("registry_change", "registry_run")},
        "registry_theme": [Theme.objects.create(slug="asked", name="调研").pk],
        "registry_slogan": [Slogan.objects.create(text="四个调研", kind="counted").pk],
    }


def list_intake(speech: Speech) -> dict[str, list[object]]:
    """Return the arguments of the editors' pages."""
    batch = Batch.objects.create(name="人大讲话")
    other = store(TRAINING, "other.txt")
    change = BulkChange.objects.create()
    rule = RemovalRule.objects.create(text="某站提醒您")
    profile = SiteProfile.objects.create(site="文库网")
    rereading = Rereading.objects.create(kind="drafts")
    reviews = [
        "head",
        "access",
        "text",
        "difference",
        "outline",
        "history",
        "restore",
        "mention",
        "split",
        "theme",
    ]
    return {
        **{
            name: [batch.pk]
            for name in ("batch", "batch_change", "batch_files", "batch_progress", "batch_table")
        },
        **{name: [NOBODYS] for name in ("piece_upload", "piece_upload_forget")},
        "theme_similar": [speech.pk],
        **{f"review_{name}": [speech.pk] for name in reviews},
        **{name: [speech.pk, other.pk] for name in ("compare", "fill_gaps")},
        **{name: [change.pk] for name in ("bulk_change", "bulk_run")},
        **{name: [rule.pk] for name in ("rule", "rule_change")},
        **list_registry(),
        **{name: [profile.pk] for name in ("profile", "profile_change")},
        **{name: [rereading.pk] for name in ("rereading", "rereading_stop")},
        "review": [speech.pk],
        "review_file": [speech.pk, 1],
        "part_speeches": [1],
    }
