"""The addresses of the site. Whatever is storable is read by `pagemap.addresses`; the rest stands here."""

from django.urls import path, re_path

from .models.languages import PATTERN
from .reader import views
from .reader.media import media, rendition
from .reader.preview import preview
from .watching.views import healthz, metrics, readyz

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    re_path(r"^sitemap-(?P<year>[0-9]{4})-(?P<month>[0-9]{2})\.xml$", views.month_sitemap, name="month-sitemap"),
    path("sitemap-pages.xml", views.lists_sitemap, name="lists-sitemap"),
    re_path(r"^media/(?P<name>[\w-]+\.\w+)$", media, name="media"),
    re_path(r"^media/(?P<folder>[0-9a-f]{32})/(?P<name>[\w-]+\.(?:avif|webp|jpg))$", rendition, name="rendition"),
    re_path(r"^preview/(?P<token>[\w-]{20,64})/$", preview, name="preview"),
    re_path(rf"^(?P<language>{PATTERN})/search/$", views.search, name="search"),
    re_path(
        rf"^(?P<language>{PATTERN})/(?P<year>[0-9]{{4}})/(?:(?P<month>[0-9]{{2}})/(?:(?P<day>[0-9]{{2}})/)?)?$",
        views.period,
        name="period",
    ),
    re_path(rf"^(?P<language>{PATTERN})/search/feed\.xml$", views.search_feed, name="search-feed"),
    re_path(r"", views.page, name="page"),
]
