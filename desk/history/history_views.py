"""The history of an object at the desk: each change, and old states that can be brought back.

A page needs nothing but `class ThemeAdmin(HistoryAdmin, …)` if its model has a `history`
(`essays.change_history.History`); `history_parts` names what belongs to the object and changes
with it. Bringing back goes through the page's own form and `save_model`, as if it were typed, but
not through `save_related`: `finish_bringing_back` is for what that does.
`SimpleHistoryAdmin` cannot do this: it lists and reverts records one by one.
"""

import copy

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path

from desk.conflicts import conflicts_with, sent_stamp, stamp_of
from desk.history.recorded_state import Part, RecordedState, label_of
from desk.history.timeline import Moment, Timeline
from desk.widgets import data_of
from essays.change_history import because
from essays.transactions import writing

MOMENTS_PER_PAGE = 20


class HistoryAdmin:
    history_parts: tuple[Part, ...] = ()

    def get_urls(self):
        bring_back = self.admin_site.admin_view(self.bring_back_view)
        name = admin_urlname(self.opts, "bring_back").removeprefix("admin:")
        own = path("<path:object_id>/history/<int:number>/", bring_back, name=name)
        return [own, *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        item = self._item_with_history(request, object_id)
        timeline, labels = Timeline(item, self.history_parts), self._form_labels(request, item)
        page = Paginator(timeline.moments, MOMENTS_PER_PAGE).get_page(request.GET.get("page"))
        rows = [(one, one.after.changed_labels(timeline.now, labels)) for one in page]
        context = {"item": item, "page": page, "rows": rows, **(extra_context or {})}
        return self.render_page(request, "admin/history.html", f"History: {item}", context)

    def bring_back_view(self, request, object_id, number):
        """Show what would change if an old state came back; a POST brings it back."""
        item = self._item_with_history(request, object_id)
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        timeline = Timeline(item, self.history_parts)
        moment = next((one for one in timeline.moments if one.number == number), None)
        if moment is None:
            raise Http404
        if request.method != "POST":
            return self._bring_back_page(request, timeline, moment)
        return self._bring_back_locked(request, item, moment)

    @writing
    def _bring_back_locked(self, request, item, moment: Moment):
        self.lock([item.pk])
        timeline = Timeline(self._item_with_history(request, str(item.pk)), self.history_parts)
        if conflicts := conflicts_with(sent_stamp(request.POST), timeline.now.texts):
            return self._bring_back_page(request, timeline, moment, 409, conflicts=conflicts)
        differences = self._differences(request, timeline, moment)
        errors = self._bring_back(request, timeline.item, moment) if differences else []
        if errors:
            return self._bring_back_page(request, timeline, moment, 422, errors=errors)
        return redirect(admin_urlname(self.opts, "change"), item.pk)

    def _bring_back_page(self, request, timeline, moment, status=200, **context):
        context |= {"item": timeline.item, "moment": moment, "seen": stamp_of(timeline.now.texts)}
        context["differences"] = self._differences(request, timeline, moment)
        title = f"Bring this back: {timeline.item}"
        return self.render_page(request, "admin/bring_back.html", title, context, status=status)

    def _differences(self, request, timeline, moment):
        labels = self._form_labels(request, timeline.item)
        return timeline.now.differences(moment.after, labels)

    def restore_parts(self, item, state: RecordedState) -> None:
        """Let the parts of an object be those of an old state. Raises ValidationError."""
        now = Timeline(item, self.history_parts).now
        for part in self.history_parts:
            if now.texts[part.label] == state.texts[part.label]:
                continue
            part.model.objects.filter(**{part.owner: item}).delete()
            for row in state.rows_of(part):
                restored = getattr(row, "instance", row)
                restored.pk = None
                restored.full_clean()
                restored.save(force_insert=True)

    def finish_bringing_back(self, request, form) -> None:
        """Called after an old state is written, in the same transaction."""

    def _bring_back(self, request, item, moment: Moment) -> list[str]:
        """Save the object as it was. Return what prevents that, in sentences."""
        form = self._form_as_of(request, item, moment.after)
        if not form.is_valid():
            return [
                f"{form[name].label}: {error}" if name in form.fields else error
                for name, errors in form.errors.items()
                for error in errors
            ]
        cause = f"brought back from {moment.at:%d %B %Y, %H:%M}"
        try:
            with transaction.atomic(), because(cause):
                saved = self.save_form(request, form, change=True)
                self.restore_parts(saved, moment.after)
                self.save_model(request, saved, form, change=True)
                form.save_m2m()
                self.finish_bringing_back(request, form)
        except ValidationError as error:
            return [f"Something that it pointed to is no more. {' '.join(error.messages)}"]
        self.log_change(request, saved, f"{cause.capitalize()}.")
        messages.success(request, f"“{saved}” is {cause}.")
        return []

    def _form_as_of(self, request, item, state: RecordedState):
        """The page's form, filled in with the values of an old state."""
        form_class, data = self.get_form(request, item, change=True), {}
        for field in form_class(instance=getattr(state.own, "instance", state.own)):
            data |= data_of(field)
        return form_class(data, instance=copy.copy(item))

    def _form_labels(self, request, item) -> set[str]:
        """The labels of the fields and parts that this editor may bring back."""
        if not self.has_change_permission(request, item):
            return set()
        names = self.get_form(request, item, change=True).base_fields
        labels = {label_of(field) for field in self.opts.concrete_fields if field.name in names}
        return labels | {part.label for part in self.history_parts}

    def _item_with_history(self, request, object_id):
        item = self.get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        if not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        return item
