"""Django settings; every value that differs by machine is read and checked in one place."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from corpus_app import env
from corpus_app.data_folder import open_data_folder
from corpus_app.database_url import describe_database
from corpus_app.engine_settings import read_engine
from corpus_app.files_url import describe_storage
from corpus_app.ingest.limits import MEGABYTE
from corpus_app.secret_key import find_weakness, load_or_create_secret_key
from corpus_app.upload_limits import MOST_MEGABYTES, read_limits

BASE_DIR = Path(__file__).resolve().parent.parent

# demo: one machine, demo accounts, loopback only. production: nothing is assumed.
MODE = env.read_choice("CORPUS_MODE", "demo", ("demo", "production"))
DEMO = MODE == "demo"
DEBUG = env.read_bool("CORPUS_DEBUG", False)

DATA_DIR = env.read_path("CORPUS_DATA_DIR", BASE_DIR / "var")
open_data_folder(DATA_DIR)
# Else Django gives what it copies the rights of a public file.
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
# What hosts over one database share besides it: originals, and files on their way in.
FILES_DIR = env.read_path("CORPUS_FILES_DIR", DATA_DIR)
UPLOADS_DIR = FILES_DIR / "uploads"
# Bytes that came in and wait for their turn; and where files may be laid for the worker to take.
STAGING_DIR = FILES_DIR / "staging"
INBOX_DIR = env.read_path("CORPUS_INBOX_DIR", DATA_DIR / "inbox")
# Files that come in pieces: how long one may rest, how many of a user, bytes of all together.
UPLOAD_HOURS = env.read_int("CORPUS_UPLOAD_HOURS", 24, low=1, high=720)
UPLOADS_AT_ONCE = env.read_int("CORPUS_UPLOADS_AT_ONCE", 20, low=1, high=10_000)
UPLOADS_BYTES = env.read_int("CORPUS_UPLOADS_MB", 4096, low=1, high=MOST_MEGABYTES) * MEGABYTE
# How often a file may break off the worker before it is left alone.
FILE_ATTEMPTS = env.read_int("CORPUS_FILE_ATTEMPTS", 3, low=1, high=100)
INDEX_DIR = DATA_DIR / "index"
# Every how many hours the worker backs up and checks everything (0: never), and what it keeps.
BACKUP_DIR = env.read_path("CORPUS_BACKUP_DIR", DATA_DIR / "backups")
BACKUP_HOURS = env.read_int("CORPUS_BACKUP_HOURS", 0 if DEMO else 24, low=0, high=8760)
BACKUP_KEEP = env.read_int("CORPUS_BACKUP_KEEP", 7, low=1, high=1000)
CHECK_HOURS = env.read_int("CORPUS_CHECK_HOURS", 0 if DEMO else 24, low=0, high=8760)
CACHE_DIR = DATA_DIR / "cache"

SECRET_KEY = env.read_text("CORPUS_SECRET_KEY", "")
ALLOWED_HOSTS = env.read_list("CORPUS_ALLOWED_HOSTS", [])
if DEMO:
    SECRET_KEY = SECRET_KEY or load_or_create_secret_key(DATA_DIR)
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
elif weakness := find_weakness(SECRET_KEY):
    raise ImproperlyConfigured(
        f"Production needs a CORPUS_SECRET_KEY drawn at random: this one {weakness}. "
        "Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
elif not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Production needs CORPUS_ALLOWED_HOSTS (host names, commas).")
elif DEBUG:
    raise ImproperlyConfigured("CORPUS_DEBUG must be off in production.")

# Every name would do: a stranger's page could then speak to the site under a name of its own.
if any(host.strip(".") in ("", "*") for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("CORPUS_ALLOWED_HOSTS must name hosts; * allows any.")

# Who may say for whom and how the site was asked (X-Forwarded-For, -Proto): nobody else's word
# counts (access/proxies.py). gunicorn is told the same.
PROXIES = env.read_networks("CORPUS_PROXIES", ["127.0.0.1", "::1"])
CSRF_TRUSTED_ORIGINS = env.read_list("CORPUS_TRUSTED_ORIGINS", [])
HTTPS = env.read_bool("CORPUS_HTTPS", not DEMO)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# A browser heeds it on https and loopback alone; elsewhere each page would log a complaint.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if HTTPS or DEMO else None

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "csp",
    "corpus_app.access",
    # Before Haystack, whose rebuild_index empties the index that serves; ours replaces it.
    "search",
    "haystack",
    "corpus_app.catalog",
    "corpus_app.themes",
    "corpus_app.slogans",
    "corpus_app.subcorpora",
    "corpus_app.laws",
    "simple_history",
    "corpus_app.intake",
    "corpus_app.batches",
    "corpus_app.review",
    "corpus_app.registry",
    "corpus_app.desk",
    "corpus_app.proofreading",
    "corpus_app.pages",
    "corpus_app.research",
    "corpus_app.structure",
    "corpus_app.operations",
    "corpus_app.api",
    "corpus_app.programs",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    # Last: it takes what the others register out of the administration.
    "corpus_app.accounts",
]

MIDDLEWARE = [
    "corpus_app.access.audience.AudienceMiddleware",
    # First: a probe asks by address and over http.
    "corpus_app.operations.probes.ProbeMiddleware",
    # Around all others, so that what they refuse is counted too.
    "corpus_app.operations.metrics.measures.MeasureMiddleware",
    "corpus_app.access.proxies.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corpus_app.access.compression.CompressionMiddleware",
    "search.index.following.FollowingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "corpus_app.accounts.sessions.TraceMiddleware",
    "corpus_app.access.privacy.PrivacyMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "corpus_app.accounts.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "corpus_app.urls"
WSGI_APPLICATION = "corpus_app.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["corpus_app.pages.templatetags.shortening"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "corpus_app.pages.context.describe_site",
                "corpus_app.batches.overview.describe_batches",
            ],
        },
    },
]

DATABASES = {"default": describe_database(DATA_DIR, env.read_text("CORPUS_DATABASE_URL", ""))}

# Other hosts may change what is stored: each then follows the log of changes by itself. Nobody
# shares a file.
SHARED_DATABASE = DATABASES["default"]["ENGINE"] != "corpus_app.sqlite"

HAYSTACK_CONNECTIONS = {"default": read_engine(INDEX_DIR)}
# Indexing is an explicit call on commit: the real-time processor fires before sections exist.
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "corpus_app.accounts.passwords.PasswordLength"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "corpus_app.accounts.sessions"
# Who must give a second factor when signing in; all others may.
TWO_FACTOR = env.read_choice("CORPUS_TWO_FACTOR", "optional", ("optional", "admins", "editors"))
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.read_text("CORPUS_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "corpus_app.static_storage.LenientManifestStorage"},
}
# Where the files below FILES_DIR are shared with other hosts; without it, the folder itself.
if SHARED_FILES := describe_storage():
    STORAGES["shared_files"] = SHARED_FILES
# What one file, the process that reads it and an archive may take; the parser is handed them.
UPLOAD_LIMITS = read_limits()
# One upload is held in memory while it is parsed; the limit is the parser's (ingest/limits.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "corpus_app.batches.size_guard.BoundedFileUploadHandler",
]
# A folder sent by a form without scripts comes as one request; with them files come singly.
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000
# Whether the server fetches a page that an editor names, and in how many seconds at most.
FETCH = env.read_bool("CORPUS_FETCH", True)
FETCH_SECONDS = env.read_int("CORPUS_FETCH_SECONDS", 20, low=1, high=300)

# How often a program may ask: one that says for whom, and one that does not.
API_RATE = env.read_rate("CORPUS_API_RATE", "120/m")
API_ANONYMOUS_RATE = env.read_rate("CORPUS_API_ANONYMOUS_RATE", "60/m")

# What costs much: of an address that nobody is signed in from, and of all together at a time.
PAGE_RATE = env.read_rate("CORPUS_PAGE_RATE", "240/m")
EXPORT_RATE = env.read_rate("CORPUS_EXPORT_RATE", "20/m")
EXPORT_ROWS = env.read_int("CORPUS_EXPORT_ROWS", 50_000, low=1, high=100_000_000)
PAGES_AT_ONCE = env.read_int("CORPUS_PAGES_AT_ONCE", 6, low=1, high=1000)
DRAFTS_AT_ONCE = env.read_int("CORPUS_DRAFTS_AT_ONCE", 3, low=1, high=1000)
EXPORTS_AT_ONCE = env.read_int("CORPUS_EXPORTS_AT_ONCE", 2, low=1, high=1000)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Whom harvesters may write to (OAI-PMH asks for an address); as it stands, nobody.
CONTACT_EMAIL = env.read_text("CORPUS_CONTACT_EMAIL", "nobody@example.invalid")
if "@" not in CONTACT_EMAIL.strip("@") or CONTACT_EMAIL.split() != [CONTACT_EMAIL]:
    raise ImproperlyConfigured("CORPUS_CONTACT_EMAIL must be one address, such as a@b.example.")

# Who is told the counts of requests: whoever asks from there, and who names the token.
METRICS_FROM = env.read_networks("CORPUS_METRICS_FROM", ["127.0.0.1", "::1"])
METRICS_TOKEN = env.read_text("CORPUS_METRICS_TOKEN", "")
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured("CORPUS_METRICS_TOKEN must have 20 characters or more.")

# An answer that begins later is noted for admins; 0 for none.
SLOW_SECONDS = env.read_int("CORPUS_SLOW_SECONDS", 3, low=0, high=600)

# Days that the record of activities stays in the database; what is older is laid beside the
# backups as tables. 0 for ever.
RECORD_DAYS = env.read_int("CORPUS_RECORD_DAYS", 1095, low=0, high=36_500)

# Seconds that the regular expressions of one query may take together.
REGEX_SECONDS = env.read_int("CORPUS_REGEX_SECONDS", 2, low=1, high=60)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "corpus_app.log_records.JsonFormatter"},
    },
    "filters": {"faultless": {"()": "corpus_app.log_records.FaultlessFilter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.read_choice("CORPUS_LOG_FORMAT", "line", ("line", "json")),
            "filters": ["faultless"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.read_text("CORPUS_LOG_LEVEL", "WARNING")},
}
