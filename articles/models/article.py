from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from organizations import rights

from .revision import Revision


def public_now(now=None) -> Q:
    """The condition of being published; start and end are decided here, at query time, or for a moment `now`."""
    now = now or timezone.now()
    return (
        Q(state=Article.State.PUBLIC)
        & (Q(publish_at=None) | Q(publish_at__lte=now))
        & (Q(withdraw_at=None) | Q(withdraw_at__gt=now))
    )


def readable_now(now=None) -> Q:
    """The condition of an address that shows the public a text: published, or withdrawn with the text kept."""
    return public_now(now) | Q(state=Article.State.WITHDRAWN, withdrawal_kind__in=Article.KEPT)


class ArticleQuerySet(models.QuerySet):
    def published(self, now=None):
        """What the public may read now (or at the moment `now`), and finds in lists."""
        return self.filter(public_now(now))

    def readable(self, now=None):
        """Whose address shows its text to the public now (or at the moment `now`), in lists or not."""
        return self.filter(readable_now(now))

    def within(self, user, verb: str):
        """What `user` may do `verb` to."""
        return self.filter(rights.reach(user, verb, "owner", limited="channel"))

    def visible_to(self, user):
        """What `user` may see behind the sign-in: their organisations' articles, and all that the public reads."""
        if user.is_superuser:
            return self
        return self.filter(rights.reach(user, "view", "owner", limited="channel") | readable_now())

    def for_lists(self):
        """With what a list line shows and no body."""
        return self.select_related("channel", "organization", "lead_image")

    def newest(self):
        return self.order_by("-sort_at", "-pk")


class Article(models.Model):
    """A piece that is, was or may be published (稿件).

    `review_stage` is the latest revision's stage while that waits on its way to the public, else empty; reviewing.py
    and publishing.py write it. `changes` holds what readers are told of major changes, the newest last: {"at": ISO
    time, "note": text}.

    The text lives in revisions. Title, kicker, summary, byline, size and the like are copies for lists, written by
    copy_to_article alone: of the live revision once there is one, of the latest before that.
    `owner` may edit it; `organization` is whom it is about and from.
    """

    class Kind(models.TextChoices):
        NEWS = "news", _("news")  # 新闻
        PLAN = "plan", _("plan or report")  # 工作要点, 计划, 总结
        NOTICE = "notice", _("notice")  # 通知公告
        SPEECH = "speech", _("speech or signed article")  # 讲话, 署名文章
        DOCUMENT = "document", _("document")  # 文件
        PAGE = "page", _("page")  # 概况, 办事指南
        OTHER = "other", _("other")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLIC = "public", _("public")
        WITHDRAWN = "withdrawn", _("withdrawn")
        TRASHED = "trashed", _("in the trash")

    class Withdrawal(models.TextChoices):
        """Why an article was withdrawn; it decides what its address says from then on."""

        ERROR = "error", _("published in error")  # 410 with the reason
        MERGED = "merged", _("merged into another article")  # leads there
        OUTDATED = "outdated", _("outdated")  # the text stays below a banner
        ARCHIVED = "archived", _("archived")  # the text stays below a banner

    KEPT = (Withdrawal.OUTDATED, Withdrawal.ARCHIVED)

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        SECOND = "second", _("second")

    owner = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="owned_articles", verbose_name=_("owner")
    )
    organization = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("organization"),
    )
    organization_as_written = models.CharField(_("organization as written"), max_length=120, blank=True)
    level = models.ForeignKey("organizations.Level", models.PROTECT, null=True, blank=True, verbose_name=_("level"))
    contributor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("contributor"),
    )
    channel = models.ForeignKey("articles.Channel", models.PROTECT, related_name="articles", verbose_name=_("channel"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NEWS)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    live_revision = models.ForeignKey(
        "articles.Revision",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("live revision"),
    )
    latest_revision = models.ForeignKey(
        "articles.Revision",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("latest revision"),
    )

    review_stage = models.CharField(
        _("review"), max_length=12, choices=Revision.Stage, blank=True, default="", editable=False
    )

    title = models.CharField(_("title"), max_length=200, editable=False)
    kicker = models.CharField(_("kicker"), max_length=200, blank=True, editable=False)
    summary = models.CharField(_("summary"), max_length=400, blank=True, editable=False)
    author = models.CharField(_("author"), max_length=100, blank=True, editable=False)
    lead_image = models.ForeignKey(
        "articles.MediaFile",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("lead picture"),
    )
    characters = models.PositiveIntegerField(_("characters"), default=0, editable=False)
    complete = models.BooleanField(_("complete"), default=True, editable=False)

    first_published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    published_at = models.DateTimeField(_("publication date"), null=True, blank=True)
    published_precision = models.CharField(max_length=10, choices=Precision, default=Precision.SECOND, editable=False)
    sort_at = models.GeneratedField(
        expression=Coalesce(F("published_at"), F("first_published_at"), F("created_at")),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    publish_at = models.DateTimeField(_("publish from"), null=True, blank=True)
    withdraw_at = models.DateTimeField(_("withdraw at"), null=True, blank=True)
    withdrawal_kind = models.CharField(
        _("kind of withdrawal"), max_length=10, choices=Withdrawal, blank=True, default="", editable=False
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("merged into")
    )
    correction = models.ForeignKey(
        "articles.Revision",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("scheduled correction"),
    )
    correct_at = models.DateTimeField(_("correct at"), null=True, editable=False)
    correction_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    correction_failure = models.TextField(_("why the correction failed"), blank=True, default="", editable=False)
    revised_at = models.DateTimeField(_("last major change"), null=True, editable=False)
    changes = models.JSONField(_("public change notes"), default=list, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, editable=False)
    withdrawal_reason = models.TextField(_("reason of withdrawal"), blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True, editable=False)
    imported = models.BooleanField(_("imported"), default=False, editable=False)

    tags = TaggableManager(_("tags"), blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_at", "-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="public") | Q(live_revision__isnull=False), name="public_article_has_live_revision"
            ),
            models.CheckConstraint(
                condition=~Q(state="public") | Q(first_published_at__isnull=False), name="public_article_has_first_time"
            ),
            models.CheckConstraint(
                condition=Q(correction__isnull=True, correct_at__isnull=True)
                | Q(correction__isnull=False, correct_at__isnull=False),
                name="correction_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(withdrawal_kind="merged") | Q(merged_into__isnull=False), name="merged_article_leads_on"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-sort_at", "-id"], name="article_newest"),
            models.Index(fields=["-sort_at", "-id"], name="article_newest_of_all"),
            models.Index(fields=["channel", "state", "-sort_at", "-id"], name="article_by_channel"),
            models.Index(fields=["organization", "state", "-sort_at"], name="article_by_organization"),
            models.Index(fields=["owner", "state", "-sort_at"], name="article_by_owner"),
            models.Index(
                fields=["review_stage", "changed_at"], condition=~Q(review_stage=""), name="article_in_review"
            ),
            models.Index(fields=["correct_at"], condition=Q(correct_at__isnull=False), name="article_correction_due"),
            models.Index(fields=["publish_at"], condition=Q(publish_at__isnull=False), name="article_publish_due"),
            models.Index(fields=["withdraw_at"], condition=Q(withdraw_at__isnull=False), name="article_withdraw_due"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])

    @property
    def is_public_now(self) -> bool:
        """The rule of `published()` for one loaded row."""
        now = timezone.now()
        return (
            self.state == self.State.PUBLIC
            and (self.publish_at is None or self.publish_at <= now)
            and (self.withdraw_at is None or self.withdraw_at > now)
        )

    @property
    def has_been_public(self) -> bool:
        """Whether the first publication lies behind; one that is set for later has not been."""
        return self.first_published_at is not None and self.first_published_at <= timezone.now()

    @property
    def is_kept(self) -> bool:
        """Withdrawn, with its text still shown at its address below a banner."""
        return self.state == self.State.WITHDRAWN and self.withdrawal_kind in self.KEPT

    @property
    def is_merged(self) -> bool:
        """Withdrawn because another article holds its text; its address leads there."""
        return self.state == self.State.WITHDRAWN and self.withdrawal_kind == self.Withdrawal.MERGED

    @property
    def has_unpublished_changes(self) -> bool:
        return self.live_revision_id is not None and self.live_revision_id != self.latest_revision_id

    @property
    def reading_minutes(self) -> int:
        """At 300 characters a minute, rounded up; 0 for an empty text."""
        return -(-self.characters // 300)
