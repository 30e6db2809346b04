"""Deleting items of the catalogue that nothing uses."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect

from desk.catalogue.usages import MAX_USAGES, citations_of, other_usages_of
from essays.transactions import writing


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
        if request.method == "POST" and self._delete(request, item):
            messages.success(request, f"“{item}” is deleted. Nothing pointed to it.")
            return redirect(admin_urlname(self.opts, "changelist"))
        cited, usages = _uses_of(item)
        context = {"item": item, "cited": cited, "usages": usages}
        template, status = "admin/catalogue_delete.html", 409 if request.method == "POST" else 200
        return self.render_page(request, template, f"Delete: {item}", context, status=status)

    @writing
    def _delete(self, request, item) -> bool:
        """Delete the item unless something uses it; whether it is deleted. Raises Http404."""
        locked = type(item).objects.select_for_update(no_key=True).filter(pk=item.pk).first()
        if locked is None:
            raise Http404
        if any(_uses_of(locked)):
            return False
        self.log_deletions(request, type(item).objects.filter(pk=item.pk))
        locked.delete()
        return True


def _uses_of(item):
    return list(citations_of(item)[:MAX_USAGES]), other_usages_of(item)
