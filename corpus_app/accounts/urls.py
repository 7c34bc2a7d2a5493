"""Addresses of accounts; the names of the first two are Django's."""

from django.urls import path

from corpus_app.accounts.views import groups, own, record, signing_in, users

urlpatterns = [
    path("login/", signing_in.LoginPageView.as_view(), name="login"),
    path("logout/", signing_in.LogoutPageView.as_view(), name="logout"),
    path("login/code/", signing_in.ask_code, name="sign_in_code"),
    path(
        "account/set-password/<uidb64>/<token>/",
        signing_in.SetPasswordView.as_view(),
        name="set_password",
    ),
    path("account/", own.show_account, name="account"),
    path("account/password/", own.change_password, name="password"),
    path("account/sessions/end/", own.end_session, name="session_end"),
    path("account/two-factor/", own.set_up_second_factor, name="two_factor"),
    path("users/", users.show_users, name="users"),
    path("users/new/", users.invite, name="user_new"),
    path("users/groups/", groups.show_groups, name="groups"),
    path("users/groups/<int:group_id>/", groups.show_group, name="group"),
    path("users/groups/<int:group_id>/change/", groups.change_group, name="group_change"),
    path("users/<int:user_id>/", users.show_user, name="user"),
    path("users/<int:user_id>/change/", users.change_user, name="user_change"),
    path("activity/", record.show_record, name="record"),
    path("activity/export/", record.export_record, name="record_export"),
]
