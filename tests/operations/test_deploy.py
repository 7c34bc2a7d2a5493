"""The files of a deployment hold together, and the check names what is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.contrib.auth.models import User

import search
from corpus_app.database_url import describe_server
from corpus_app.engine_settings import read_engine
from corpus_app.operations.deploy_check import find_gaps
from tests.batches.processes import make_environment
from tests.places import ROOT

DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs/deploy.md").read_text("utf-8")


def read_environment() -> dict[str, str]:
    lines = (DEPLOY / "yanku.env.example").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and line[0] != "#")


def test_every_file_is_in_the_guide_and_every_setting_is_one() -> None:
    for path in DEPLOY.iterdir():
        assert f"deploy/{path.name}" in GUIDE, path.name
    known = set(re.findall(r"`(CORPUS_[A-Z_]+)`", (ROOT / "docs/development.md").read_text()))
    files = [path for path in DEPLOY.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    for path in (*files, ROOT / "docs/deploy.md"):
        used = set(re.findall(r"\bCORPUS_[A-Z_]+\b", path.read_text("utf-8")))
        assert used <= known, path.name


@pytest.mark.parametrize("name", ["compose.yaml", "compose.cluster.yaml"])
def test_the_parts_of_a_composition_know_one_another(name: str) -> None:
    told = yaml.safe_load((DEPLOY / name).read_text("utf-8"))
    services, subnet = told["services"], told["networks"]["inner"]["ipam"]["config"][0]["subnet"]
    known = set(services)
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        inner = service["networks"]
        if isinstance(inner, dict):
            known |= set(inner["inner"]["aliases"])
            assert ip_address(inner["inner"]["ipv4_address"]) in ip_network(subnet)
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in told["volumes"] or source.startswith("./")
        assert service.get("environment", {}).get("CORPUS_PROXIES", subnet) == subnet
    upstream = re.search(r"server (\S+):8000;", (DEPLOY / "nginx.compose.conf").read_text("utf-8"))
    assert upstream
    assert upstream[1] in known


def test_the_hosts_of_the_cluster_have_settings_that_start_and_share_what_they_must() -> None:
    pytest.importorskip("pysolr", reason="the extra of `make solr` is not here")
    services = yaml.safe_load((DEPLOY / "compose.cluster.yaml").read_text("utf-8"))["services"]
    a, b = services["yanku-a"], services["yanku-b"]
    settings = a["environment"]
    assert b["environment"] == settings | {"CORPUS_BACKUP_HOURS": "0"}
    engine = read_engine(Path("index"), settings)
    assert [urlsplit(node).hostname for node in engine["NODES"]] == ["solr-1", "solr-2"]
    address = re.sub(r"\$\{DATABASE_PASSWORD:.*?\}", "a%23b", settings["CORPUS_DATABASE_URL"])
    assert describe_server(address)["HOST"] in services
    places = [dict(v.split(":")[1::-1] for v in host["volumes"]) for host in (a, b)]
    files, data = settings["CORPUS_FILES_DIR"], settings["CORPUS_DATA_DIR"]
    assert places[0][files] == places[1][files]
    assert places[0][data] != places[1][data]
    assert {files, data} <= set((DEPLOY / "Dockerfile").read_text("utf-8").split())


def test_server_proxy_and_paths_agree() -> None:
    environment = read_environment()
    nginx, unit = ((DEPLOY / n).read_text("utf-8") for n in ("nginx.conf", "yanku.service"))
    assert f"server {environment['CORPUS_BIND']};" in nginx
    assert environment["CORPUS_ALLOWED_HOSTS"] in nginx
    assert environment["CORPUS_DATA_DIR"] == "/var/lib/yanku"
    assert "StateDirectory=yanku\n" in unit
    assert environment["CORPUS_BACKUP_DIR"] in unit
    assert nginx.count("{") == nginx.count("}")
    inner = (DEPLOY / "nginx.compose.conf").read_text("utf-8")
    assert inner.splitlines()[3:] == nginx.splitlines()[3:]
    limit = re.search(r"client_max_body_size (\d+)m;", nginx)
    documented = (ROOT / "docs/development.md").read_text("utf-8")
    assert limit
    assert f"| `CORPUS_BODY_MB` | {limit[1]} |" in documented


def test_the_proxy_s_file_is_what_debian_s_nginx_takes(tmp_path: Path) -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    # A directive of its own only since 1.25; Debian 12 has 1.22.
    assert "http2 on" not in text
    nginx, openssl = shutil.which("nginx", path="/usr/sbin:/usr/bin"), shutil.which("openssl")
    if nginx is None or openssl is None:
        pytest.skip("no nginx here")
    key, chain = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    request = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=yanku"]
    subprocess.run([*request, "-keyout", key, "-out", chain], check=True, capture_output=True)
    site, main = tmp_path / "site.conf", tmp_path / "nginx.conf"
    site.write_text(text.replace("/etc/ssl/yanku", str(tmp_path)), "utf-8")
    main.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; include {site}; }}\n"
    )
    command = [nginx, "-t", "-q", "-c", str(main)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_units_are_what_systemd_takes(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd here")
    for name in ("yanku.service", "yanku-worker.service"):
        text = (DEPLOY / name).read_text("utf-8")
        # It looks for the programs; here they lie elsewhere.
        text = re.sub(r"/opt/yanku/\.venv/bin/\w+", sys.executable, text)
        (tmp_path / name).write_text(text, "utf-8")
    units = [str(path) for path in tmp_path.iterdir()]
    done = subprocess.run(
        [analyze, "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    told = [line for line in done.stderr.splitlines() if str(tmp_path) in line]
    assert told == []


def test_the_example_starts_once_the_key_is_filled_in(tmp_path: Path) -> None:
    own = {"CORPUS_BACKUP_DIR": str(tmp_path / "backups"), "CORPUS_SECRET_KEY": ""}
    environment = make_environment(tmp_path / "data", **(read_environment() | own))
    environment["CORPUS_DATA_DIR"] = str(tmp_path / "data")
    command = [sys.executable, "-m", "corpus_app.operations.deploy_check"]

    def check(key: str) -> str:
        given = environment | {"CORPUS_SECRET_KEY": key}
        done = subprocess.run(
            command, cwd=ROOT, env=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    assert "CORPUS_SECRET_KEY" in check("")
    said = check("nVZ3k1bqT7yRZ0pM4wXcL9sJ2hGfD8eQaU6iBvNoKtPxYrWmC5")
    assert "CORPUS_SECRET_KEY" not in said
    assert "bootstrap" in said


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_check_passes_once_nothing_is_missing(
    settings,  # type: ignore[no-untyped-def]
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from corpus_app.operations import deploy_check

    search.rebuild_index()
    tmp_path.chmod(0o755)
    settings.DATA_DIR = settings.BACKUP_DIR = tmp_path
    found = "\n".join(find_gaps())
    for words in ("CORPUS_MODE", "CORPUS_HTTPS", "chmod 700", "同一块磁盘", "createsuperuser"):
        assert words in found, words
    tmp_path.chmod(0o700)
    settings.DEMO, settings.HTTPS = False, True
    settings.CSRF_TRUSTED_ORIGINS = ["https://yanku.example.cn"]
    settings.BACKUP_HOURS = settings.CHECK_HOURS = 24
    settings.BACKUP_DIR = Path("/dev/shm")
    monkeypatch.setattr(deploy_check, "LEAST_FREE", 0)
    user = User.objects.create_superuser("leitung", password="yanku-demo")
    assert list(find_gaps()) == ["管理员 leitung 用的是演示密码。"]
    user.set_password("ein-langes-wort")
    user.save()
    assert list(find_gaps()) == []
    assert os.access("/dev/shm", os.W_OK)
