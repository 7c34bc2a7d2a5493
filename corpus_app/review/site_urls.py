"""Addresses of sites and their profiles."""

from django.urls import path

from corpus_app.review.views import sites

urlpatterns = [
    path("sites/", sites.show_sites, name="sites"),
    path("sites/propose/", sites.propose, name="profile_propose"),
    path("sites/export/", sites.export_profiles, name="profiles_export"),
    path("sites/import/", sites.import_profiles, name="profiles_import"),
    path("sites/profiles/<int:profile_id>/", sites.show_profile, name="profile"),
    path("sites/profiles/<int:profile_id>/change/", sites.change_profile, name="profile_change"),
]
