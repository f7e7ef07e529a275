"""Settings of the test suite: the site's own, with nothing taken from the developer's .env but DATABASE_URL's override.

The environment is fixed before unioncms.settings reads it, so a bare `pytest tests/plans` runs as `make test` does.
"""

import atexit
import os
import shutil
import tempfile

if "UNIONCMS_TEST_DIR" not in os.environ:  # xdist's workers inherit the first process's folder
    os.environ["UNIONCMS_TEST_DIR"] = tempfile.mkdtemp(prefix="unioncms-test-")
    atexit.register(shutil.rmtree, os.environ["UNIONCMS_TEST_DIR"], ignore_errors=True)

TEST_DIR = os.environ["UNIONCMS_TEST_DIR"]
os.makedirs(f"{TEST_DIR}/static", exist_ok=True)  # whitenoise warns where it is missing
os.environ.setdefault("DATABASE_URL", f"sqlite:///{TEST_DIR}/unioncms.sqlite3")
os.environ.update(
    {
        "SECRET_KEY": "tests-only-" + "k" * 50,
        "DEBUG": "0",
        "VAR_DIR": TEST_DIR,
        "MEDIA_ROOT": f"{TEST_DIR}/media-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}",
        "STATIC_ROOT": f"{TEST_DIR}/static",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "CSRF_TRUSTED_ORIGINS": "",
        "HTTPS": "0",
        "BEHIND_PROXY": "0",
        "PROXY_COUNT": "0",
        "REDIS_URL": "",
        "EMAIL_URL": "",
        "REVIEW_MAIL": "0",
        "PASSWORD_MAX_AGE_DAYS": "0",
        "SECOND_FACTOR_ROLES": "",
        "ACCOUNT_FAILURE_LIMIT": "5",
        "ADDRESS_FAILURE_LIMIT": "20",
        "LOCKOUT_MINUTES": "30",
        "AUDIT_KEEP_DAYS": "0",
        "VIEWS_WINDOW_MINUTES": "30",
        "VIEWS_WRITE_SECONDS": "5",
        "VIEWS_KEEP_DAYS": "400",
        "LOG_LEVEL": "WARNING",
    }
)

from unioncms.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for tests only
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
