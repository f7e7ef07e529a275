"""What an information line is: labels with their values, and what stands around them."""

from dataclasses import dataclass

from importer.document import Line

SEPARATORS = " |丨¦·•/\\-—_~,;、。:()[]【】<>《》『』\"'*+=#◀▶◁▷←→↑↓"


@dataclass(frozen=True)
class Label:
    """One label of an information line with its value as printed ("" where it is empty)."""

    field: str
    label: str
    value: str


@dataclass(frozen=True)
class InfoLine:
    """An information line: its labels, the words before the first one (perhaps a title), and the other words."""

    line: Line
    labels: tuple[Label, ...]
    lead: str
    rest: str

    def values(self, *fields: str) -> list[str]:
        return [label.value for label in self.labels if label.field in fields and label.value]

    @property
    def fields(self) -> set[str]:
        return {label.field for label in self.labels}
