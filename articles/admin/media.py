"""Pictures and attachments at the desk, and the two addresses the text editor asks for pictures."""

import re

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.template.defaultfilters import filesizeformat
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import uploads
from articles.forms import MediaFileForm, UploadForm
from articles.models import Article, MediaFile
from articles.renditions import narrowest
from organizations import rights
from organizations.admin.scoped import ScopedAdmin, sentence
from organizations.models import Organization, SiteSettings

SHOWN_PICTURES = 24
_NUMBER = re.compile(r"[0-9]{1,18}")


def own_organization(user):
    """The organisation that a new file of `user` belongs to unless they say otherwise."""
    own = Organization.objects.filter(rights.reach(user, "write", ""), memberships__user=user)
    return own.order_by("path").first() or SiteSettings.load().organization


@admin.register(MediaFile)
class MediaFileAdmin(ScopedAdmin):
    form = MediaFileForm
    verbs = {"view": "view", "add": "write", "change": "write", "delete": None}
    list_display = ("preview", "title_shown", "kind", "size_shown", "owner", "uploaded_at")
    list_display_links = ("preview", "title_shown")
    list_filter = ("kind", "uploaded_at")
    list_select_related = ()
    search_fields = ("alt", "caption", "original_name")
    autocomplete_fields = ("owner",)
    ordering = ("-uploaded_at", "-pk")
    sortable_by = ("uploaded_at",)
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("owner")  # joined, SQLite would begin with the owners

    def has_change_permission(self, request, obj=None):
        """The words below a picture that a signed-off text shows are an editor's to change, like that text.

        It speaks of lead pictures; those within a text are named there by their address alone.
        """
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed or rights.may(request.user, "edit", obj):
            return allowed
        if not hasattr(obj, "_shown"):
            obj._shown = Article.objects.filter(live_revision__lead_image=obj).exists()
        return not obj._shown

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs |= {"form": UploadForm, "fields": UploadForm.Meta.fields}
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request, obj=None):
        if obj is None:
            return ("file", "alt", "caption", "owner")
        return (
            "large",
            "alt",
            "caption",
            "owner",
            "address",
            "original_name",
            "media_type",
            "size_shown",
            "uploaded_by",
        )

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return ()
        return ("large", "owner", "address", "original_name", "media_type", "size_shown", "uploaded_by")

    def get_changeform_initial_data(self, request):
        return {"owner": own_organization(request.user)}

    def save_model(self, request, media, form, change):
        if change:
            media.save()
            return
        data = form.cleaned_data
        made = uploads.store(
            data["file"], owner=data["owner"], by=request.user, alt=data["alt"], caption=data["caption"]
        )
        media.__dict__.update({key: value for key, value in made.__dict__.items() if key != "_state"})

    def log_addition(self, request, obj, message):
        """uploads.store has written it already."""

    @admin.display(description="")
    def preview(self, media):
        return self._picture(media, "thumb")

    @admin.display(description=gettext_lazy("picture"))
    def large(self, media):
        return self._picture(media, "large")

    def _picture(self, media, look):
        if media.kind != MediaFile.Kind.IMAGE:
            return media.get_kind_display()
        address = narrowest(media) if look == "thumb" else media.file.url
        return format_html('<img class="union-{}" src="{}" alt="{}" loading="lazy">', look, address, media.alt)

    @admin.display(description=gettext_lazy("text alternative"), ordering="alt")
    def title_shown(self, media):
        return media.alt or media.original_name

    @admin.display(description=gettext_lazy("size"), ordering="size")
    def size_shown(self, media):
        return filesizeformat(media.size)

    @admin.display(description=gettext_lazy("address"))
    def address(self, media):
        return format_html('<a href="{0}">{0}</a>', media.file.url)

    # For the text editor

    def get_urls(self):
        own = [
            path("pictures/", self.admin_site.admin_view(self.pictures_view), name="articles_mediafile_pictures"),
            path("upload/", self.admin_site.admin_view(self.upload_view), name="articles_mediafile_upload"),
        ]
        return own + super().get_urls()

    def pictures_view(self, request):
        """The newest pictures the person may use, those that hold the words of `q` in their text."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_queryset(request).filter(kind=MediaFile.Kind.IMAGE)
        rows, _duplicates = self.get_search_results(request, rows, request.GET.get("q", "")[:100])
        return JsonResponse({"pictures": [_for_script(media) for media in rows[:SHOWN_PICTURES]]})

    def upload_view(self, request):
        """Store one picture; the answer is the picture or {"error": one sentence}."""
        if request.method != "POST" or not self.has_add_permission(request):
            raise PermissionDenied
        upload = request.FILES.get("file")
        if upload is None:
            return JsonResponse({"error": _("Choose a file first.")}, status=400)
        number = request.POST.get("owner", "")
        known = _NUMBER.fullmatch(number)
        owner = Organization.objects.filter(pk=number).first() if known else own_organization(request.user)
        if owner is None:
            return JsonResponse({"error": _("Choose the organization that owns the article first.")}, status=400)
        words = {"alt": request.POST.get("alt", ""), "caption": request.POST.get("caption", "")}
        try:
            media = uploads.store(upload, owner=owner, by=request.user, **words)
        except (ValidationError, PermissionDenied) as refusal:
            return JsonResponse({"error": sentence(refusal)}, status=400)
        return JsonResponse(_for_script(media))


def _for_script(media: MediaFile) -> dict:
    return {"id": media.pk, "url": media.file.url, "alt": media.alt, "caption": media.caption}
