"""Merging two items of the catalogue: choose the one to keep, see what happens, confirm."""

from django import forms
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path

from annotations.catalogue import merge
from annotations.catalogue.merge import MergeRefused
from desk.lookup import LookupField


class CatalogueMergeForm(forms.Form):
    """Asks for the item to keep instead of `source`; once valid it has `merging`, a plan."""

    def __init__(self, source, kind: str, data=None):
        super().__init__(data, label_suffix="")
        self.source, self.merging = source, None
        self.fields["keep"] = LookupField(
            kind, label="The one to keep", help_text=f"Another {kind}: type part of its name."
        )

    def clean_keep(self):
        try:
            self.merging = merge.plan(self.source, self.cleaned_data["keep"])
        except MergeRefused as refused:
            raise forms.ValidationError(refused.message) from refused
        return self.cleaned_data["keep"]


class MergeAdmin:
    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("<path:object_id>/merge/", view, name=name), *super().get_urls()]

    def merge_view(self, request, object_id):
        """A GET chooses the item to keep and shows what would happen; a POST merges."""
        source = self.get_object(request, unquote(object_id))
        if source is None:
            raise Http404
        if not (
            self.has_change_permission(request, source)
            and self.has_delete_permission(request, source)
        ):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else request.GET
        is_bound = "keep" in data or "keep-typed" in data or request.method == "POST"
        form = CatalogueMergeForm(source, self.opts.model_name, data if is_bound else None)
        if request.method == "POST" and form.is_valid():
            try:
                merging = merge.merge(source, form.cleaned_data["keep"])
            except MergeRefused as refused:
                form.add_error("keep", refused.message)
            else:
                return self._after_merge(request, source, merging)
        context = {
            "item": source,
            "form": form,
            "media": self.media + form.media,
            "merging": form.merging if form.is_bound and form.is_valid() else None,
        }
        template, status = "admin/merge.html", 422 if request.method == "POST" else 200
        return self.render_page(request, template, f"Merge: {source}", context, status=status)

    def _after_merge(self, request, source, merging):
        self.log_change(request, merging.target, f"Merged “{source}” into it.")
        messages.success(
            request, f"“{source}” is now one with “{merging.target}”. Its addresses lead here."
        )
        return redirect(admin_urlname(self.opts, "change"), merging.target.pk)
