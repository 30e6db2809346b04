"""Deleting items of the catalogue that nothing uses."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect

from desk.catalogue.usages import MAX_USAGES, citations_of, other_usages_of


class DeleteAdmin:
    # No deletion in bulk: the page of each item says what uses it.
    actions = None

    def delete_view(self, request, object_id, extra_context=None):
        """Ask and delete; list what uses the item, if anything does, and change nothing."""
        item = self.get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        if not self.has_delete_permission(request, item):
            raise PermissionDenied
        with transaction.atomic():
            type(item).objects.select_for_update().get(pk=item.pk)
            cited, usages = list(citations_of(item)[:MAX_USAGES]), other_usages_of(item)
            if request.method == "POST" and not cited and not usages:
                return self._delete(request, item)
        context = {"item": item, "cited": cited, "usages": usages}
        template, status = "admin/catalogue_delete.html", 409 if request.method == "POST" else 200
        return self.render_page(request, template, f"Delete: {item}", context, status=status)

    def _delete(self, request, item):
        name = str(item)
        self.log_deletions(request, type(item).objects.filter(pk=item.pk))
        item.delete()
        messages.success(request, f"“{name}” is deleted. Nothing pointed to it.")
        return redirect(admin_urlname(self.opts, "changelist"))
