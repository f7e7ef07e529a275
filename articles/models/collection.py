from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article


class CollectionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(is_public=True)

    def with_counts(self):
        """Add `named`, the entries a reader sees, and `here`, those of them whose article is public.

        The others are texts that are missing; a draft or a withdrawn article is no entry at all.
        """
        now, its = timezone.now(), "entries__article__"  # joined: a condition "in all that is public" reads all of that
        public = Q(**{f"{its}state": Article.State.PUBLIC})
        public &= Q(**{f"{its}publish_at": None}) | Q(**{f"{its}publish_at__lte": now})
        public &= Q(**{f"{its}withdraw_at": None}) | Q(**{f"{its}withdraw_at__gt": now})
        missing = Q(entries__isnull=False, entries__article=None)
        return self.annotate(named=Count("entries", filter=public | missing), here=Count("entries", filter=public))


class Collection(models.Model):
    """A topic or an anthology (专题/文集): a title, an introduction and ordered entries."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    intro = models.TextField(_("introduction"), blank=True)
    owner = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", verbose_name=_("owner"))
    is_public = models.BooleanField(_("public"), default=False)
    declared_count = models.PositiveIntegerField(_("entries the original names"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.slug])


class CollectionEntry(models.Model):
    """A place in a collection. Without an article it stands for a text that is missing and says so."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="entries", verbose_name=_("collection"))
    position = models.PositiveIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200, blank=True, help_text=_("Empty: the article's own title."))
    article = models.ForeignKey(
        "articles.Article", models.PROTECT, null=True, blank=True, related_name="places", verbose_name=_("article")
    )

    class Meta:
        ordering = ["position"]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["collection", "position"], name="collection_position_once"),
            models.CheckConstraint(
                condition=~models.Q(title="") | models.Q(article__isnull=False),
                name="collection_entry_has_title_or_article",
                violation_error_message=_("An entry needs an article or a title."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.article)
