"""The settings under which the tests run: those of the newsroom, from an environment of our own.

TEST_DATABASE_URL moves the same tests to another database.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="newsroom-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

for _name in (
    "DEBUG",
    "DEMO",
    "REDIS_URL",
    "MEDIA_DIR",
    "PAGES_DIR",
    "TEMPLATES_DIR",
    "BIND_ADDRESS",
    "PORT",
    "CSRF_TRUSTED_ORIGINS",
):
    os.environ.pop(_name, None)
os.environ |= {
    "ENV_FILE": os.devnull,
    "DATA_DIR": _folder,
    "SECRET_KEY": "a key for tests only, long enough to be taken: 0123456789",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "EMAIL_URL": "none:",
    "LOG_LEVEL": "WARNING",
    "SECOND_FACTOR_ROLES": "none",  # tests/accounts asks for it
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", f"sqlite:///{_folder}/db.sqlite3"),
}

from newsroom.settings import *  # noqa: E402, F403

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file, as in the newsroom: requests of a browser wait for each other there, in memory they fail at once.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}  # noqa: F405
    # Nothing of it need outlive the power; newsrooms that tests start as processes write to the disk as all do.
    _first = DATABASES["default"]["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")  # noqa: F405
    DATABASES["default"]["OPTIONS"] = DATABASES["default"]["OPTIONS"] | {"init_command": _first}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Messages go nowhere: a test calls the work itself. tests/services sends them over a real broker.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # no walk through all static files at each test client
