"""Channels at the desk; the administrator changes them."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from articles.models import Channel, ChannelLimit
from organizations.admin.scoped import RefusableForm, ScopedAdmin


class ChannelForm(RefusableForm):
    def clean_parent(self):
        """A channel stands neither below itself nor below one that stands below it."""
        parent = above = self.cleaned_data["parent"]
        seen = {self.instance.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError(_("This channel stands below the one you edit. Choose another parent channel."))
            seen.add(above.pk)
            above = above.parent
        return parent


@admin.register(Channel)
class ChannelAdmin(ScopedAdmin):
    form = ChannelForm
    owner_field = None
    verbs = {"view": "view", "add": "manage", "change": "manage", "delete": "manage"}
    list_display = ("name_shown", "parent", "slug", "kind", "column_type", "review_stages", "position", "in_menu")
    list_filter = ("kind", "review_stages", "in_menu")
    list_select_related = ("parent",)
    search_fields = ("name", "slug")
    autocomplete_fields = ("parent", "page")
    actions = None

    def delete_view(self, request, object_id, extra_context=None):
        """As Django's; a channel that narrows somebody's role stays, and who that is is said."""
        channel = self.get_object(request, unquote(object_id))
        if channel is not None and self.has_delete_permission(request, channel):
            limits = ChannelLimit.objects.filter(channel=channel).select_related("membership__user")
            if names := list(dict.fromkeys(str(limit.membership.user) for limit in limits)):
                said = _("Roles are narrowed to this channel; take it from these accounts first: %s.")
                self.message_user(request, said % "、".join(names), messages.ERROR)
                return self.back_to(channel)
        return super().delete_view(request, object_id, extra_context)

    @admin.display(description=pgettext_lazy("of a thing", "name"), ordering="name")
    def name_shown(self, channel):
        return format_html('<span class="depth depth-{}">{}</span>', 1 if channel.parent_id else 0, channel.name)
