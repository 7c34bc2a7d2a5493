"""WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

import search
from corpus_app.access.encodings import ReadableRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
application = get_wsgi_application()
application.request_class = ReadableRequest

# With preload_app the dictionary is read once, before the workers fork and share it.
search.prepare_search()
