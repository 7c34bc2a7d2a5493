"""Addresses of the editors of themes and slogans."""

from django.urls import path

from corpus_app.registry.views import changes, slogans, themes

urlpatterns = [
    path("registry/themes/", themes.list_themes, name="registry_themes"),
    path("registry/themes/new/", themes.edit_theme, name="registry_theme_new"),
    path("registry/themes/<int:theme_id>/", themes.edit_theme, name="registry_theme"),
    path("registry/slogans/", slogans.list_slogans, name="registry_slogans"),
    path("registry/slogans/new/", slogans.edit_slogan, name="registry_slogan_new"),
    path("registry/slogans/<int:slogan_id>/", slogans.edit_slogan, name="registry_slogan"),
    path("registry/changes/", changes.list_all, name="registry_changes"),
    path("registry/changes/<int:change_id>/", changes.show_change, name="registry_change"),
    path("registry/changes/<int:change_id>/run/", changes.run_change, name="registry_run"),
]
