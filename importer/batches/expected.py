"""The plan an import was begun for: whose and for which year. It fills what a page leaves open and warns where the page
says otherwise; nothing is put over what the page says."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from importer.batches.corrections import YEARS
from organizations.models import Organization
from organizations.names import read_union_name
from plans import filing

RULE = "asked-for"
_NUMBER = re.compile("[0-9]{1,18}")


class Expected(NamedTuple):
    """Whose plan, of which year; each may be left open."""

    organization: Organization | None = None
    year: int | None = None


def asked(query: Mapping[str, str], user) -> tuple[Expected, list[str]]:
    """What an address asks for (`organization`, a primary key, and `year`), and a sentence for each that cannot be.

    Of an organisation whose plans `user` may not file nothing is told, not even that it is there.
    """
    complaints, organization, year = [], None, None
    if written := query.get("organization", ""):
        rows = Organization.objects.select_related("parent")
        found = rows.filter(pk=int(written)).first() if _NUMBER.fullmatch(written) else None
        organization = found if found and filing.may_file_for(user, found) else None
        if organization is None:
            complaints.append(_("The organization of this address is not there, or its plans are not yours to file."))
    if written := query.get("year", ""):
        year = int(written) if _NUMBER.fullmatch(written) and int(written) in YEARS else None
        if year is None:
            complaints.append(_("The year of this address is none; the year is read from the files alone."))
    return Expected(organization, year), complaints


def of(options: Mapping) -> Expected:
    """What the options of a batch say (ImportBatch.options)."""
    pk = options.get("expected_organization")
    rows = Organization.objects.select_related("parent")
    return Expected(rows.filter(pk=pk).first() if pk else None, options.get("expected_year"))


def options_of(expected: Expected) -> dict:
    """`expected` as the options of a batch keep it."""
    organization, year = expected
    kept = {"expected_organization": organization and organization.pk, "expected_year": year}
    return {name: value for name, value in kept.items() if value is not None}


def lend(output: dict, expected: Expected) -> None:
    """Fill the importer's `output` where its page says neither body nor year, and warn where it says others."""
    organization, year = expected
    for found in output["articles"]:
        plans = found["carries_plan"] or found["kind"] == "plan"
        if organization:
            _lend_organization(found, organization, output["warnings"] if plans else [])
        if year and plans:
            _lend_year(found, year, output["warnings"])
    output["warnings"] = list(dict.fromkeys(output["warnings"]))


def _lend_organization(found: dict, organization: Organization, warnings: list[str]) -> None:
    if not found["organization"]:
        found |= {
            "organization": organization.name,
            "organization_id": organization.pk,
            "parent_organization": organization.parent and organization.parent.name,
            "level": organization.level_id or found["level"],
        }
        _rest_on_it(found, "organization", organization.name)
    elif _is_meant(found, organization):
        found["organization_id"] = organization.pk
    else:
        warnings.append(f"organization_expected: {organization.name}")


def _is_meant(found: dict, organization: Organization) -> bool:
    """Whether the page names this body: by one of its names, and below no other than it stands."""
    above, parent = found["parent_organization"], organization.parent
    if above and parent and not _is_called(above, parent):
        return False
    return _is_called(found["organization"], organization)


def _is_called(name: str, organization: Organization) -> bool:
    read = read_union_name(organization.name)
    return name in organization.names or bool(read and read.canonical == name)


def _lend_year(found: dict, year: int, warnings: list[str]) -> None:
    """The page's own words go before: a year that it states, or that follows from what it says for certain."""
    there = found["plan_year"]
    if there not in (None, year):
        warnings.append(f"year_expected: {year}")
    sure = (found["evidence"].get("plan_year") or {}).get("confidence") == "high"
    if there is None or not (found["plan_year_stated"] or sure):
        found["plan_year"], found["plan_year_stated"] = year, False
        with translation.override(settings.LANGUAGE_CODE):
            _rest_on_it(found, "plan_year", _("imported as the plan of %d") % year)


def _rest_on_it(found: dict, name: str, words: str) -> None:
    found["evidence"][name] = {"rule": RULE, "text": words, "line": None, "confidence": "medium"}
