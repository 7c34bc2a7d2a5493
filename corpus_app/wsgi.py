"""WSGI entry point for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

import search

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
application = get_wsgi_application()

# With preload_app the dictionary is read once, before the workers fork and share it.
search.prepare_search()
# What is here now stays: no collection need look through it. One of all objects held every thread
# of a process for 200 to 500 ms, and an export, which makes many, caused one every second.
gc.collect()
gc.freeze()
