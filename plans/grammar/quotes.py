"""How the quote of a target is known again, whatever its white space and quotation marks."""

import hashlib

from articles.canonical import canonical


def quote_hash(quote: str) -> str:
    """SHA-256 (hex) of the canonical quote."""
    return hashlib.sha256(canonical(quote).encode()).hexdigest()
