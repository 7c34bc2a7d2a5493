"""manage.py bootstrap."""

import gzip
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

import search
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.services import withdraw_speech
from corpus_app.intake.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from corpus_app.slogans.models import Slogan
from corpus_app.themes.models import SectionTheme, Theme
from tests.places import ROOT

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SAMPLES = len(list((ROOT / "fixtures" / "speeches").glob("*.txt")))


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("bootstrap", *arguments, stdout=out)
    return out.getvalue()


def list_packed(folder: Path) -> list[Path]:
    return list(folder.rglob("*.gz"))


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.STATIC_ROOT = tmp_path / "static"


def test_the_first_run_makes_everything_and_the_second_loses_nothing(settings) -> None:  # type: ignore[no-untyped-def]
    said = run()
    assert "首次启动" in said
    assert Speech.objects.published().filter(is_sample=True).count() == SAMPLES >= 24
    assert Theme.objects.count() >= 18
    assert Slogan.objects.filter(registered=True).count() >= 150
    assert SectionTheme.objects.exists()
    assert search.read_index_state().is_fresh
    assert search.read_index_state().speeches == SAMPLES
    assert (settings.STATIC_ROOT / "css").is_dir()
    for name, _role, _staff in DEMO_ACCOUNTS:
        assert Client().login(username=name, password=DEMO_PASSWORD)

    speech = Speech.objects.published()[0]
    withdraw_speech(speech)
    User.objects.get(username="editor").delete()
    Theme.objects.filter(children=None, pins=None).last().delete()  # type: ignore[union-attr]
    shutil.rmtree(settings.INDEX_DIR)
    counts = [model.objects.count() for model in (Speech, Revision, Theme, Slogan)]
    said = run()
    assert "首次启动" not in said
    assert [model.objects.count() for model in (Speech, Revision, Theme, Slogan)] == counts
    speech.refresh_from_db()
    assert speech.status == "withdrawn"
    assert search.read_index_state().is_fresh
    assert search.read_index_state().speeches == SAMPLES - 1
    assert search.check_index() == []


def test_production_has_no_samples_and_locks_known_passwords(settings) -> None:  # type: ignore[no-untyped-def]
    run("--no-samples")
    assert not Speech.objects.exists()
    assert search.read_index_state().is_fresh
    # The demo serves its own machine, which gains nothing by files that are packed too.
    assert list_packed(settings.STATIC_ROOT) == []
    own = User.objects.get(username="editor")
    own.set_password("a password of my own")
    own.save()
    settings.DEMO = False
    said = run()
    assert "已停用演示账号" in said
    assert not Client().login(username="admin", password=DEMO_PASSWORD)
    assert Client().login(username="editor", password="a password of my own")
    assert not Speech.objects.exists()
    packed = list_packed(settings.STATIC_ROOT)
    assert [path for path in packed if path.match("css/*.css.gz")]
    for path in packed:
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()
    settings.DEMO = True
    run("--no-samples")
    assert list_packed(settings.STATIC_ROOT) == []
