"""The text editor of the article form: its widget, its scripts and their words.

The scripts take their words from gettext(), which the desk's catalogue fills from WORDS. The editor only offers what
articles.html.clean keeps; the server cleans again whatever arrives.
"""

from django import forms
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("Previous (%(month)s %(year)s)"),  # the date picker's, for those who hear the page
    gettext_noop("Next (%(month)s %(year)s)"),
    gettext_noop("%(month)s %(day)s, %(year)s"),
    gettext_noop("%s (today, current selection)"),
    gettext_noop("%s (today)"),
    gettext_noop("%s (current selection)"),
    gettext_noop("Text tools"),
    gettext_noop("Paragraph"),
    gettext_noop("Heading"),
    gettext_noop("Smaller heading"),
    gettext_noop("Bold"),
    gettext_noop("Emphasis dots"),
    gettext_noop("List"),
    gettext_noop("Numbered list"),
    gettext_noop("Quotation"),
    gettext_noop("Link"),
    gettext_noop("Picture"),
    gettext_noop("Table"),
    gettext_noop("Add row"),
    gettext_noop("Add column"),
    gettext_noop("Remove row"),
    gettext_noop("Remove column"),
    gettext_noop("Remove table"),
    gettext_noop("Undo"),
    gettext_noop("Redo"),
    gettext_noop("Address of the link"),
    gettext_noop("Leave it empty to remove the link."),
    gettext_noop("Set the link"),
    gettext_noop("Choose a picture"),
    gettext_noop("Upload a new picture"),
    gettext_noop("Picture file (JPEG, PNG, WebP or GIF)"),
    gettext_noop("What the picture shows, for readers who cannot see it"),
    gettext_noop("Caption below the picture (may be empty)"),
    gettext_noop("Upload and use"),
    gettext_noop("Pictures that are there already"),
    gettext_noop("Search pictures"),
    gettext_noop("No picture found."),
    gettext_noop("The server could not be reached. Check the connection and try again."),
    gettext_noop("Close"),
    gettext_noop("Choose or upload a picture"),
    gettext_noop("Characters: %s"),
    gettext_noop("Row"),
    gettext_noop("Today (%(date)s)"),
    gettext_noop("Yesterday (%(date)s)"),
    gettext_noop("Tomorrow (%(date)s)"),
    gettext_noop("Note: Enter times in the %(timezone)s timezone. (You are %(offset)s hour ahead.)"),
    gettext_noop("Note: Enter times in the %(timezone)s timezone. (You are %(offset)s hour behind.)"),
    gettext_noop("Your text was kept at %s. It is not saved yet."),
    gettext_noop("You are signed out. Your text is still in this window."),
    gettext_noop("Sign in again in another tab, then go on here."),
    gettext_noop("You may not write in this article any more. Your text is still in this window."),
    gettext_noop("The server cannot be reached. Your text is still in this window; it is tried again."),
)


class BodyWidget(forms.Textarea):
    """A text area that its script turns into the editor; without the script it holds the HTML."""

    def __init__(self, attrs=None):
        super().__init__({"class": "vLargeTextField union-body", "rows": 24, **(attrs or {})})

    def get_context(self, name, value, attrs):
        addresses = {
            "data-pictures": reverse("admin:articles_mediafile_pictures"),
            "data-upload": reverse("admin:articles_mediafile_upload"),
        }
        return super().get_context(name, value, {**addresses, **(attrs or {})})

    @property
    def media(self):
        return forms.Media(
            css={"all": ["django_prose_editor/editor.css", "admin/union-editor.css"]},
            js=[Script("admin/union-editor.js", type="module")],
        )


class TagsWidget(forms.TextInput):
    """Words with commas or spaces between; the script proposes words in use."""

    def __init__(self, attrs=None):
        super().__init__({"class": "vTextField union-tags", "autocomplete": "off", **(attrs or {})})

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, {"data-tags": reverse("admin:articles_article_tags"), **(attrs or {})})

    @property
    def media(self):
        return forms.Media(js=[Script("admin/union-tags.js", type="module")])
