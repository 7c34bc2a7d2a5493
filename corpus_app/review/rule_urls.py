"""Addresses of the rules by which words are always removed."""

from django.urls import path

from corpus_app.review.views import rules

urlpatterns = [
    path("rules/", rules.list_rules, name="rules"),
    path("rules/new/", rules.propose_rule, name="rule_new"),
    path("rules/<int:rule_id>/", rules.show_rule, name="rule"),
    path("rules/<int:rule_id>/change/", rules.change_rule, name="rule_change"),
]
