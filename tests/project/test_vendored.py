"""What others made and the site serves: it is what they made."""

from __future__ import annotations

import hashlib
import re

from tests.places import ROOT

# By path below static/vendor: the file as its package has it.
HASHES = {
    "tus-js-client/tus.min.js": "8cbb1b63fccc3bba0ae73ad1deb160ce046c3750851d0c3e94921ae3ef070eb8",
}


def test_each_file_is_the_packages_and_has_its_licence_beside_it() -> None:
    vendor = ROOT / "static" / "vendor"
    found = {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*.js")
    }
    assert found == HASHES
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for name in found:
        assert f"static/vendor/{name}" in notice
        assert "MIT" in (vendor / name).with_name("LICENSE").read_text("utf-8")
        # The pages' policy allows no words that become a program.
        assert not re.search(r"\beval\(|\bnew Function\(", (vendor / name).read_text("utf-8"))
