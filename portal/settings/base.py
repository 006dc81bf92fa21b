"""Settings shared by every place of use. Values from the environment come through `env` only."""

from pathlib import Path

from portal.common import languages
from portal.settings import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost")
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "portal.observatory.saved",
    "portal.observatory.dossiers",
    "portal.glossary",
    "search",
    "portal.demo",
    "portal.pages",
    "portal.opendata",
    "portal.desk",
    "portal.moderation",
    "portal.followup",
    "portal.matching",
    "portal.reports",
    "portal.pledges",
    "portal.conclusions",
    "portal.practices",
    "portal.interventions",
    "portal.consultations",
    "portal.plan",
    "portal.joint",
    "portal.networks",
    "portal.calendar",
    "portal.attachments",
    "portal.translations",
    "portal.records",
    "portal.library",
    "portal.cms",
    "portal.submissions",
    "portal.organizations",
    "portal.publication",
    "portal.taxonomy",
    "portal.charts",
    "portal.files",
    "portal.accounts",
    "portal.work",
    "portal.common",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "portal.accounts.staff.admin_site.SuperuserAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.common.middleware.SecurityHeaders",
    "portal.common.readable.ReadableRequest",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.common.middleware.ReaderLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.common.typed.middleware.KeepTyped",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.staff.middleware.StaffRooms",
    "portal.common.middleware.ReaderErrorPages",
    "portal.cms.redirects.MovedPages",
    "search.results.middleware.MarkFoundWords",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "portal" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["portal.common.template_loader.FolderLoader", "portal.common.template_loader.AppLoader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.common.context.chrome",
            ],
            # Its `csrf_token` also says who opened the form.
            "builtins": ["portal.common.templatetags.typed_forms"],
        },
    },
]
FORM_RENDERER = "portal.common.forms.PortalRenderer"

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache("CACHE_URL", "locmem://portal")}
# Mails are stored; the worker delivers them through the backend of EMAIL_URL.
EMAIL_BACKEND = "portal.work.mail_backend.EmailBackend"
MAIL_DELIVERY = "django.core.mail.backends.console.EmailBackend"
globals().update(env.email("EMAIL_URL", "console://"))
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "portal@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Whom people write to about what is held of them; the privacy page and mails name it.
PRIVACY_CONTACT = env.text("PRIVACY_CONTACT", DEFAULT_FROM_EMAIL)

# Accounts: allauth owns sign-in for the site and for the Wagtail admin.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk_door"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.accounts.adapter.PortalAccountAdapter"
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.LoginForm",
    "signup": "portal.accounts.forms.SignupForm",
    "add_email": "portal.accounts.forms.AddressChangeForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
    "set_password": "portal.accounts.forms.SetPasswordForm",
    "reset_password": "portal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# One address for each account: a new one takes the place of the old, which gets a notice.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 20 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Mail can be slow: a code works for a quarter of an hour, its page for an hour.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_TIMEOUT = 60 * 60
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Nobody loses a long text because the browser was closed; signing out is one link away on every desk page.
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
# allauth counts in a cache that other entries flush: `portal.accounts.limits` counts in the database.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "portal.accounts.factors.FactorAdapter"
MFA_TOTP_ISSUER = WAGTAIL_SITE_NAME = "Cartagena+40"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The clock of a phone, and the time it takes to type.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "portal.accounts.factor_forms.FactorForm",
    "reauthenticate": "portal.accounts.factor_forms.FactorAgainForm",
    "activate_totp": "portal.accounts.factor_forms.AppForm",
    "add_webauthn": "portal.accounts.factor_forms.PasskeyForm",
    "login_webauthn": "portal.accounts.factor_forms.PasskeyLoginForm",
    "authenticate_webauthn": "portal.accounts.factor_forms.PasskeyStepForm",
    "reauthenticate_webauthn": "portal.accounts.factor_forms.PasskeyAgainForm",
}

# Lets staff in by password alone: for the demo, and a system check refuses it where DEBUG is off.
STAFF_BY_PASSWORD = env.boolean("STAFF_BY_PASSWORD")

# Languages: Spanish first, a prefix in every public address.
USE_I18N = True
USE_TZ = True
# Days and years are shown and taken by this clock; moments are stored in UTC.
TIME_ZONE = env.text("TIME_ZONE", "UTC")
LANGUAGE_CODE = languages.DEFAULT
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [(each.code, each.own_name) for each in languages.LANGUAGES]
WAGTAILADMIN_PERMITTED_LANGUAGES = [(each.packages, each.own_name) for each in languages.LANGUAGES]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "portal.common.formats"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "/admin/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 2000
# A new translation starts as a draft; an editor publishes it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "wagtail.search.backends.database"}
}
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "txt", "md"]
# What editors give is cleaned as what organizations give is.
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.cms.upload_forms.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.cms.upload_forms.ImageForm"

# Search: empty means the embedded engine.
SEARCH_URL = env.nodes("SEARCH_URL")
SEARCH_API_KEY = env.text("SEARCH_API_KEY")
SEARCH_CA = env.text("SEARCH_CA")
SEARCH_REPLICAS = env.integer("SEARCH_REPLICAS", 0)
SEARCH_DIR = env.folder("SEARCH_DIR", VAR_DIR / "search")
SEARCH_INDEX = env.text("SEARCH_INDEX", "cartagena40")

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.folder("MEDIA_ROOT", VAR_DIR / "media")
# Optical recognition of scanned documents, by tesseract where it is installed.
OCR = env.boolean("OCR")
# Originals that people attach: never below MEDIA_ROOT, never served by a web server.
PRIVATE_MEDIA_ROOT = env.folder("PRIVATE_MEDIA_ROOT", VAR_DIR / "private")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "portal.common.failures.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "WARNING")},
}

# Organizations: verification.
CONFIRM_DAYS = env.integer("CONFIRM_DAYS", 365)
PROOF_DAYS = env.integer("PROOF_DAYS", 90)
DECISION_WORKING_DAYS = env.integer("DECISION_WORKING_DAYS", 10)
