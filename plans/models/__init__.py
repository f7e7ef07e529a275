"""What is promised: work plans, their clauses, themes, targets, and how far the targets have come."""

from .clause import Clause, ClauseTheme, Theme
from .coverage import Expectation, Reminder
from .demonstration import Demonstration
from .edit import PlanEdit
from .pairing import Pairing
from .progress import Evidence, ProgressReport
from .saved_view import SavedView
from .target import Indicator, Measure, Target
from .work_plan import WorkPlan

__all__ = [
    "Clause",
    "ClauseTheme",
    "Demonstration",
    "Evidence",
    "Expectation",
    "Indicator",
    "Measure",
    "Pairing",
    "PlanEdit",
    "ProgressReport",
    "Reminder",
    "SavedView",
    "Target",
    "Theme",
    "WorkPlan",
]
