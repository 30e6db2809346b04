"""Deleting items of the catalogue that nothing uses."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect

from desk.catalogue.usages import MAX_USAGES, citations_of, other_usages_of
from desk.conflicts import conflicts_with, sent_stamp, stamp_of
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
        if request.method != "POST":
            return self._ask(request, item)
        if refused := self._delete(request, item):
            return refused
        messages.success(request, f"“{item}” is deleted. Nothing pointed to it.")
        return redirect(admin_urlname(self.opts, "changelist"))

    @writing
    def _delete(self, request, item):
        """Delete it, or answer why not: it is used, or was changed meanwhile. Raises Http404."""
        locked = type(item).objects.select_for_update(no_key=True).filter(pk=item.pk).first()
        if locked is None:
            raise Http404
        conflicts = conflicts_with(sent_stamp(request.POST), self.texts_now(request, locked))
        if conflicts or any(_uses_of(locked)):
            return self._ask(request, locked, conflicts, status=409)
        self.log_deletions(request, type(item).objects.filter(pk=item.pk))
        locked.delete()
        return None

    def _ask(self, request, item, conflicts=(), status=200):
        cited, usages = _uses_of(item)
        context = {"item": item, "cited": cited, "usages": usages, "conflicts": conflicts}
        context["seen"] = stamp_of(self.texts_now(request, item))
        template, title = "admin/catalogue_delete.html", f"Delete: {item}"
        return self.render_page(request, template, title, context, status=status)


def _uses_of(item):
    return list(citations_of(item)[:MAX_USAGES]), other_usages_of(item)
