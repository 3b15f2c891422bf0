"""One settings file, safe for production as it stands; what differs comes from the environment.

Three modes: production (default), local (`LOCAL=true`: plain http on this machine only), and demonstration
(`DEMO=true`: fictional data, persona sign-in, mailbox page), which may be combined with either.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from lms.config.local import secret_key
from lms.config.safety import refusals

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Env(eager=False)

# --- Where we are ---------------------------------------------------------------------------------------------------
LOCAL = env.bool("LOCAL", False)
DEMO = env.bool("DEMO", False)
DEBUG = env.bool("DEBUG", False)
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var")
SECRET_KEY = env.str("SECRET_KEY", secret_key(DATA_DIR) if LOCAL else ...)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if LOCAL else ...)
BASE_URL = (env.str("BASE_URL", "http://localhost:8000" if LOCAL else ...) or "").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# --- Identity of the site (the operator's texts are in the CMS: first-run assistant) --------------------------------
SITE_NAME = env.str("SITE_NAME", "Parcours Aidants")
SITE_TAGLINE = env.str("SITE_TAGLINE", "Se former, se certifier, faire reconnaître son expérience")
BLOC_MARQUE = env.str(
    "BLOC_MARQUE", "République française"
)  # empty: neutral appearance, for a body that is not the State
SOURCE_CODE_URL = env.str("SOURCE_CODE_URL", "")

# --- Applications ---------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    *(["lms.demo"] if DEMO else []),
    "certification.funding",
    "certification.habilitation",
    "parcours.quality",
    "parcours.paperwork",
    "parcours.emargement",
    "parcours.classroom",
    "parcours.colleagues",
    "parcours.learning",
    "parcours.assistance",
    "parcours.catalogue",
    "parcours.assessment",
    "parcours.adaptations",
    "lms.site",
    "lms.pilotage",
    "lms.organisations",
    "lms.accounts",
    "lms.kernel",
    "wagtail.contrib.redirects",
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
    "django_tasks",
    "widget_tweaks",
    "dsfr",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_rq",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "lms.site.middleware.security_headers",
    "lms.site.middleware.readable_addresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "parcours.catalogue.middleware.library_walls",
    "lms.accounts.middleware.sign_in_required",
    "lms.accounts.middleware.second_factor_required",
    "lms.accounts.middleware.reader_time_zone",
    "lms.site.middleware.private_searches",
    "lms.site.middleware.people_elsewhere",
    "parcours.catalogue.middleware.cms_refusals",
    "lms.site.middleware.former_addresses",
]

ROOT_URLCONF = "lms.config.urls"
WSGI_APPLICATION = "lms.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["lms.kernel.templatetags.french"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.site.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -----------------------------------------------------------------------------------------------------------
_database = env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
DATABASES = {"default": _database or {"ENGINE": "django.db.backends.dummy"}}  # one that cannot be read is refused below
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Jobs: our own table; Redis only nudges. Empty REDIS_URL: the embedded relay runs the jobs itself ---------------
REDIS_URL = env.str("REDIS_URL", "")
RQ_QUEUES = {}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if REDIS_URL:
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    RQ_QUEUES = {
        "default": {
            "URL": REDIS_URL,
            "SERIALIZER": "rq.serializers.JSONSerializer",
            "QUEUE_CLASS": "lms.kernel.rq_backend.ImpatientQueue",
            "DEFAULT_TIMEOUT": 3600,
        }
    }
    CACHES = {
        "default": {
            "BACKEND": "lms.kernel.shared_cache.SharedCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"retry": Retry(NoBackoff(), 0), "socket_connect_timeout": 0.3, "socket_timeout": 0.3},
        }
    }
TASKS = {
    "default": {
        "BACKEND": "lms.kernel.rq_backend.JSONRQBackend"
        if REDIS_URL
        else "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default"],
    }
}

# --- Sign-in --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/espace/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lms.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 3600
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {  # a whole class signs in from one address
    "login": "60/m/ip",
    "signup": "60/m/ip",
    "request_login_code": "60/m/ip,3/m/key,20/h/key",
}
ACCOUNT_FORMS = {"reauthenticate": "lms.accounts.forms.PasswordProofForm"}
MFA_ADAPTER = "lms.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = 60 * 60 * 24 * 30
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "lms.accounts.forms.FactorForm",
    "reauthenticate": "lms.accounts.forms.FactorProofForm",
    "activate_totp": "lms.accounts.forms.ApplicationForm",
    "generate_recovery_codes": "lms.accounts.forms.PrintedCodesForm",
    "add_webauthn": "lms.accounts.forms.PasskeyForm",
    "edit_webauthn": "lms.accounts.forms.PasskeyNameForm",
    "authenticate_webauthn": "lms.accounts.forms.PasskeySignInForm",
    "reauthenticate_webauthn": "lms.accounts.forms.PasskeyProofForm",
}
USERSESSIONS_TRACK_ACTIVITY = False

# --- Web security ---------------------------------------------------------------------------------------------------
SECURE_COOKIES = env.bool("SECURE_COOKIES", not LOCAL)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-session" if SECURE_COOKIES else "session"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE_COOKIES else "csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_SSL_REDIRECT = not LOCAL
BEHIND_PROXY = env.bool("BEHIND_PROXY", True) and not LOCAL
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0  # whose address the throttles count
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # framing: refused by the CSP everywhere but in the CMS
    "security.W021",  # the browsers' preload list is the operator's choice: one does not leave it for months
]
X_FRAME_OPTIONS = "SAMEORIGIN"  # the CMS preview panel; the CSP forbids framing everywhere else
CSRF_FAILURE_VIEW = "lms.site.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français")]
TIME_ZONE = "Europe/Paris"  # the organisme's zone: numbers per year, dates on papers
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- Files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PAPERS_ROOT = DATA_DIR / "papers"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lms.site.storage.StaticFiles"},
    "papers": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PAPERS_ROOT), "base_url": None},
    },
}
WHITENOISE_MAX_AGE = 3600

# --- Signature of papers --------------------------------------------------------------------------------------------
PAPER_SIGNING_KEY = env.path("PAPER_SIGNING_KEY", DATA_DIR / "keys" / "papers.p12" if LOCAL else ...)
PAPER_SIGNING_PASSPHRASE = env.str("PAPER_SIGNING_PASSPHRASE", "" if LOCAL else ...)

# --- Mail -----------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Parcours Aidants <ne-pas-repondre@localhost>" if LOCAL else ...)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if DEMO:
    EMAIL_BACKEND = "lms.demo.mailbox.MailboxBackend"
else:
    EMAIL_URL = env.dj_email_url("EMAIL_URL", "console://" if LOCAL else ...) or {}
    globals().update({name: value for name, value in EMAIL_URL.items() if name.startswith("EMAIL_")})
    EMAIL_TIMEOUT = EMAIL_URL.get("EMAIL_TIMEOUT") or 20

# --- Wagtail --------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "txt", "xlsx", "vtt", "mp4", "webm", "mp3", "ogg", "m4a"]
WAGTAILDOCS_EXTENSIONS += ["wav"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_IMAGE_FORM_BASE = "lms.site.page_forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "lms.site.page_forms.DocumentForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_CONTENT_LANGUAGES = [("fr", "Français")]
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False  # their mails go to whoever once wrote there; the reviewer's comment suffices
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "none"  # the page behind a pasted address may be somebody else's draft
TAGGIT_CASE_INSENSITIVE = True

# --- Logs: codes and ids only, never personal data ------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}

if _refusals := refusals(env, globals()):
    raise ImproperlyConfigured("\n- ".join(["Le site ne démarre pas avec ces réglages :", *_refusals]))
