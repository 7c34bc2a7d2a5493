"""What a browser calls itself, in words that its owner knows it by."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

# The first mark that is met decides: many call themselves Chrome and Safari beside their name.
_BROWSERS: Final = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("360SE", "360"),
    ("QIHU", "360"),
    ("QQBrowser", "QQ"),
    ("SE 2.X", "搜狗"),
    ("UOS", "UOS"),
    ("Firefox", "Firefox"),
    ("OPR", "Opera"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("Trident", "Internet Explorer"),
)
_SYSTEMS: Final = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def name_browser(agent: str) -> str:
    """Return browser and system of a User-Agent: "Chrome（Windows）"; "未知" where it says none."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if not browser:
        return system or _("未知浏览器")
    return f"{browser}（{system}）" if system else browser
