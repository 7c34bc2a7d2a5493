"""Accounts in a real browser: an account is made, its owner comes in, and what admins see."""

from __future__ import annotations

import base64

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in
from tests.thoroughness import spare

CHOSEN = "liu-xi-de-du-kou"
PAGES = {
    "account": "/account/",
    "password": "/account/password/",
    "two-factor": "/account/two-factor/",
    "users": "/users/",
    "user": "/users/2/",
    "user-new": "/users/new/",
    "record": "/activity/",
}


def leave_and_come_back(owner: Page) -> None:
    """Give the right password in a browser that forgot its session, and be asked for more."""
    owner.context.clear_cookies()
    owner.goto("/account/")
    give_password(owner)
    expect(owner.get_by_label("验证码或恢复码")).to_be_visible()


def give_password(owner: Page) -> None:
    owner.get_by_label("用户名").fill("司徒雁")
    owner.get_by_label("密码").fill(CHOSEN)
    owner.get_by_role("button", name="登录").click()


def give_code(owner: Page, code: str) -> None:
    owner.get_by_label("验证码或恢复码").fill(code)
    owner.get_by_role("button", name="登录").click()


def open_account(page: Page, browser: Browser, site: Site, name: str, role: str) -> Page:
    """Make an account by the admin's page; return its owner's browser, the password set."""
    log_in(page, "admin")
    page.goto("/users/new/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("角色").select_option(role)
    page.get_by_role("button", name="开通账号").click()
    link = page.locator(".key-words").inner_text()
    context = browser.new_context(base_url=site.url, java_script_enabled=False, locale="zh-CN")
    owner = context.new_page()
    owner.goto(link)
    owner.get_by_label("新密码", exact=True).fill(CHOSEN)
    owner.get_by_label("再次输入新密码").fill(CHOSEN)
    owner.get_by_role("button", name="设置密码").click()
    expect(owner.get_by_role("status")).to_contain_text("密码已设置，请登录")
    return owner


@pytest.mark.parametrize("name", spare(sorted(PAGES), "account", "two-factor", "user", "record"))
def test_a_page_of_accounts_looks_right(page: Page, name: str) -> None:
    log_in(page, "admin")
    page.goto(PAGES[name])
    expect(page.locator("h1")).to_have_count(1)
    look_at(page, name)


def test_an_account_is_made_and_its_owner_comes_in_without_scripts(
    page: Page, browser: Browser, site: Site
) -> None:
    owner = open_account(page, browser, site, "闻人笛", "编辑")
    look_at(page, "user-link")
    for password, seen in [("wrong", "用户名或密码不正确")] * 5 + [("wrong", "秒之后再试")]:
        owner.get_by_label("用户名").fill("闻人笛")
        owner.get_by_label("密码").fill(password)
        owner.get_by_role("button", name="登录").click()
        expect(owner.get_by_role("alert")).to_contain_text(seen)
    owner.context.close()
    page.goto("/activity/?user=闻人笛")
    expect(page.locator("tbody")).to_contain_text("登录受限")


def test_who_has_two_factors_comes_in_by_password_and_code(
    page: Page, browser: Browser, site: Site
) -> None:
    owner = open_account(page, browser, site, "司徒雁", "读者")
    give_password(owner)
    owner.goto("/account/two-factor/")
    shown = owner.locator("code.key-words").inner_text().replace(" ", "")
    key = base64.b32decode(shown + "=" * (-len(shown) % 8))
    owner.locator("[name=code]").fill(f"{totp(key):06}")
    owner.locator("[name=code]").press("Enter")
    recovery = owner.locator("li code").first.inner_text()
    leave_and_come_back(owner)
    # The right password alone opens nothing.
    owner.goto("/account/")
    expect(owner.get_by_label("密码")).to_be_visible()
    give_password(owner)
    # The present code was used when it was set up; the next one is not.
    give_code(owner, f"{totp(key, drift=1):06}")
    expect(owner.locator("h1")).to_contain_text("我的账号")
    leave_and_come_back(owner)
    give_code(owner, recovery)
    expect(owner.locator("h1")).to_contain_text("我的账号")
    owner.context.close()
