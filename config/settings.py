"""Settings that work without configuration; environment variables override them (CONTRIBUTING)."""

from email.utils import formataddr
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from config import data_dir, logs, mail
from config.caches import caches
from config.databases import databases
from config.release import release_of

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = data_dir.prepare(BASE_DIR / Path(env.str("DATA_DIR", "") or "var").expanduser())
RELEASE = release_of(BASE_DIR)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or data_dir.secret_key(DATA_DIR)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# The site and its URL. Only the URL decides whether cookies and pages require https.

SITE_NAME = env.str("SITE_NAME", "") or "Second Viewing"
_local = f"http://localhost:{env.str('PORT', '') or 8000}"
SITE_URL = (env.str("SITE_URL", "") or _local).rstrip("/")
_address = urlsplit(SITE_URL)
if _address.scheme not in ("http", "https") or not _address.hostname or _address.path:
    raise ImproperlyConfigured(
        f"SITE_URL is “{SITE_URL}”. Give the site's address as in https://essays.example.org, "
        "with http:// or https:// and nothing after the host."
    )
SECURE = _address.scheme == "https"
ALLOWED_HOSTS = [
    _address.hostname,
    *("localhost", "127.0.0.1", "[::1]"),
    *env.list("ALLOWED_HOSTS", default=[]),
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # Monitoring asks beside the proxy.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 365 * 24 * 3600) if SECURE else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
GUEST_COOKIE_NAME = "__Host-guest" if SECURE else "guest"
PREVIEW_COOKIE_NAME = "__Host-preview" if SECURE else "preview"
PERSON_COOKIE_NAME = "__Host-person" if SECURE else "person"
KNOWN_COOKIE_NAME = "__Host-known" if SECURE else "known"
CSRF_FAILURE_VIEW = "edition.views.site_pages.token_refused"
CSRF_COOKIE_HTTPONLY = True
# HSTS for sibling hosts (W005, W021) is not for this site to decide; mail (W001) is optional.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "mail.W001"]

SECURE_CSP = {
    "default-src": [CSP.NONE],
    **{
        f"{kind}-src": [CSP.SELF]
        for kind in ("script", "style", "img", "font", "connect", "manifest")
    },
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PROTECTIVE_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}

INSTALLED_APPS = [
    *("edition", "desk", "annotations", "readers", "essays", "config"),
    *("allauth", "allauth.account"),
    "django_htmx",
    "simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.request_log.identify",
    "config.headers.protect",
    "config.headers.heed_refused_codings",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.static_files.StaticFilesMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "readers.person.mark_person",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "readers.guests.ReaderMiddleware",
    "edition.requests.carried_words.CarryTypedWords",
    "edition.requests.access.keep_drafts_private",
    "edition.requests.former_urls.RedirectFormerUrls",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "edition.requests.one_state.read_one_state",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["readers.templatetags.signed_forms"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "essays.context.site",
            ],
        },
    },
]

# Data

DATABASES = databases(env, DATA_DIR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# More than any form may have, so that what is too long can be shown again. See config/rsgi.py.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_500  # The form that orders 2,000 passages.

CACHES = caches(env, DATA_DIR, release=RELEASE, debug=DEBUG)

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.StaticStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Accounts and mail

AUTH_USER_MODEL = "readers.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "notebook"
_validators = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validators}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_validators}.MinimumLengthValidator"},
    {"NAME": f"{_validators}.CommonPasswordValidator"},
    {"NAME": f"{_validators}.NumericPasswordValidator"},
]

MAILERS = mail.mailers(env.str("MAIL_URL", ""))
SENDS_MAIL = bool(MAILERS)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "") or formataddr(
    (SITE_NAME, f"noreply@{_address.hostname}")
)

ACCOUNT_ADAPTER = "edition.account_adapter.AccountAdapter"
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = "strict"  # Signing up does not tell which e-mails have accounts.
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # In its place: edition/requests/password_limits.py
ACCOUNT_FORMS = {
    "login": "readers.forms.LoginForm",
    "signup": "readers.forms.SignupForm",
    "add_email": "readers.forms.AddEmailForm",
    "change_password": "readers.forms.ChangePasswordForm",
    "reset_password": "readers.forms.ResetPasswordForm",
    "reset_password_from_key": "readers.forms.ResetPasswordKeyForm",
    "request_login_code": "readers.forms.RequestLoginCodeForm",
    "confirm_login_code": "readers.forms.ConfirmLoginCodeForm",
}
# Behind proxies the address of a reader is the one that the last trusted proxy gives.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", 1 if SECURE else 0)

# Readers' notes: who may see them

PUBLIC_NOTES = env.str("PUBLIC_NOTES", "") or "approve"
if PUBLIC_NOTES not in ("approve", "open", "off"):
    raise ImproperlyConfigured(
        f"PUBLIC_NOTES is “{PUBLIC_NOTES}”. Give approve (moderators approve notes before others "
        "see them), open (they appear at once) or off (notes are for their authors only)."
    )

# How much a reader, and an address, which a school may share, may do in a minute

NOTES_A_MINUTE = env.int("NOTES_A_MINUTE", 12)
NOTES_A_MINUTE_BY_ADDRESS = env.int("NOTES_A_MINUTE_BY_ADDRESS", 120)
CHANGES_A_MINUTE = env.int("CHANGES_A_MINUTE", 30)
CHANGES_A_MINUTE_BY_ADDRESS = env.int("CHANGES_A_MINUTE_BY_ADDRESS", 300)
SEARCHES_A_MINUTE = env.int("SEARCHES_A_MINUTE", 30)
SEARCHES_A_MINUTE_BY_ADDRESS = env.int("SEARCHES_A_MINUTE_BY_ADDRESS", 300)
EXPORTS_A_MINUTE = env.int("EXPORTS_A_MINUTE", 6)
EXPORTS_A_MINUTE_BY_ADDRESS = env.int("EXPORTS_A_MINUTE_BY_ADDRESS", 60)

# Language and log

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

LOGGING = logs.LOGGING
ACCESS_LOG = env.bool("ACCESS_LOG", False)
