from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.Model):
    """A channel (栏目): a list of articles, or a single page such as 工会概况."""

    class Kind(models.TextChoices):
        LIST = "list", _("list of articles")
        PAGE = "page", _("single page")

    class ColumnType(models.TextChoices):
        """ColumnType of the page tag standard (网页标签规范, 国办发〔2017〕47号); the value is what the tag prints."""

        HOME = "首页", _("home page")
        OVERVIEW = "概况信息", _("overview")
        DUTIES = "机构职能", _("duties")
        LEADERS = "负责人信息", _("leaders")
        NEWS = "工作动态", _("work news")
        POLICY = "政策文件", _("policy documents")
        PLANNING = "规划计划", _("plans")
        DISCLOSURE = "信息公开", _("disclosure")
        SERVICE = "办事服务", _("services")
        COMPLAINTS = "咨询投诉", _("enquiries and complaints")
        TOPIC = "专题专栏", _("topics")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent channel")
    )
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LIST)
    column_type = models.CharField(_("column type"), max_length=10, choices=ColumnType, blank=True)
    description = models.CharField(_("description"), max_length=200, blank=True)
    keywords = models.CharField(_("keywords"), max_length=200, blank=True)
    review_stages = models.PositiveSmallIntegerField(
        _("review stages"), default=0, validators=[MaxValueValidator(3)], help_text=_("0: an editor publishes.")
    )
    update_limit_days = models.PositiveSmallIntegerField(
        _("update limit in days"), null=True, blank=True, help_text=_("After so many days without news it is stale.")
    )
    position = models.PositiveSmallIntegerField(_("menu order"), default=100)
    in_menu = models.BooleanField(_("in the menu"), default=True)
    page = models.ForeignKey(
        "articles.Article", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("article shown")
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        constraints = [
            models.CheckConstraint(condition=models.Q(review_stages__lte=3), name="channel_review_stages"),
            models.UniqueConstraint(fields=["parent", "name"], name="channel_once_below_its_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("channel", args=[self.slug])


class ChannelLimit(models.Model):
    """Narrows a membership to the channels named; without any it reaches all, so a channel named stays."""

    membership = models.ForeignKey(
        "organizations.Membership", models.CASCADE, related_name="channel_limits", verbose_name=_("membership")
    )
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", verbose_name=_("channel"))

    class Meta:
        verbose_name = _("channel limit")
        verbose_name_plural = _("channel limits")
        constraints = [models.UniqueConstraint(fields=["membership", "channel"], name="channel_limit_once")]

    def __str__(self) -> str:
        return f"{self.membership} · {self.channel}"
