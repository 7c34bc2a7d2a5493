from django.apps import AppConfig


class StructureConfig(AppConfig):
    name = "corpus_app.structure"
