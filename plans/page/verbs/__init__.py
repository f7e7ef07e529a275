"""What is done to a plan's clauses and targets at its page. Each verb asks for the right and can be undone."""

from .clauses import add_clause, confirm_clause, merge, move, rename, retheme, split
from .editing import may_edit
from .letting_go import delete_target, let_go, note_changes
from .targets import add_target, change_target, confirm_target, requote
from .undoing import undo

__all__ = [
    "add_clause",
    "add_target",
    "change_target",
    "confirm_clause",
    "confirm_target",
    "delete_target",
    "let_go",
    "may_edit",
    "merge",
    "move",
    "note_changes",
    "rename",
    "requote",
    "retheme",
    "split",
    "undo",
]
