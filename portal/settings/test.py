"""The test suite: fast hashing, mail in memory, everything on disk in one throw-away folder."""

import atexit
import shutil
import tempfile
from pathlib import Path

from portal.settings import env
from portal.settings.base import *  # noqa: F403

SCRATCH = Path(tempfile.mkdtemp(prefix="portal-test-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
SECRET_KEY = "only-for-tests"
# Most tests sign people in without any step; those of the second step turn this off.
STAFF_BY_PASSWORD = True
SILENCED_SYSTEM_CHECKS = ["portal.E010"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{SCRATCH / 'test.sqlite3'}")}
DATABASES["default"].pop("CONN_MAX_AGE", None)
MEDIA_ROOT = SCRATCH / "media"
PRIVATE_MEDIA_ROOT = SCRATCH / "private"
SEARCH_DIR = SCRATCH / "search"
SEARCH_URL = ""
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = MAIL_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# The admin's own index is tested by Wagtail; filling it takes a fifth of the time of making a page.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
