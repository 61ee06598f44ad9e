"""The addresses of accounts, under `/admin/` and before the admin's own, whose login and password pages they replace.

Of allauth's only what is needed is here: no page that makes an account or adds an address.
"""

from allauth.account import views as account
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from . import views

urlpatterns = [
    path("login/", views.LoginPage.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.SetPasswordPage.as_view(),
        name="account_reset_password_from_key",
    ),
    path("email/", views.address_page, name="account_email"),
    path("email/confirm/<str:key>/", views.confirm_address, name="account_confirm_email"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", views.sessions_page, name="usersessions_list"),
]
