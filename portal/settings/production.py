"""Production: secrets from the environment or no start, HTTPS only, hashed static files."""

from portal.settings import env
from portal.settings.base import *  # noqa: F403

SECRET_KEY = env.required("SECRET_KEY")
env.refuse("STAFF_BY_PASSWORD")
ALLOWED_HOSTS = env.required("ALLOWED_HOSTS").split(",")
SITE_URL = WAGTAILADMIN_BASE_URL = env.required("SITE_URL").rstrip("/")
DATABASES = {"default": env.database("DATABASE_URL", env.required("DATABASE_URL"))}
# A cache that all workers share; Django's database cache is enough.
CACHES = {"default": env.cache("CACHE_URL", "database://cache")}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_SSL_REDIRECT = env.boolean("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.integer("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
