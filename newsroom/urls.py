"""The addresses: the admin, the choice of language, and the site's own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("articles.urls")),
]

handler500 = "newsroom.busy.server_error"
