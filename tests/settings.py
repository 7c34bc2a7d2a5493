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


def _remove_folder() -> None:
    # A forked child must not sweep away the folder its parent still works in.
    if os.getpid() == _OWNER:
        shutil.rmtree(_FOLDER, ignore_errors=True)


atexit.register(_remove_folder)

from corpus_app.settings import *  # noqa: E402, F403

# Tests ask faster than any program does; those of the rates set their own.
API_RATE = API_ANONYMOUS_RATE = (1_000_000, 60)
PAGE_RATE = EXPORT_RATE = (1_000_000, 60)
# A test client lets go of a file only when it has read it.
EXPORTS_AT_ONCE = PAGES_AT_ONCE = 1000
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A test is one host, on whatever database; those of several say so.
SHARED_DATABASE = False
