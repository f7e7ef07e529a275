"""Sentences for a terminal whose reader's language is not known."""

from django.utils import translation
from django.utils.translation import gettext as _


def in_both_languages(sentence: str, params: dict) -> str:
    """A sentence (English source) in Chinese and in English."""
    with translation.override("zh-hans"):
        chinese = _(sentence) % params
    with translation.override("en"):
        english = _(sentence) % params
    return chinese if chinese == english else f"{chinese} {english}"
