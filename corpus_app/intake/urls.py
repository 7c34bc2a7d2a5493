"""Addresses of the admin's desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
