"""The text editor of the article form: its widget, its scripts and their words.

The scripts take their words from gettext(), which the desk's catalogue fills from WORDS. The editor only offers what
articles.html.clean keeps; the server cleans again whatever arrives.
"""

from django import forms
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext_noop as noop

WORDS = (
    noop("Text tools"),
    noop("Paragraph"),
    noop("Heading"),
    noop("Smaller heading"),
    noop("Bold"),
    noop("Emphasis dots"),
    noop("List"),
    noop("Numbered list"),
    noop("Quotation"),
    noop("Link"),
    noop("Picture"),
    noop("Table"),
    noop("Add row"),
    noop("Add column"),
    noop("Remove row"),
    noop("Remove column"),
    noop("Remove table"),
    noop("Undo"),
    noop("Redo"),
    noop("Address of the link"),
    noop("Leave it empty to remove the link."),
    noop("Set the link"),
    noop("Choose a picture"),
    noop("Upload a new picture"),
    noop("Picture file (JPEG, PNG, WebP or GIF)"),
    noop("What the picture shows, for readers who cannot see it"),
    noop("Caption below the picture (may be empty)"),
    noop("Upload and use"),
    noop("Pictures that are there already"),
    noop("Search pictures"),
    noop("No picture found."),
    noop("The server could not be reached. Check the connection and try again."),
    noop("Close"),
    noop("Choose or upload a picture"),
    noop("Characters: %s"),
    noop("Row"),
    noop("Today (%(date)s)"),
    noop("Yesterday (%(date)s)"),
    noop("Tomorrow (%(date)s)"),
    noop("Note: Enter times in the %(timezone)s timezone. (You are %(offset)s hour ahead.)"),
    noop("Note: Enter times in the %(timezone)s timezone. (You are %(offset)s hour behind.)"),
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
