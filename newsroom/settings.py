"""The settings; every value that differs between installations comes from the environment, and is read here.

docs/reference/settings.md explains each variable, .env.example lists them.
"""

import os
import warnings
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import html_tags
from js_asset import static_lazy

from newsroom import connections, logged, secret_key
from newsroom.colours import BLUE
from newsroom.env import Environment, WrongValue, read_file
from newsroom.logins import *  # noqa: F403  # allauth's, as far as they are the same everywhere

BASE_DIR = Path(__file__).resolve().parent.parent
_from_file = read_file(Path(os.environ.get("ENV_FILE", BASE_DIR / ".env")))
env = Environment(_from_file | dict(os.environ))

# Mode: production unless one of these is on.

DEBUG = env.flag("DEBUG", default=False)
DEMO = env.flag("DEMO", default=False)
PRODUCTION = not (DEBUG or DEMO)

# Folders

DATA_DIR = env.folder("DATA_DIR", default=BASE_DIR / "data")
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise WrongValue(f"DATA_DIR is {str(DATA_DIR)!r}, which cannot be made ({error.strerror}).") from error
MEDIA_ROOT = env.folder("MEDIA_DIR", default=DATA_DIR / "media")
PAGES_DIR = env.folder("PAGES_DIR", default=DATA_DIR / "pages")
TEMPLATES_DIR = env.folder("TEMPLATES_DIR", default=DATA_DIR / "templates")
CAMERA_DIR = env.folder("CAMERA_DIR", default=DATA_DIR / "camera")
BROKER_DIR = DATA_DIR / "broker"

# The web process and its addresses

BIND_ADDRESS = env.text("BIND_ADDRESS", default="127.0.0.1", expected="an IP address")
PORT = env.whole("PORT", default=8000, least=1, most=65535)
WEB_PROCESSES = env.whole("WEB_PROCESSES", default=3, least=1, most=256)
REQUEST_SECONDS = env.whole("REQUEST_SECONDS", default=30, least=5, most=600)
# What the worker does stands in rows of six kinds, each with a queue of its own; a process does one of each at a time.
QUEUES = ("announce", "bake", "relabel", "media", "mail", "backup")
WORKER_THREADS = env.whole("WORKER_THREADS", default=len(QUEUES), least=1, most=64)
LEASE_SECONDS = env.whole("LEASE_SECONDS", default=30, least=5, most=30)

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
SITE_URL = connections.site_url(
    "SITE_URL",
    env.text(
        "SITE_URL",
        default=None if PRODUCTION else f"http://127.0.0.1:{PORT}",
        expected="the public address, such as https://news.example",
    ),
)
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname or ""] if PRODUCTION else LOOPBACK)
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
SERVE_STORED_PAGES = env.flag("SERVE_STORED_PAGES", default=True)

if DEMO and BIND_ADDRESS not in {"127.0.0.1", "localhost", "::1"}:
    raise WrongValue(f"BIND_ADDRESS is {BIND_ADDRESS!r}; expected 127.0.0.1 while DEMO is on.")
if DEMO and not set(ALLOWED_HOSTS) <= set(LOOPBACK):
    raise WrongValue("ALLOWED_HOSTS names a public host; expected 127.0.0.1 or localhost while DEMO is on.")

# Secrets and transport

SECRET_KEY = secret_key.read(env, DATA_DIR, production=PRODUCTION)
SECRET_KEY_FALLBACKS = env.words("OLD_SECRET_KEYS", default=[])  # they still open what they have signed or encrypted
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.whole("HSTS_SECONDS", default=365 * 24 * 3600 if HTTPS else 0)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of our own write to X-Forwarded-For: what the outermost of them saw is the client's address.
TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", default=1 if BEHIND_PROXY else 0, most=10)
# Sub-domains and the browsers' preload list are for the owner of the domain to decide, not for one site on it.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# Applications

INSTALLED_APPS = [
    "newsroom.apps.NewsroomConfig",
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "articles.apps.ArticlesConfig",
]

MIDDLEWARE = [
    "newsroom.logs.request_id.request_ids",  # before all that may write a line
    "articles.watching.counted.timed",
    "newsroom.security.ask_again",  # before all that may redirect
    *(["newsroom.security.loopback_only"] if DEMO else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "articles.accounts.sessions.keep_alive",
    "articles.admin.zone.newsroom_zone",
    "articles.accounts.second_factor.SecondFactorFirst",
    "articles.admin.articles.again.ExpiredForms",
    "articles.admin.frozen.FrozenDesk",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "newsroom.security.content_policy",
    "newsroom.security.utf8_only",
    "newsroom.busy.busy_database",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
ASGI_APPLICATION = "newsroom.asgi.application"
CSRF_FAILURE_VIEW = "articles.admin.articles.again.csrf_failure"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"

# Accounts: who must have a second factor, how long a session lasts, when the desk asks again; then allauth's own.

MUST_HAVE_SECOND_FACTOR = ["Editor", "Managing editor", "Legal", "Administrator"]  # all who publish, legal, accounts
_roles = env.words("SECOND_FACTOR_ROLES", default=MUST_HAVE_SECOND_FACTOR if PRODUCTION else ["none"])
SECOND_FACTOR_ROLES = [] if _roles == ["none"] else _roles
SESSION_ENGINE = "articles.accounts.store"
SESSION_IDLE_MINUTES = env.whole("SESSION_IDLE_MINUTES", default=8 * 60, least=5, most=60 * 24 * 30)
SESSION_COOKIE_AGE = env.whole("SESSION_DAYS", default=7, least=1, most=30) * 24 * 3600
ASK_AGAIN_MINUTES = env.whole("ASK_AGAIN_MINUTES", default=30, most=24 * 60)

ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = ASK_AGAIN_MINUTES * 60
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [TEMPLATES_DIR, BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.accounts.frame.desk_frame",
            ],
            "libraries": {"handbook": "articles.admin.site.handbook_tag"},
        },
    },
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Database, cache and broker: SQLite, local memory and a folder, unless an address of a server is given

DATABASES = {
    "default": connections.database(
        "DATABASE_URL", env.text("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
    )
    | {"ATOMIC_REQUESTS": False}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = connections.redis_url("REDIS_URL", env.text("REDIS_URL", default=""))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "newsroom",
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Counted attempts: in the database, so that they count for all processes, and while Redis is away.
    "throttle": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "articles_throttle",
        "KEY_FUNCTION": "articles.accounts.throttle.hashed_key",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}

# Celery carries wake-ups only: no results, no retries, and a message that cannot be sent is given up at once.

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "global_keyprefix": "newsroom:",
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
        # An editor's click that sends a wake-up must not wait for a broker that is away.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
    }
    if REDIS_URL
    else {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.1,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker for as long as it takes
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = QUEUES[0]
CELERY_WORKER_POOL = "threads"
CELERY_WORKER_CONCURRENCY = WORKER_THREADS
CELERY_WORKER_ENABLE_REMOTE_CONTROL = bool(REDIS_URL)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
CELERY_BEAT_SCHEDULER = "newsroom.celery:Scheduler"

# Languages and time: UTC inside; the newsroom's own zone is a row of the table of sites.

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["newsroom.formats"]
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]  # first of all: it may better the texts of a package
USE_TZ = True

# An address typed without a scheme becomes https://, as Django 6 will have it without being asked.
warnings.filterwarnings("ignore", "The FORMS_URLFIELD_ASSUME_HTTPS transitional setting is deprecated")
FORMS_URLFIELD_ASSUME_HTTPS = True

# The text editor: what its schema takes over from a text beside its own. The cleaning of HTML is ours.

DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy("articles/direction.js")], "extensions": {"Direction": html_tags([])}},
    {"js": [static_lazy("articles/live-marks.js")], "extensions": {"LiveMarks": html_tags([])}},
    {"js": [static_lazy("articles/passage-notes.js")], "extensions": {"PassageNotes": html_tags([])}},
    {"js": [static_lazy("articles/paste.js")], "extensions": {"Paste": html_tags([])}},
    {"js": [static_lazy("articles/typography.js")], "extensions": {"Typography": html_tags([])}},
    {"js": [static_lazy("articles/editor-tools/counts.js")], "extensions": {"Counts": html_tags([])}},
    {"js": [static_lazy("articles/editor-tools/figures.js")], "extensions": {"Figures": html_tags([])}},
    {"js": [static_lazy("articles/editor-tools/find.js")], "extensions": {"FindReplace": html_tags([])}},
    {"js": [static_lazy("articles/editor-tools/full-screen.js")], "extensions": {"FullScreen": html_tags([])}},
    {"js": [static_lazy("articles/editor-tools/own-links.js")], "extensions": {"OwnLinks": html_tags([])}},
    {"js": [static_lazy("articles/editor-tools/posts.js")], "extensions": {"KeptPosts": html_tags([])}},
    {"js": [static_lazy("articles/editor-tools/shortcuts.js")], "extensions": {"Shortcuts": html_tags([])}},
]

# Static files and uploads

STATIC_URL = "/static/"
STATICFILES_DIRS = [("handbook", BASE_DIR / "docs" / "images")]  # the pictures of the handbook that the desk shows
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Outside production the files are read where they lie: nothing to collect before the first page.
WHITENOISE_USE_FINDERS = not PRODUCTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # bytes of a form without its files: an article's body fits many times over
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # an entry of a register may have 300 names, each of ten fields
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # photos sent at once without the script; no other form has more than four

# Mail

DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", default="newsroom@localhost")
_mail = connections.email(
    "EMAIL_URL",
    env.text(
        "EMAIL_URL",
        default=None if PRODUCTION else f"file://{DATA_DIR / 'mail'}",
        expected="a mail server, such as smtp+tls://user:password@mail.example, or none: for a newsroom without mail",
    ),
)
if PRODUCTION and _mail["EMAIL_BACKEND"].endswith("console.EmailBackend"):
    raise WrongValue("EMAIL_URL is console:, which sends nothing; expected a mail server, or none: in production.")
globals().update(_mail)

# Backups: none without a folder

BACKUP_DIR = env.folder("BACKUP_DIR", default=Path()) if env.text("BACKUP_DIR", default="") else None
BACKUP_RECIPIENTS = env.words("BACKUP_RECIPIENTS", default=[])
BACKUP_PLAIN = env.flag("BACKUP_PLAIN", default=False)
BACKUP_HOOK = env.text("BACKUP_HOOK", default="")
BACKUP_KEEP = connections.three_numbers("BACKUP_KEEP", env.words("BACKUP_KEEP", default=["7", "4", "12"]))
_hour = env.choice("BACKUP_HOUR", ("off", *map(str, range(24))), default="3")
BACKUP_HOUR = None if _hour == "off" else int(_hour)

# Photos as they came, with what the camera wrote into them: not kept unless told to, and then encrypted

KEEP_CAMERA_FILES = env.flag("KEEP_CAMERA_FILES", default=False)
CAMERA_RECIPIENTS = env.words("CAMERA_RECIPIENTS", default=BACKUP_RECIPIENTS)

# The watch over the house

# Who hears of troubles beside the administrators, and where they are posted as JSON.
ALARM_MAIL = env.words("ALARM_MAIL", default=[])
ALARM_WEBHOOK = connections.webhook("ALARM_WEBHOOK", env.text("ALARM_WEBHOOK", default=""))
DISK_FREE_MB = env.whole("DISK_FREE_MB", default=500)
# Who reads /metrics: these machines, when no proxy passes their request on, and who knows the token.
METRICS_FROM = env.words("METRICS_FROM", default=["127.0.0.1", "::1"])
METRICS_TOKEN = env.text("METRICS_TOKEN", default="")

# Log: one line to standard error for each event

LOG_FORMAT = env.choice("LOG_FORMAT", ("json", "lines"), default="json" if PRODUCTION else "lines")
LOG_LEVEL = env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO")
LOGGING = logged.logging(LOG_FORMAT, LOG_LEVEL)

# The admin's looks; what depends on the request stands beside the rooms it leads to.

UNFOLD = {
    "SITE_TITLE": "articles.admin.navigation.title",
    "SITE_HEADER": "articles.admin.navigation.title",
    "SITE_SUBHEADER": _("Newsroom"),
    "SITE_SYMBOL": "newspaper",
    "SITE_URL": "/",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": "articles.admin.navigation.favicon"}],
    "SHOW_LANGUAGES": True,
    "SHOW_VIEW_ON_SITE": True,
    "SHOW_HISTORY": True,
    "ENVIRONMENT": "articles.admin.navigation.environment",
    "DASHBOARD_CALLBACK": "articles.admin.dashboard.fill",
    "STYLES": ["articles.admin.navigation.stylesheet"],
    "SCRIPTS": ["articles.admin.navigation.script", "articles.admin.navigation.keys_script"],
    "BORDER_RADIUS": "5px",
    "COLORS": {"primary": BLUE},
    "SIDEBAR": {"navigation": "articles.admin.navigation.sidebar"},
    "ACCOUNT": {
        "navigation": [
            {"title": _("Second factor"), "link": reverse_lazy("mfa_index")},
            {"title": _("Sessions"), "link": reverse_lazy("usersessions_list")},
            {"title": _("Password"), "link": reverse_lazy("account_change_password")},
            {"title": _("Mail address"), "link": reverse_lazy("account_email")},
        ]
    },
}

# What was set, for the backup; and names of the file that nobody asks for, for `manage.py upgrade_check`.

GIVEN = env.given()
UNKNOWN = sorted(set(_from_file) - env.asked)
