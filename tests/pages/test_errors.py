"""Errors are told in Chinese, with a way on."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path

from corpus_app.urls import urlpatterns as real_patterns

pytestmark = pytest.mark.django_db


def fail(request: object) -> None:
    raise RuntimeError("on purpose")


urlpatterns = [*real_patterns, path("fail/", fail)]


def test_a_missing_page_offers_a_search_box(client: Client) -> None:
    response = client.get("/nothing-here/")
    assert response.status_code == 404
    words = response.content.decode()
    assert "没有这个页面" in words
    assert 'name="q"' in words


def test_a_forbidden_page_says_whose_permission_is_lacking(
    client: Client, django_user_model, speech
) -> None:
    client.force_login(django_user_model.objects.create_user("yuehua"))
    response = client.get(f"/speeches/{speech.pk}/original/")
    assert response.status_code == 403
    assert "yuehua" in response.content.decode()


@pytest.mark.urls("tests.pages.test_errors")
def test_a_fault_of_the_site_is_told_without_details(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/fail/")
    assert response.status_code == 500
    words = response.content.decode()
    assert "系统出错" in words
    assert "on purpose" not in words


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_errors_without_a_request_can_be_drawn(name: str) -> None:
    assert "<h1>" in render_to_string(name)


def test_a_form_without_its_token_is_explained(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "表单已过期" in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/speeches/", "/themes/", "/slogans/", "/search/"])
def test_a_reading_page_takes_no_post(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
