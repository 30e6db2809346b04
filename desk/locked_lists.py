"""Actions on the rows of a list, and the question before deleting: both heed what changed since."""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote

from desk.conflicts import SEEN, conflicts_with, sent_stamp, stamp_of, texts_of
from desk.locked_forms import LockedFormAdmin
from essays.counted import counted
from essays.identifiers import safe_id
from essays.transactions import writing
from readers.typed_words import as_get


class LockedListAdmin(LockedFormAdmin):
    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None)
        if context and "cl" in context:
            context["seen_rows"] = self.stamps_of(context["cl"].result_list)
        return response

    def stamps_of(self, rows) -> list[tuple[str, str]]:
        """For each row, the name and value of the hidden field with its stamp."""
        return [(f"{SEEN}-{row.pk}", stamp_of(self._row_texts(row))) for row in rows]

    def response_action(self, request, queryset, **options):
        """Do nothing if a chosen row is not any more as the list showed it."""
        response = self._act_on_locked(request, queryset, options)
        if not request.changed_rows or self.shows_changes(request):
            return response
        message = (
            f"Somebody else changed {counted(len(request.changed_rows), 'row')} meanwhile: "
            f"{'; '.join(map(str, request.changed_rows))}. Nothing is done yet. Choose again."
        )
        messages.error(request, message)
        page = self.changelist_view(as_get(request))
        page.status_code = 409
        return page

    @writing
    def _act_on_locked(self, request, queryset, options):
        request.changed_rows = self._changed_rows(request, queryset)
        if request.changed_rows and not self.shows_changes(request):
            return None
        response = super().response_action(request, queryset, **options)
        if context := getattr(response, "context_data", None):
            # The page that asks before rows are deleted sends their stamps once more.
            context["seen_rows"] = self.stamps_of(context["queryset"])
        return response

    def shows_changes(self, request) -> bool:
        """Whether the action itself shows what changed, on a page with words that were typed."""
        return False

    def _changed_rows(self, request, queryset) -> list:
        chosen = [safe_id(pk) for pk in request.POST.getlist(ACTION_CHECKBOX_NAME)]
        is_whole_list = request.POST.get("select_across") not in (None, "", "0")
        self.lock(chosen)
        return [
            row
            for row in queryset.filter(pk__in=chosen)
            if not (is_whole_list and f"{SEEN}-{row.pk}" not in request.POST)
            and conflicts_with(request.POST.get(f"{SEEN}-{row.pk}", ""), self._row_texts(row))
        ]

    def _row_texts(self, row) -> dict[str, str]:
        return texts_of(row, [*self.list_display, *self.shown_texts])

    def delete_view(self, request, object_id, extra_context=None):
        """Ask and delete; ask again if it has changed since it was asked."""
        if request.method != "POST":
            return self._delete_page(request, object_id, extra_context)
        return self._delete_locked(request, object_id, extra_context)

    @writing
    def _delete_locked(self, request, object_id, extra_context):
        self.lock([safe_id(unquote(object_id))])
        return self._delete_page(request, object_id, extra_context)

    def _delete_page(self, request, object_id, extra_context):
        item = self.get_object(request, unquote(object_id))
        if item is None or not self.has_delete_permission(request, item):
            return super().delete_view(request, object_id, extra_context)
        now, conflicts = self.texts_now(request, item), []
        if request.method == "POST":
            conflicts = conflicts_with(sent_stamp(request.POST), now)
        context = {"seen": stamp_of(now), "conflicts": conflicts, **(extra_context or {})}
        page = super().delete_view(as_get(request) if conflicts else request, object_id, context)
        if conflicts:
            page.status_code = 409
        return page
