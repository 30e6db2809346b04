"""The site's name and its own pages: one row, which is never added or deleted."""

from django import forms
from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from desk.base import DeskAdmin
from desk.history.history_views import HistoryAdmin
from desk.markdown_field import PageMarkdownField
from essays import site_identity
from essays.models import Site

# The form offers it as a start, and readers see it only once it is saved: it is true of the
# software, but an operator may do more with the data.
PRIVACY_TEXT = """\
Reading needs no account, and sets no cookie.

Writing a note without an account sets a cookie, `guest`, for a year: by it the site knows which \
notes are yours. Another, `csrf`, keeps other sites from sending forms in your name. A link to a \
draft that an editor gave you sets one, `preview`, until you close the browser.

With an account the site keeps your user name, your pen name, your e-mail if you give one, and \
what you write. A cookie, `session`, keeps you signed in.

Notes that you keep for yourself are shown to nobody else. Your \
[notebook](/notebook/) lists all that you wrote; you can take it with you, and delete it.

What you choose under Appearance, which films you have seen, and notes that you have not sent yet \
stay in your browser. To hold back misuse, the site counts for a minute how much comes from an \
address. It loads nothing from other sites and keeps no statistics.
"""
STARTING_TEXTS = {"privacy": PRIVACY_TEXT}


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

    def render_change_form(self, request, context, **kwargs):
        form = context["adminform"].form
        begin = request.GET.get("begin")
        if request.method == "GET" and begin in form.fields and not form.initial.get(begin):
            form.initial[begin] = STARTING_TEXTS.get(begin, "")
        elif "privacy" in form.fields and not form.initial.get("privacy"):
            field = form.fields["privacy"]
            link = '{} <a href="?begin=privacy">Begin with a text that is true of this software</a>'
            field.help_text = format_html(link, field.help_text)
        return super().render_change_form(request, context, **kwargs)

    def response_change(self, request, obj):
        self.message_user(request, "Saved. Every page shows it from now on.")
        return redirect(reverse("admin:essays_site_change", args=[1]))
