"""The addresses: accounts before the admin, the admin, the choice of language, and the site's own."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# Its address is that of allauth's login already; whoever calls it is led there.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("admin/", include("articles.accounts.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("articles.urls")),
]

handler500 = "newsroom.busy.server_error"
