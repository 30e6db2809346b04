"""The history of a thing at the desk: what each change put and took, and old states brought back.

`class ThemeAdmin(HistoryAdmin, …)` is all that a page needs whose model has a `history`
(`essays.change_history.History`);
`history_parts` names what belongs to the thing and changes with it.
Bringing back goes through the page's own form and `save_model`, as if it were typed.
"""

import copy

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import MultiWidget
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse

from desk.history.recorded_state import Part, State, differs
from desk.history.timeline import Moment, Timeline
from essays.change_history import because

A_PAGE = 20


class HistoryAdmin:
    history_parts: tuple[Part, ...] = ()

    def get_urls(self):
        bring_back = self.admin_site.admin_view(self.bring_back_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_bring_back"
        own = path("<path:object_id>/history/<int:number>/", bring_back, name=name)
        return [own, *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        """All that was changed, the newest first."""
        thing = self._thing_with_history(request, object_id)
        timeline = Timeline(thing, self.history_parts)
        page = Paginator(timeline.moments, A_PAGE).get_page(request.GET.get("page"))
        today = timeline.now
        typed = self._typed_in_form(request, thing)
        rows = [(one, differs(today, _as_typed(one.after, today, typed))) for one in page]
        context = {"page": page, "rows": rows, **(extra_context or {})}
        return self._history_page(request, "admin/history.html", "History", thing, context)

    def bring_back_view(self, request, object_id, number):
        """What would change if an old state came back; sent, it comes back."""
        thing = self._thing_with_history(request, object_id)
        if not self.has_change_permission(request, thing):
            raise PermissionDenied
        timeline = Timeline(thing, self.history_parts)
        moment = next((one for one in timeline.moments if one.number == number), None)
        if moment is None:
            raise Http404
        target = _as_typed(moment.after, timeline.now, self._typed_in_form(request, thing))
        asked = request.method == "POST" and differs(target, timeline.now)
        wrong = self._bring_back(request, thing, moment) if asked else []
        if request.method == "POST" and not wrong:
            return redirect(self._history_at("change", thing))
        context = {
            "moment": moment,
            "differences": timeline.differences(timeline.now, target),
            "wrong": wrong,
        }
        return self._history_page(
            *(request, "admin/bring_back.html", "Bring this back", thing, context),
            status=422 if wrong else 200,
        )

    def restore_parts(self, thing, state: State) -> None:
        """Let the parts of a thing be those of an old state. Raises ValidationError."""
        today = Timeline(thing, self.history_parts).now
        for part in self.history_parts:
            if not differs(_only(part, today), _only(part, state)):
                continue
            part.model.objects.filter(**{part.owner: thing}).delete()
            for row in state.parts.get(part.label, {}).values():
                made = part.model(**{part.owner: thing}, **row)
                made.full_clean()
                made.save()

    def _bring_back(self, request, thing, moment: Moment) -> list[str]:
        """Save the thing as it was; what is wrong with that, if anything is."""
        form = self._form_as_of(request, thing, moment.after)
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
        except ValidationError as error:
            return [f"Something that it pointed to is no more. {' '.join(error.messages)}"]
        self.log_change(request, saved, f"{cause.capitalize()}.")
        messages.success(request, f"“{saved}” is {cause}.")
        return []

    def _form_as_of(self, request, thing, state: State):
        """The page's form, filled in as somebody would who types what the thing said then."""
        form_class = self.get_form(request, thing, change=True)
        data = {}
        for field in form_class(instance=_as_of(thing, state)):
            value, widget = field.value(), field.field.widget
            if isinstance(widget, MultiWidget):
                parts = value if isinstance(value, list) else widget.decompress(value)
                names = (f"{field.html_name}{suffix}" for suffix in widget.widgets_names)
                data.update(zip(names, parts, strict=True))
            else:
                data[field.html_name] = value
        return form_class(data, instance=copy.copy(thing))

    def _typed_in_form(self, request, thing) -> set[str]:
        """The columns and parts that may be brought back: what whoever looks may type."""
        if not self.has_change_permission(request, thing):
            return set()
        names = self.get_form(request, thing, change=True).base_fields
        columns = {one.attname for one in self.opts.concrete_fields if one.name in names}
        return columns | {part.label for part in self.history_parts}

    def _thing_with_history(self, request, object_id):
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        return thing

    def _history_at(self, name: str, thing) -> str:
        at = f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}"
        return reverse(at, args=[thing.pk])

    def _history_page(self, request, template, title, thing, context, *, status=200):
        context = {
            "thing": thing,
            "change_at": self._history_at("change", thing),
            "history_at": self._history_at("history", thing),
            **context,
        }
        return self.render_page(request, template, f"{title}: {thing}", context, status=status)


def _as_typed(state: State, today: State, typed: set[str]) -> State:
    """An old state as far as it is typed in the form; the rest as it is today."""
    old, now = state.fields, today.fields
    fields = {name: old.get(name, now[name]) if name in typed else now[name] for name in now}
    parts = {
        label: state.parts.get(label, {}) if label in typed else rows
        for label, rows in today.parts.items()
    }
    return State(fields, parts)


def _only(part: Part, state: State) -> State:
    return State({}, {part.label: state.parts.get(part.label, {})})


def _as_of(thing, state: State):
    old = copy.copy(thing)
    old._state = copy.copy(thing._state)
    # A copy must not hand out what the thing of today points to.
    old._state.fields_cache = {}
    for column, value in state.fields.items():
        setattr(old, column, value)
    return old
