"""Publishing, withdrawing, the trash: one article at a time or the chosen ones of the list."""

import re

from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import publishing
from articles.life_forms import ReasonForm, WithdrawForm
from articles.models import Article
from organizations import rights

from .pages import Pages

MOST_AT_ONCE = 1000
_NUMBER = re.compile(r"[0-9]{1,18}")


class LifePages(Pages):
    actions = ("publish_chosen", "withdraw_chosen", "trash_chosen", "restore_chosen", "full_width_chosen")

    def get_urls(self):
        return [
            self.page("withdraw/", self.withdraw_many_view, "withdraw_many"),
            self.page("<int:pk>/withdraw/", self.withdraw_view, "withdraw"),
            self.page("<int:pk>/trash/", self.trash_view, "trash"),
            self.page("<int:pk>/restore/", self.restore_view, "restore"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        user = request.user
        state = obj.state if obj else Article.State.DRAFT
        trashed = state == Article.State.TRASHED
        verb = "write" if obj is None or obj.live_revision_id is None else "withdraw"
        context |= {
            "may_publish": rights.may(user, "publish", obj) and not trashed,
            "may_withdraw": obj and (state == "public" or obj.is_kept) and rights.may(user, "withdraw", obj),
            "may_trash": obj and state in ("draft", "withdrawn") and rights.may(user, verb, obj),
            "may_restore": trashed and rights.may(user, verb, obj),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def withdraw_view(self, request, pk):
        article = self.article(request, pk, "withdraw")
        seen = article.has_been_public
        form = self.withdraw_form(request.POST) if seen else ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            done = _("Withdrawn. The address says so and gives your reason.") if seen else _("It is a draft again.")
            self.run(request, lambda: publishing.withdraw(article, request.user, **form.cleaned_data), done)
            return self.back_to(article)
        text = _("Its address stays; choose what it says. You can publish the article again later.")
        if not seen:
            text = _("Its start lies ahead, nobody has read it yet: it becomes a draft again.")
        return self.confirm(
            request,
            article,
            title=_("Withdraw “%s”") % article,
            text=text,
            button=_("Withdraw the article"),
            form=form,
        )

    def withdraw_form(self, data=None) -> WithdrawForm:
        """The form, with a field that looks for public articles while one types."""
        widget = AutocompleteSelect(Article._meta.get_field("merged_into"), self.admin_site)
        return WithdrawForm(data or None, into_widget=widget)

    def trash_view(self, request, pk):
        article = self.article(request, pk, "write")
        if request.method == "POST":
            self.run(request, lambda: publishing.trash(article, request.user), _("It is in the trash now."))
            return self.back_to(article)
        return self.confirm(
            request,
            article,
            title=_("Put “%s” into the trash") % article,
            text=_("Nothing is lost: you can take it out again."),
            button=_("Put into the trash"),
        )

    def restore_view(self, request, pk):
        article = self.article(request, pk, "write")
        if request.method == "POST":
            self.run(request, lambda: publishing.restore(article, request.user), _("It is out of the trash again."))
            return self.back_to(article)
        return self.confirm(
            request,
            article,
            title=_("Take “%s” out of the trash") % article,
            text=_("A draft is a draft again; what was public once comes back withdrawn."),
            button=_("Take out of the trash"),
        )

    # List actions

    @admin.action(description=gettext_lazy("Publish the chosen articles"))
    def publish_chosen(self, request, chosen):
        later = []

        def publish(article):
            if not publishing.publish(article, request.user, keep_start=True).is_public_now:
                later.append(article)

        self.run_on_each(request, chosen, publish, _("%d articles are published."))
        for article in later:
            said = _("“%(title)s” has a start of its own: it will be public from %(time)s.")
            time = f"{timezone.localtime(article.publish_at):%Y-%m-%d %H:%M}"
            self.message_user(request, said % {"title": article, "time": time})

    @admin.action(description=gettext_lazy("Withdraw the chosen articles"))
    def withdraw_chosen(self, request, chosen):
        if chosen.count() > MOST_AT_ONCE:
            return self._too_many(request)
        return self._ask_to_withdraw(request, chosen, self.withdraw_form())

    def _too_many(self, request):
        said = _("At most %d articles are withdrawn at once. Choose fewer.") % MOST_AT_ONCE
        self.message_user(request, said, messages.ERROR)
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))

    def withdraw_many_view(self, request):
        if not rights.may(request.user, "withdraw"):
            raise PermissionDenied
        numbers = [part for part in request.POST.get("ids", "").split(",") if _NUMBER.fullmatch(part)]
        if len(numbers) > MOST_AT_ONCE:
            return self._too_many(request)
        chosen = self.get_queryset(request).filter(pk__in=numbers)
        form = self.withdraw_form(request.POST)
        if request.method == "POST" and form.is_valid():
            given, done = form.cleaned_data, _("%d articles are withdrawn.")
            self.run_on_each(request, chosen, lambda article: publishing.withdraw(article, request.user, **given), done)
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        return self._ask_to_withdraw(request, chosen, form)

    def _ask_to_withdraw(self, request, chosen, form):
        """The page that asks for one reason; it posts the articles' numbers, too many perhaps for an address."""
        return self.confirm(
            request,
            None,
            address=reverse("admin:articles_article_withdraw_many"),
            numbers=",".join(str(article.pk) for article in chosen),
            title=_("Withdraw the chosen articles"),
            text=_("Each address stays; choose what it says."),
            rows=chosen,
            button=_("Withdraw the articles"),
            form=form,
        )

    @admin.action(description=gettext_lazy("Put the chosen articles into the trash"))
    def trash_chosen(self, request, chosen):
        self.run_on_each(
            request, chosen, lambda article: publishing.trash(article, request.user), _("%d articles are in the trash.")
        )

    @admin.action(description=gettext_lazy("Take the chosen articles out of the trash"))
    def restore_chosen(self, request, chosen):
        done = _("%d articles are out of the trash again.")
        self.run_on_each(request, chosen, lambda article: publishing.restore(article, request.user), done)

    @admin.action(description=gettext_lazy("Set half-width marks full-width"))
    def full_width_chosen(self, request, chosen):
        done = _("%d articles have full-width marks now; publish them when you have looked at them.")
        self.run_on_each(request, chosen, lambda article: publishing.set_full_width(article, request.user), done)
