"""The site's name and its own pages: one row, which is never added or deleted."""

from django import forms
from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse

from desk.base import DeskAdmin
from desk.history.history_views import HistoryAdmin
from desk.markdown_field import PageMarkdownField
from essays import site_identity
from essays.models import Site


class SiteForm(forms.ModelForm):
    class Meta:
        field_classes = dict.fromkeys(site_identity.PAGES, PageMarkdownField)


@admin.register(Site)
class SiteAdmin(HistoryAdmin, DeskAdmin):
    form = SiteForm
    fieldsets = [
        (None, {"fields": ["name"]}),
        *((page.capitalize(), {"fields": [f"{page}_title", page]}) for page in site_identity.PAGES),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        site = super().get_object(request, object_id, from_field)
        return site or (Site(pk=1) if str(object_id) == "1" else None)

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        return redirect("admin:essays_site_change", 1)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {"title": "The site", "subtitle": None, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def response_change(self, request, obj):
        self.message_user(request, "Saved. Every page shows it from now on.")
        return redirect(reverse("admin:essays_site_change", args=[1]))
