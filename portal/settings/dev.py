"""The laptop and the demo: DEBUG on, SQLite and the embedded index in `var/`, mail kept in files."""

from portal.settings import env
from portal.settings.base import *  # noqa: F403
from portal.settings.base import VAR_DIR

DEBUG = True
STAFF_BY_PASSWORD = env.boolean("STAFF_BY_PASSWORD", True)
SECRET_KEY = env.text("SECRET_KEY", "not-secret-for-development-on-one-machine-only")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
MAIL_DIR = VAR_DIR / "mail"
PRIVACY_CONTACT = env.text("PRIVACY_CONTACT", "secretariat@demo.invalid")
globals().update(env.email("EMAIL_URL", f"file://{MAIL_DIR}"))
WHITENOISE_USE_FINDERS = True
