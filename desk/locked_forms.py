"""The change forms of Django's admin: a save that would undo somebody else's is stopped."""

from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.utils.text import capfirst

from annotations import revising
from desk.conflicts import (
    Conflict,
    conflicts_with,
    fields_of,
    sent_stamp,
    stamp_of,
    texts_of,
    typed_text,
)
from desk.history.recorded_state import Part
from desk.widgets import data_of
from essays.identifiers import safe_id
from essays.models import Essay
from essays.transactions import lock, writing
from readers.typed_words import is_only_shown


class LockedForm:
    """Mixin for the form: `stopped` keeps it from being saved, whatever it holds."""

    stopped = False

    def is_valid(self):
        return super().is_valid() and not self.stopped


class LockedFormAdmin:
    """`shown_texts` are fields that a page shows beside its form, and that a decision rests on.

    `essay_path` leads from a row that belongs to an essay to that essay, which is locked instead.
    """

    shown_texts: tuple[str, ...] = ()
    essay_path = ""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        return self._save_form(request, object_id, form_url, extra_context)

    @writing
    def _save_form(self, request, object_id, form_url, extra_context):
        request.stops_saving = is_only_shown(request)
        if object_id is not None and not request.stops_saving:
            self._compare(request, unquote(object_id))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def rows_to_lock(self, pks) -> QuerySet:
        rows = self.model._base_manager.filter(pk__in=pks)
        if not self.essay_path:
            return rows
        return Essay.objects.filter(pk__in=rows.order_by().values(self.essay_path))

    def lock(self, pks) -> None:
        rows = self.rows_to_lock(pks)
        if rows.model is Essay:
            revising.lock_pages(*rows)
        else:
            lock(rows)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        stopped = getattr(request, "stops_saving", False)
        return type(form.__name__, (LockedForm, form), {"stopped": stopped})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        now = getattr(request, "texts_now", None)
        if change and obj:
            form = context["adminform"].form
            if now:
                context["conflicts"] = self._conflicts(request, context, now)
                context["seen"] = stamp_of(now)
            elif form.is_bound:
                context["seen"] = sent_stamp(form.data)
            else:
                context["seen"] = stamp_of(self._texts_shown(context))
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if now:
            response.status_code = 409
        return response

    def _compare(self, request, object_id: str) -> None:
        """Lock the row, and stop the save if its texts are not those that the form showed."""
        self.lock([safe_id(object_id)])
        item = self.get_object(request, object_id)
        if item and self.has_change_permission(request, item):
            now = self.texts_now(request, item)
            if conflicts_with(sent_stamp(request.POST), now):
                request.stops_saving, request.texts_now = True, now

    def texts_now(self, request, item) -> dict[str, str]:
        texts = texts_of(item, [*self.get_form(request, item, True).base_fields, *self.shown_texts])
        for formset, inline in self.get_formsets_with_inlines(request, item):
            rows = formset.model._base_manager.filter(**{formset.fk.name: item})
            texts[_label_of(inline)] = _text_of(formset, rows)
        return texts

    def _texts_shown(self, context) -> dict[str, str]:
        """The texts of a page, from the very rows that it shows: others would be a later state."""
        form = context["adminform"].form
        texts = texts_of(form.instance, [*form.base_fields, *self.shown_texts])
        for inline in context["inline_admin_formsets"]:
            rows = [row.instance for row in inline.formset.initial_forms]
            texts[_label_of(inline.opts)] = _text_of(inline.formset, rows)
        return texts

    def _conflicts(self, request, context, now) -> list[Conflict]:
        """What others changed. What was not changed here, and every inline, shows theirs then."""
        form, inlines = context["adminform"].form, context["inline_admin_formsets"]
        fields = fields_of(form.instance, form.base_fields)
        typed = {label: typed_text(field, form) for label, field in fields.items()}
        typed |= {
            _label_of(one.opts): _text_of(one.formset, _typed_rows(one.formset)) for one in inlines
        }
        conflicts = conflicts_with(sent_stamp(form.data), now, typed)
        item = self.get_object(request, str(form.instance.pk))
        fresh, form.data = type(form)(instance=item), form.data.copy()
        for conflict in conflicts:
            if conflict.typed is None and conflict.label in fields:
                form.data.update(data_of(fresh[fields[conflict.label].name]))
        labels = {conflict.label for conflict in conflicts}
        context["inline_admin_formsets"] = [
            theirs if _label_of(theirs.opts) in labels else typed
            for typed, theirs in zip(inlines, self._fresh_inlines(request, item), strict=True)
        ]
        return conflicts

    def _fresh_inlines(self, request, item) -> list:
        # Django binds the forms of every other method to what was sent.
        method, request.method = request.method, "GET"
        formsets, inlines = self._create_formsets(request, item, change=True)
        request.method = method
        return self.get_inline_formsets(request, formsets, inlines, item)


def _label_of(inline) -> str:
    return capfirst(inline.verbose_name_plural)


def _text_of(formset, rows) -> str:
    names = [one.name for one in fields_of(formset.model, formset.form.base_fields).values()]
    part = Part(formset.model, formset.fk.name, "", tuple(names))
    return part.text_of(sorted(rows, key=lambda row: (row.pk is None, row.pk)))


def _typed_rows(formset) -> list:
    gone = formset.deleted_forms if formset.is_valid() else []
    return [
        row.instance
        for row in formset.forms
        if row not in gone and (row.instance.pk or row.has_changed())
    ]
