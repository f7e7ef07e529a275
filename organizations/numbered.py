"""Inline rows that stand in an order of their own: numbers may be left empty and may change places."""

from django import forms


class NumberedForm(forms.ModelForm):
    """A row with a `position`; whether the number is free is settled when all rows are saved together."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False

    def validate_constraints(self):
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions() | {"position"})
        except forms.ValidationError as error:
            self._update_errors(error)


def in_order(formset, siblings, gap: int = 1) -> list:
    """The rows of `formset` to be saved, each with a free position; rows to be deleted are gone.

    `siblings` are all stored rows of the parent. A row without a number follows the last one, `gap` apart. Stored rows
    first step aside to numbers nobody uses, so that two may change places.
    """
    rows = formset.save(commit=False)
    for gone in formset.deleted_objects:
        gone.delete()
    stored = [row for row in rows if row.pk]
    stay = siblings.exclude(pk__in=[row.pk for row in stored]).values_list("position", flat=True)
    taken = set(stay) | {row.position for row in rows if row.position}
    last = max(taken, default=0)
    beyond = max([last, *siblings.values_list("position", flat=True)])
    for number, row in enumerate(stored, start=1):
        siblings.filter(pk=row.pk).update(position=beyond + number)
    for row in rows:
        if not row.position:
            last = row.position = last + gap
    return rows
