"""Deleting what nothing needs, and saying plainly what still needs it otherwise."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect

from desk.catalogue.usages import MOST, citations_of, needs_of


class DeleteAdmin:
    # Nothing is deleted many at once: each has a page that says what needs it.
    actions = None

    def delete_view(self, request, object_id, extra_context=None):
        """Ask, and delete; where something needs the thing, list it and change nothing."""
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404
        if not self.has_delete_permission(request, thing):
            raise PermissionDenied
        with transaction.atomic():
            type(thing).objects.select_for_update().get(pk=thing.pk)
            cited, needs = list(citations_of(thing)[:MOST]), needs_of(thing)
            if request.method == "POST" and not cited and not needs:
                return self._delete(request, thing)
        context = {"thing": thing, "cited": cited, "needs": needs}
        template, status = "admin/thing_delete.html", 409 if request.method == "POST" else 200
        return self.render_page(request, template, f"Delete: {thing}", context, status=status)

    def _delete(self, request, thing):
        said = str(thing)
        self.log_deletions(request, type(thing).objects.filter(pk=thing.pk))
        thing.delete()
        messages.success(request, f"“{said}” is deleted. Nothing pointed to it.")
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
