from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Revision(models.Model):
    """One state of an article's text (版本); never changed once it is there, except for its stage and its name."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft")
        FIRST = "first", _("first review")  # 初审
        SECOND = "second", _("second review")  # 复审
        FINAL = "final", _("final review")  # 终审
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")
        SUPERSEDED = "superseded", _("superseded")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="revisions", verbose_name=_("article"))
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    kicker = models.CharField(_("kicker"), max_length=200, blank=True)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    body = models.TextField(_("text"), blank=True)
    source = models.CharField(_("source"), max_length=100, blank=True)
    author = models.CharField(_("author"), max_length=100, blank=True)
    author_title = models.CharField(_("author's post"), max_length=100, blank=True)
    editor = models.CharField(pgettext_lazy("who edited a text", "editor"), max_length=60, blank=True)
    reviewer = models.CharField(pgettext_lazy("who reviewed a text", "reviewer"), max_length=60, blank=True)
    index_number = models.CharField(_("index number"), max_length=60, blank=True, default="")  # 索引号
    document_number = models.CharField(_("document number"), max_length=60, blank=True, default="")  # 文号
    written_on = models.DateField(_("date of the document"), null=True, blank=True)  # 成文日期
    original_url = models.CharField(_("original address"), max_length=500, blank=True, default="")  # 原文链接
    tags = models.JSONField(_("tags"), default=list, blank=True)
    channel = models.ForeignKey("articles.Channel", models.PROTECT, related_name="+", verbose_name=_("channel"))
    lead_image = models.ForeignKey(
        "articles.MediaFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lead picture")
    )
    complete = models.BooleanField(
        _("complete"), default=True, help_text=_("Off: the page says that the original text is cut short.")
    )
    characters = models.PositiveIntegerField(_("characters"), default=0)
    change_note = models.CharField(_("change note"), max_length=200, blank=True)
    major = models.BooleanField(_("major change"), default=False)
    public_note = models.CharField(_("note to readers"), max_length=200, blank=True)
    name = models.CharField(_("name of this revision"), max_length=60, blank=True)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    made_by_name = models.CharField(_("made by"), max_length=60, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    restored_from = models.ForeignKey(
        "self", models.RESTRICT, null=True, editable=False, related_name="+", verbose_name=_("taken up from")
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    submitted_by_name = models.CharField(_("submitted by"), max_length=60, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"


class Review(models.Model):
    """A reviewer's decision on a revision (审核意见). Nobody acts twice on a revision.

    A leader without an account decides through a link: then `link` is set and `person` is not.
    """

    class Decision(models.TextChoices):
        PASS = "pass", _("passed")
        RETURN = "return", _("returned")

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="reviews", verbose_name=_("revision"))
    stage = models.CharField(_("stage"), max_length=12, choices=Revision.Stage)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    link = models.ForeignKey(
        "articles.PreviewLink", models.PROTECT, null=True, related_name="reviews", verbose_name=_("link")
    )
    person_name = models.CharField(_("name of the person"), max_length=60)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    opinion = models.TextField(_("opinion"), blank=True)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        ordering = ["at"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["revision", "person"], name="review_once_a_person"),
            models.UniqueConstraint(fields=["revision", "link"], name="review_once_a_link"),
        ]

    def __str__(self) -> str:
        return f"{self.revision} · {self.get_stage_display()} · {self.person_name}"
