"""The verb by which somebody says who is to file plans (应报范围), and who is exempt."""

from django.db import transaction

from organizations import rights
from organizations.audit import record
from organizations.models import Organization
from plans.models import Expectation, Reminder

rights.register_verbs(expect_plans=rights.MANAGERS, remind=rights.EDITORS)
rights.register_owner(Expectation, lambda rule: rule.organization)
rights.register_owner(Reminder, lambda reminder: reminder.organization)

SAID = ("level", "subject", "first_year", "last_year", "due_month", "due_day", "expected", "note")


@transaction.atomic
def expect(rule: Expectation, by) -> Expectation:
    """Save a new `rule`: a plan is expected, or not, of its organisation or of the bodies of a level below it.

    Raises PermissionDenied unless `by` manages the organisation or one above, ValidationError where years or the due
    day are wrong.
    """
    rights.require(by, "expect_plans", rule.organization)
    Organization.objects.select_for_update().get(pk=rule.organization_id)
    rule.full_clean()
    rule.save(force_insert=True)
    said = {name: getattr(rule, name) for name in SAID}
    said["level"] = str(rule.level) if rule.level else None
    record("expect plans", rule, by=by, organization=rule.organization, after=said)
    return rule
