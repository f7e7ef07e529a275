"""Materialised paths of the organisation tree: fixed-width steps of 0-9A-Z, compared as plain strings.

A subtree is the range `path <= x < subtree_end(path)`, which both databases serve from the index whatever the
collation; a LIKE prefix would not be.
"""

STEP = 4
MAX_DEPTH = 15  # what Organization.path has room for
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def step(number: int) -> str:
    """The path step for the child `number` (0 to 36**4 - 1). Raises ValueError outside that range."""
    if not 0 <= number < 36**STEP:
        raise ValueError(f"a node holds at most {36**STEP - 1} children")
    digits = ""
    for _ in range(STEP):
        number, rest = divmod(number, 36)
        digits = ALPHABET[rest] + digits
    return digits


def step_number(path: str) -> int:
    """The number of the last step of `path`."""
    return int(path[-STEP:], 36)


def depth(path: str) -> int:
    """1 for a root."""
    return len(path) // STEP


def subtree_end(path: str) -> str:
    """The smallest path of the same width that follows every path beginning with `path`.

    The last possible step (ZZZZ) is never given out, so there is always one. Raises ValueError for such a path.
    """
    return path[:-STEP] + step(step_number(path) + 1)


def ancestor_paths(path: str) -> list[str]:
    """The paths above `path`, root first, itself left out."""
    return [path[:end] for end in range(STEP, len(path), STEP)]
