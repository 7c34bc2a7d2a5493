from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "corpus_app.pages"
