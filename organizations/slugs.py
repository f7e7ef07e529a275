"""Addresses in pinyin: never empty, never Chinese, always free."""

from django.utils.text import slugify


def pinyin_slug(text: str, length: int = 60) -> str:
    """`text` as a lower-case ASCII slug of at most `length` characters: 义乌市总工会 -> yi-wu-shi-zong-gong-hui."""
    from pypinyin import lazy_pinyin  # slow and large: whoever serves pages makes no addresses

    syllables = slugify("-".join(lazy_pinyin(text, errors=lambda rest: [rest])))
    joined = "-".join(part for part in syllables.split("-") if part)
    return joined[:length].strip("-") or "x"


def free_slug(text: str, queryset, field: str = "slug", length: int = 60) -> str:
    """A slug for `text` that no row of `queryset` has; a number is added where it must be."""
    slug = pinyin_slug(text, length)
    return numbered(slug, set(queryset.filter(**{f"{field}__startswith": slug}).values_list(field, flat=True)))


def numbered(slug: str, taken: set[str]) -> str:
    """`slug`, with a number added where it is among those `taken`."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
