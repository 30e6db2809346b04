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
from desk.conflicts import conflicts_with, sent_stamp, stamp_of
from desk.lookup import LookupField
from essays.transactions import writing


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
        if request.method == "POST":
            return self._merge(request, source)
        is_bound = "keep" in request.GET or "keep-typed" in request.GET
        form = CatalogueMergeForm(source, self.opts.model_name, request.GET if is_bound else None)
        return self._merge_page(request, form)

    def _merge(self, request, source):
        form = CatalogueMergeForm(source, self.opts.model_name, request.POST)
        if not form.is_valid():
            return self._merge_page(request, form, status=422)
        return self._merge_locked(request, source, form)

    @writing
    def _merge_locked(self, request, source, form):
        keep = form.cleaned_data["keep"]
        self.lock([source.pk, keep.pk])
        now = self._texts_of_both(request, source, keep)
        if conflicts := conflicts_with(sent_stamp(request.POST), now):
            return self._merge_page(request, form, conflicts, status=409)
        try:
            merging = merge.merge(source, keep)
        except MergeRefused as refused:
            form.add_error("keep", refused.message)
            return self._merge_page(request, form, status=422)
        return self._after_merge(request, source, merging)

    def _merge_page(self, request, form, conflicts=(), status=200):
        merging = form.merging if form.is_bound and form.is_valid() else None
        context = {"item": form.source, "form": form, "merging": merging, "conflicts": conflicts}
        context["media"] = self.media + form.media
        if merging:
            now = self._texts_of_both(request, merging.source, merging.target)
            context["seen"] = stamp_of(now)
        title = f"Merge: {form.source}"
        return self.render_page(request, "admin/merge.html", title, context, status=status)

    def _texts_of_both(self, request, *both) -> dict[str, str]:
        items = self.get_queryset(request).filter(pk__in=[one.pk for one in both]).order_by("pk")
        return {
            f"{label} ({item.pk})": text
            for item in items
            for label, text in self.texts_now(request, item).items()
        }

    def _after_merge(self, request, source, merging):
        self.log_change(request, merging.target, f"Merged “{source}” into it.")
        messages.success(
            request, f"“{source}” is now one with “{merging.target}”. Its addresses lead here."
        )
        return redirect(admin_urlname(self.opts, "change"), merging.target.pk)
