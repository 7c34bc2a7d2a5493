from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "corpus_app.research"
