"""Accounts, roles and second factors have pages of their own: Django's administration has none.

Its forms know nothing of links, waits and codes, and would show a second factor's key.
"""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import Group, User
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

admin.site.unregister([User, Group, TOTPDevice, StaticDevice])
# One way in, with its waits and second step.
admin.site.login = login_required(admin.site.login)  # type: ignore[method-assign]
# What is deleted of speeches, themes and slogans is deleted singly, after a look at each.
admin.site.disable_action("delete_selected")
