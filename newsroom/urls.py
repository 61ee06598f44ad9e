"""The addresses: the admin, the choice of language, and the site's own."""

from django.contrib import admin
from django.urls import include, path

from articles.admin.site.set_password import SetPasswordView

urlpatterns = [
    path("admin/set-password/<uidb64>/<token>/", SetPasswordView.as_view(), name="set-password"),  # before the desk's
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("articles.urls")),
]
