"""What is promised: work plans, their clauses, themes, targets, and how far the targets have come."""

from .clause import Clause, ClauseTheme, Theme
from .progress import Evidence, ProgressReport
from .target import Indicator, Target
from .work_plan import WorkPlan

__all__ = ["Clause", "ClauseTheme", "Evidence", "Indicator", "ProgressReport", "Target", "Theme", "WorkPlan"]
