"""The importer's rules in words: why a value was taken, for the person who checks it."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    # Title, kicker, subtitle
    "title-line": _("the line of the title"),
    "title-style": _("set as a title in the file"),
    "title-tag": _("the page's window title"),
    "sheet-title": _("the table's title"),
    "title-on-information-line": _("before the line of source and date"),
    "title-before-text": _("the line before the text"),
    "breadcrumb-leaf": _("the end of the path of channels"),
    "table-or-marker": _("the table of contents or the piece's number"),
    "kicker-on-title-line": _("before the title on its line"),
    "line-above-title": _("the line above the title"),
    "dash-below-title": _("the line with a dash below the title"),
    # Source, author, editor
    "label": _("named by its label"),
    "bare-name": _("a name on the line of source and date"),
    "byline": _("the line of names below the title"),
    "lead": _("the opening words of the report"),
    "account-line": _("the account's line"),
    "author-note": _("a note on the author"),
    "credit-in-brackets": _("brackets at the end of the text"),
    "person-in-source": _("a person named as the source"),
    "post-in-source": _("a post named with the source"),
    "organisation-in-author": _("a body named as the author"),
    "file-properties": _("the file's properties"),
    # Date
    "labelled-date": _("named by its label"),
    "date-in-info-line": _("the line of source and date"),
    "sign-off": _("the signature at the end"),
    "signature": _("the signature at the end"),
    # Organization and level
    "title": _("named in the title"),
    "unit-in-title": _("a place or a body named in the title"),
    "place-in-title": _("the place that heads the title"),
    "visited": _("the union visited, by the title"),
    "own-unit": _("a body's own words for itself"),
    "own-unit-in-text": _("the first lines' own words for their body"),
    "subject-of-text": _("named most in the text"),
    "author-post": _("the author's post"),
    "source": _("the source"),
    "publisher": _("the publisher"),
    "site": _("the site's name"),
    "unit-of-site": _("the body whose site it is"),
    "kind-of-unit": _("the kind of body"),
    "division": _("where the place belongs"),
    "name": _("the name itself"),
    # Kind
    "issued-plan": _("a plan printed in an issued document"),
    "notice-title": _("a notice by its title"),
    "plan-title": _("a plan by its title"),
    "document-title": _("a document by its title"),
    "speech-title": _("a speech by its title"),
    "common-title": _("the collection's title"),
    "author-with-post": _("signed with name and post"),
    "salutation": _("begins with a salutation"),
    "year-and-tasks": _("names a year and tasks"),
    "intent": _("says what is to be done"),
    "report": _("reports an event"),
    "reads-ahead": _("the opening looks ahead"),
    "no-text": _("there is no text"),
    "foreign-page": _("a page in a foreign language"),
    "foreign-union": _("about a union abroad"),
    "another-body-in-title": _("another body is named in the title"),
    "no-union-words": _("hardly speaks of unions"),
    "advertisement": _("reads as an advertisement"),
    "union-in-title": _("a union is named in the title"),
    "union-around": _("a union's site or source"),
    "union-acts": _("a union acts in the text"),
    "signed-by-union": _("a union signs or speaks"),
    "another-body-acts": _("another body acts in the text"),
    "recipe": _("a recipe"),
    "guild": _("a guild of game players"),
    "union-in-text": _("a union is named in the text"),
    # Year of the plan
    "doc-number": _("the document number"),
    "year-in-title": _("the year in the title"),
    "year-in-first-sentence": _("the year in the first sentence"),
    "year-in-document-number": _("the year in the document number"),
    "five-year-plan": _("the five-year plan that is named"),
    "year-of-congress-or-plan": _("a congress or plan that is named"),
    "event-of-the-year": _("an event of that year"),
    "opening-year-phrase": _("the year in the opening words"),
    "closing-year-phrase": _("the year in the closing words"),
    "next-year-in-title": _("“next year” in the title"),
    "this-year-in-title": _("“this year” in the title"),
    "report-of-the-year-ended": _("a report of the year before its date"),
    "forward-looking-at-year-end": _("looks ahead at the end of a year"),
    "published-early-in-year": _("published early in the year"),
    "this-year-at-publication": _("the year it was published in"),
    "from-neighbour": _("the year of another article of the page"),
    "from_neighbour": _("the year of another article of the page"),
    # Channel and what the format states
    "breadcrumb": _("the path of channels on the page"),
    "json-ld": _("data stated in the page"),
    "script": _("data stated in the page"),
    "link-canonical": _("data stated in the page"),
    # What the import was begun for
    "asked-for": _("the gap from which the import was begun"),
}
STATED = "meta-"


def of(rule: str) -> str:
    """Why a value was taken, in the reader's language; a rule without words of its own gives its code."""
    if rule.startswith(STATED):
        return str(WORDS["json-ld"])
    return str(WORDS.get(rule, rule))
