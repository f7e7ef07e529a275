"""What among saved web pages is a page, and what lies beside one."""

from pathlib import PurePosixPath

PARTS = {".css", ".js", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp", ".bmp", ".woff", ".woff2", ".ttf"}
"""What lies beside saved web pages and is no page."""
PAGES = {".htm", ".html", ".shtml", ".xhtml", ".asp", ".aspx", ".jsp", ".php"}


def is_part(name: str, with_pages: bool) -> bool:
    """Whether a file among saved web pages belongs to one of them."""
    return with_pages and PurePosixPath(name).suffix.lower() in PARTS


def is_web_page(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in PAGES
