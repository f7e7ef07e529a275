"""Settings of UnionCMS: one file, every value from the environment, typed, with a safe default.

docs/operations.md lists each variable. `DEBUG` is off unless asked for; without it the process refuses to start
with a missing or short SECRET_KEY or a wildcard host.
"""

from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# Who may start and how

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

if len(SECRET_KEY) < 50:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or shorter than 50 characters: set it in the environment or in .env "
            "(make run writes one; see docs/operations.md)."
        )
    SECRET_KEY = "development-only-" + "x" * 50
if not DEBUG and any("*" in host for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's hosts; a wildcard is refused without DEBUG.")

# What is installed

INSTALLED_APPS = [
    "organizations",
    "articles",
    "plans",
    "importer",
    "unioncms.apps.UnionConfig",
    "unioncms.apps.UnionAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "taggit",
    "django_filters",
    "django_prose_editor",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "unioncms.headers.PermissionsPolicyMiddleware",
    "unioncms.addresses.NullCharacterMiddleware",
    "unioncms.static_files.StaticFilesMiddleware",
    "unioncms.headers.RevalidationMiddleware",
    "unioncms.headers.CompressedTextMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "unioncms.language_of_parts.LanguageOfPartsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "organizations.actor.ActorMiddleware",
    "organizations.idle.IdleMiddleware",
    "organizations.gate.GateMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "unioncms.urls"
WSGI_APPLICATION = "unioncms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organizations.site.site_context",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Where data lives

DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'unioncms.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)  # to open SQLite costs a tenth of a page, too

REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# Pages kept in the memory of each serving process, in megabytes; 0: none

PAGE_CACHE_MEGABYTES = env.int("PAGE_CACHE_MEGABYTES", 0 if DEBUG else 32)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
MEDIA_URL = "/media/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "unioncms.stylesheets.StylesheetStorage"
        )
    },
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# How much may come in (bytes)

UPLOAD_LIMIT = env.int("UPLOAD_LIMIT", 20 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("DATA_UPLOAD_MAX_MEMORY_SIZE", 5 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2621440
FILE_UPLOAD_PERMISSIONS = 0o644

# How long the audit trail is kept: 0 for ever, else so many days, at least half a year

AUDIT_KEEP_DAYS = env.int("AUDIT_KEEP_DAYS", 0)
if AUDIT_KEEP_DAYS and AUDIT_KEEP_DAYS < 183:
    raise ImproperlyConfigured("AUDIT_KEEP_DAYS must be 0 (for ever) or at least 183: the trail is kept half a year.")

# How readers are counted: the same one again after so many minutes, written every so many seconds, days kept so long

VIEWS_WINDOW_MINUTES = env.int("VIEWS_WINDOW_MINUTES", 30)
VIEWS_WRITE_SECONDS = env.float("VIEWS_WRITE_SECONDS", 5)
VIEWS_KEEP_DAYS = env.int("VIEWS_KEEP_DAYS", 400)
if VIEWS_KEEP_DAYS < 31:
    raise ImproperlyConfigured("VIEWS_KEEP_DAYS must be at least 31: what is most read is counted over a month.")

# Language and time

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Signing in

AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "organizations.backends.PeopleBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/plans/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "organizations.passwords.MixedKindsValidator"},
]
PASSWORD_MAX_AGE_DAYS = env.int("PASSWORD_MAX_AGE_DAYS", 0)
SECOND_FACTOR_ROLES = [role.strip() for role in env.list("SECOND_FACTOR_ROLES", []) if role.strip()]
AXES_HANDLER = "organizations.lockout.LockoutHandler"
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]  # the handler knows them in this order
AXES_FAILURE_LIMIT = env.int("ACCOUNT_FAILURE_LIMIT", 5)
ADDRESS_FAILURE_LIMIT = env.int("ADDRESS_FAILURE_LIMIT", 20)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("LOCKOUT_MINUTES", 30))
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "organizations.lockout.locked_out_page"
AXES_CLIENT_IP_CALLABLE = "organizations.lockout.counted_address"
AXES_SENSITIVE_PARAMETERS = [  # of every form that asks for a password, beside `password`
    "username",
    "ip_address",
    "code",
    "old_password",
    "new_password1",
    "new_password2",
    "csrfmiddlewaretoken",
]
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # the audit trail has it
AXES_VERBOSE = False
SESSION_ENGINE = "organizations.sessions"
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_SECONDS", 1800)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# What browsers are told

HTTPS = env.bool("HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
PROXY_COUNT = env.int("PROXY_COUNT", 0)
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

TAGGIT_CASE_INSENSITIVE = True
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
if env.str("EMAIL_URL", ""):
    mail = env.dj_email_url("EMAIL_URL")
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": mail["EMAIL_HOST"],
            "port": mail["EMAIL_PORT"],
            "username": mail["EMAIL_HOST_USER"],
            "password": mail["EMAIL_HOST_PASSWORD"],
            "use_tls": mail["EMAIL_USE_TLS"],
            "use_ssl": mail["EMAIL_USE_SSL"],
        },
    }
REVIEW_MAIL = env.bool("REVIEW_MAIL", False)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "noreply@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}
