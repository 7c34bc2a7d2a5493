"""The address of the laws at hand."""

from django.urls import path

from corpus_app.laws import views

urlpatterns = [path("laws/", views.show_laws, name="laws")]
