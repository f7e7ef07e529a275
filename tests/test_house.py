"""The house itself: settings, commands, compose file and what may stand in committed files."""

from django.conf import settings


def test_the_suite_never_touches_the_sites_own_data():
    assert str(settings.MEDIA_ROOT).startswith(settings.TEST_DIR)
    assert settings.VAR_DIR != settings.BASE_DIR / "var"
