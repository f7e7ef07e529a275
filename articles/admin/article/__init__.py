"""Articles at the desk: admin.py is the list and the form, the other files are pages and buttons beside it."""

from . import admin  # noqa: F401  it registers the model
