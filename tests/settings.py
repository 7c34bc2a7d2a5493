"""Settings for tests: every process works in a data folder of its own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = tempfile.mkdtemp(prefix="yanku-test-")
_OWNER = os.getpid()
# WhiteNoise warns where nothing was collected.
Path(_FOLDER, "static").mkdir()
os.environ["CORPUS_DATA_DIR"] = _FOLDER
os.environ["CORPUS_MODE"] = "demo"
# Under another name for the processes that share the tests among them.
SERVER_URL = os.environ.get("CORPUS_DATABASE_URL") or os.environ.get("TESTS_DATABASE_URL", "")
os.environ["CORPUS_DATABASE_URL"] = os.environ["TESTS_DATABASE_URL"] = SERVER_URL


def _remove_folder() -> None:
    # A forked child must not sweep away the folder its parent still works in.
    if os.getpid() == _OWNER:
        shutil.rmtree(_FOLDER, ignore_errors=True)


atexit.register(_remove_folder)

from corpus_app.settings import *  # noqa: E402, F403

# What a test starts works on a folder of its own, and on the file in it: two tests never share a
# server's database.
os.environ.pop("CORPUS_DATABASE_URL", None)

# Tests ask faster than any program does; those of the rates set their own.
API_RATE = API_ANONYMOUS_RATE = (1_000_000, 60)
PAGE_RATE = EXPORT_RATE = (1_000_000, 60)
# A test client lets go of a file only when it has read it.
EXPORTS_AT_ONCE = PAGES_AT_ONCE = 1000
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A test is one host, on whatever database; those of several say so.
SHARED_DATABASE = False
