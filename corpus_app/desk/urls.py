"""Addresses of the clerk's desk and of short links."""

from django.urls import path

from corpus_app.desk.views import baskets, cite, entries, exports, permalinks

urlpatterns = [
    path("p/<str:code>/", permalinks.follow_permalink, name="permalink"),
    path("desk/", baskets.show_baskets, name="basket_list"),
    path("desk/cite/", cite.show_citation, name="cite"),
    path("desk/gather/", entries.gather_passage, name="gather"),
    path("desk/gather/outline/", entries.gather_outline, name="gather_outline"),
    path("desk/baskets/new/", baskets.make_basket, name="basket_new"),
    path("desk/baskets/<int:basket_id>/", baskets.show_basket, name="basket"),
    path("desk/baskets/<int:basket_id>/change/", baskets.change_basket, name="basket_change"),
    path("desk/baskets/<int:basket_id>/print/", exports.print_basket, name="basket_print"),
    path(
        "desk/baskets/<int:basket_id>/export/<str:form>/",
        exports.export_basket,
        name="basket_export",
    ),
    path("desk/entries/<int:entry_id>/change/", entries.change_entry, name="entry_change"),
    path("desk/shared/<str:token>/", baskets.show_shared, name="basket_shared"),
    path(
        "desk/shared/<str:token>/export/<str:form>/",
        exports.export_shared,
        name="basket_shared_export",
    ),
]
