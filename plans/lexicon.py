"""Word lists of the grammars, written as plain text and made into patterns."""


def any_of(words: str) -> str:
    """A group that matches any of the words or patterns of a text, which white space parts."""
    return f"(?:{'|'.join(words.split())})"
