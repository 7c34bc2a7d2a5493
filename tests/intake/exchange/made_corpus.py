"""A corpus with a row of every kind that an export carries, and the house it is taken back into."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction

import search
from corpus_app.access.models import UserGroup
from corpus_app.batches.claiming import claim_next
from corpus_app.batches.models import Batch, Rereading
from corpus_app.batches.processing import process_file
from corpus_app.batches.services import add_file, close_batch, make_batch
from corpus_app.catalog.limits import GROUPS, AccessLimit
from corpus_app.catalog.models import (
    Kinship,
    Marker,
    Organisation,
    Source,
    Speaker,
    Speech,
    SpeechAlias,
    Upload,
)
from corpus_app.catalog.uploads import keep_upload
from corpus_app.desk.models import Basket
from corpus_app.desk.passages import AskedPassage, find_passage
from corpus_app.desk.services import add_heading, add_passage, create_basket, write_note
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.models import (
    Doubt,
    HeadDispute,
    RemovalRule,
    SitePage,
    SiteProfile,
    SplitPart,
)
from corpus_app.intake.removal.ruling import apply_portion, approve_rule
from corpus_app.intake.revisions.editing import correct, publish, refuse_mention, save_pin, withdraw
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.slogans.models import Slogan, SloganVariant
from corpus_app.slogans.registry import load_slogans
from corpus_app.themes.models import Theme, ThemePin
from corpus_app.themes.registry import load_themes
from tests.catalog.speeches import TRAINING, store
from tests.intake.long_speeches import store_outlined
from tests.intake.scraped import current, store_scraped, take
from tests.places import ROOT

SAMPLES = sorted((ROOT / "fixtures/speeches").iterdir())[:1]


def write_theme(slug: str, name: str, words: str, **more: Any) -> dict[str, Any]:
    """Return a theme as the registry file has it."""
    blank = {"parent": None, "order": 1, "description": "", "related": [], "exclude": []}
    return {"slug": slug, "name": name, "terms": [{"text": words, "weight": 2.0}], **blank, **more}


def write_slogan(text: str, **more: Any) -> dict[str, Any]:
    """Return a slogan as the registry file has it."""
    blank = {"kind": "quoted", "members": [], "standard": "", "source": None, "sourced": False}
    return {"text": text, "variants": [], "note": "", **blank, **more}


THEMES = [
    write_theme("station", "代表家站", "家站"),
    write_theme("study", "学习培训", "学习", parent="station", related=["station"]),
    write_theme("gone", "不用的主题", "不用"),
]
SLOGANS = [
    write_slogan("最大公约数"),
    write_slogan("家站建设", variants=["家站阵地"]),
    *map(write_slogan, ("一府一委两院", "删去的提法")),
]


def load_shipped() -> None:
    """Load what every new house begins with."""
    load_themes(THEMES)
    load_slogans(SLOGANS)


def make_corpus() -> None:
    """Speeches on which people decided of every kind, and all that they made beside them."""
    load_shipped()
    person = User.objects.create_user("redaktion", "r@example.cn", "geheim-und-lang")
    person.groups.add(Group.objects.create(name="专题组"))
    person.user_permissions.add(Permission.objects.get(codename="view_speech"))
    edit_registries()
    theme = Theme.objects.get(slug="station")
    store_outlined()
    store_scraped()
    twin = TRAINING.replace("学习", "培训", 1)
    pair = [store(text, f"{n}.txt") for n, text in enumerate((TRAINING, twin))]
    Kinship.objects.filter(speech=pair[0]).update(decision="both", decided_by=person)
    for path in SAMPLES:
        import_bytes(path.read_bytes(), path.name, user=person)
    # Samples are set aside where there is another speech.
    Speech.objects.update(is_sample=False)
    decided, other = Speech.objects.order_by("-pk")[:2]
    named = {"speaker": "顾闻川", "organisation": "云门县人大", "source": "云门人大网"}
    correct(decided, {**named, "delivered": "2024-05"}, {theme.pk: "pin"})
    save_pin(ThemePin(theme=theme, speech=decided, section_key="1", decision="exclude"))
    revision = current(decided)
    words = revision.text.split("\n")[1][:6]
    revise_text(decided, revision.number, [], [take(revision.raw, words)])
    mention = current(decided).mentions.first()
    if mention is not None:
        refuse_mention(current(decided), mention.start, mention.end, person)
    withdraw(other)
    publish(decided)
    group = UserGroup.objects.create(name="法工委")
    group.members.add(person)
    decided.refresh_from_db()
    decided.limit = AccessLimit.make(GROUPS, [group.pk])
    decided.licence = "经授权转载，不得再行转载"
    decided.save()
    SpeechAlias.objects.create(old_id=999, speech=decided)
    Upload.objects.filter(revisions__speech=other).update(received_at="2020-01-01T00:00:00Z")
    Doubt.objects.filter(speech=decided).update(looked_by=person, looked_at="2024-01-01T00:00:00Z")
    add_house(person, decided)


def edit_registries() -> None:
    """Change, add, delete and take out what the registries brought."""
    theme = Theme.objects.get(slug="station")
    theme.description = "编辑所写的说明。"
    theme.save()
    theme.terms.create(text="驿站", weight=1.5)
    theme.terms.filter(text="家站").delete()
    Theme.objects.filter(slug="gone").delete()
    merged = {"retired": True, "merged_into": theme, "former_names": ["旧名"]}
    Theme.objects.filter(slug="study").update(**merged)
    Theme.objects.create(slug="own", name="自建主题", parent=theme)
    Slogan.objects.filter(text="最大公约数").update(note="编辑所记", standard="")
    Slogan.objects.filter(text="一府一委两院").update(registered=False)
    Slogan.objects.filter(text="删去的提法").delete()
    new = Slogan.objects.create(text="新的提法", kind="quoted")
    Slogan.objects.create(text="旧的提法", kind="quoted", retired=True, superseded_by=new)
    SloganVariant.objects.create(slogan=Slogan.objects.get(text="家站建设"), text="家站平台")


def add_house(person: User, speech: Speech) -> None:
    """Rules, profiles, batches, readings and a basket, as pages make them."""
    revision = current(speech)
    rule = RemovalRule.objects.create(text=revision.text[:9], kind="advert", made_by=person)
    approve_rule(rule, person)
    apply_portion(rule, person)
    RemovalRule.objects.create(text="没有批准", example=speech, made_by=person)
    batch = make_batch("旧稿", user=person)
    Batch.objects.filter(pk=batch.pk).update(limit=speech.limit.to_words())
    add_file(batch, "夹/短.txt", b"")
    add_file(batch, "夹/讲话.txt", SAMPLES[0].read_bytes())
    close_batch(batch)
    while (file := claim_next("tests")) is not None:
        process_file(file)
    add_file(make_batch("还在接收"), "晚到.txt", "各位代表：".encode())
    page = SitePage.objects.create(sha256="ab" * 32, site=f"#batch:{batch.pk}/夹", lines=["甲"])
    values = [{"name": "speaker", "relation": "label", "words": "讲话人", "distance": 0}]
    profile = SiteProfile.objects.create(site=page.site, values=values, example=speech)
    profile.applications.create(speech=speech, base=revision, outcome="applied", made_by=person)
    part = SplitPart(whole=speech, revision=revision, start=3, end=9, whole_status="draft")
    part.upload = Upload.objects.exclude(revisions__speech=speech).exclude(revisions=None)[0]
    part.save()
    HeadDispute.objects.create(speech=speech, fields={"speaker": ["甲", "乙"]})
    keep_upload(b"file,title\n", "元数据.csv", file_format="table")
    rereading = Rereading.objects.create(kind="all", name="", state="done", created_by=person)
    rereading.items.create(speech=speech, state="changed")
    basket = create_basket(person, "备用材料")
    write_note(add_passage(basket, find_passage(AskedPassage(speech.pk, "1"), person)), "可引用")
    add_heading(basket, "一、总的要求", 1)


def empty_house(folder: Path) -> None:
    """Leave what a new house has: the registries as they are shipped."""
    with transaction.atomic():
        Theme.every.update(parent=None)
        made = (UserGroup, Basket, Batch, Rereading, RemovalRule, SiteProfile, SitePage)
        for table in (*made, Speech, Upload, Slogan, Speaker, Organisation, Source):
            table.objects.all().delete()
        Theme.every.all().delete()
        Speech.history.all().delete()
        ThemePin.history.all().delete()
        Marker.objects.filter(name__startswith="registry:").delete()
        User.objects.all().delete()
        Group.objects.filter(name="专题组").delete()
    shutil.rmtree(folder)
    load_shipped()
    search.rebuild_index()
