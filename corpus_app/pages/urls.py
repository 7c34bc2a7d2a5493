"""Addresses of the reader's pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
