from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html

from annotations import revising
from annotations.models import Gloss
from annotations.text.highlight import lemma
from desk.base import DeskAdmin
from desk.filters import task_filter
from desk.glosses import gloss_api
from desk.glosses.gloss_forms import SourceForm
from desk.glosses.gloss_list import STATE_LABELS, WordsFilter
from desk.glosses.gloss_pages import GlossPage, passage_for
from desk.glosses.gloss_texts import LINKS_PART
from desk.glosses.reattach_form import ReattachForm, reattach_context, submit
from desk.glosses.worklist import Worklist
from desk.history.history_views import HistoryAdmin
from desk.next_url import next_url
from essays.identifiers import safe_id
from essays.models import Essay, Passage
from readers.typed_words import is_only_shown

MAX_CHANGES = 50


@admin.register(Gloss)
class GlossAdmin(HistoryAdmin, DeskAdmin):
    history_parts = (LINKS_PART,)
    essay_path = "essay"
    shown_texts = ("exact", "source")
    form = SourceForm
    list_display = ["key", "essay", "passage", "words", "what_became", "reattaching"]
    list_filter = [WordsFilter, task_filter("where it leads", "nowhere", "silent"), "essay"]
    list_per_page = 50
    search_fields = ["key", "exact", "source"]
    # For those who may view glosses but not change them; editors get `GlossPage`.
    fields = ["essay", "key", "passage", "words", "what_became", "source"]
    readonly_fields = ["essay", "key", "passage", "words", "what_became"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("essay", "passage__essay")

    @admin.display(description="about")
    def words(self, gloss):
        return gloss.words or "the whole passage"

    @admin.display(description="its words", ordering="state")
    def what_became(self, gloss):
        return STATE_LABELS[gloss.state]

    @admin.display(description="choose other words")
    def reattaching(self, gloss):
        url = reverse("admin:annotations_gloss_reattach", args=[gloss.pk])
        return format_html('<a href="{}">Re-attach {}</a>', url, gloss.key)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/reattach/", wrap(self.reattach), name="annotations_gloss_reattach"),
            path("worklist/", wrap(self.worklist), name="annotations_gloss_worklist"),
            *gloss_api.urls(self.admin_site),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        lost = request.GET.get("words") == Gloss.State.ORPHANED
        title = {"title": "Glosses that lost their words"} if lost else {}
        return super().changelist_view(request, {**(extra_context or {}), **title})

    def add_view(self, request, form_url="", extra_context=None):
        """Write a gloss on the passage in the URL; without one, choose a passage first."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        current = Passage.objects.current().select_related("essay")
        passage = current.filter(pk=safe_id(request.GET.get("passage"))).first()
        if passage is None:
            context = {"passages": current.order_by("essay", "number").defer("html", "source")}
            return self._show(request, "choose_passage", "Which passage?", context)
        return self._write(request, Gloss(essay=passage.essay), passage, "Write a gloss")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        gloss = self.get_object(request, object_id)
        if gloss is None or not self.has_change_permission(request, gloss):
            return super().change_view(request, object_id, form_url, extra_context)
        passage = passage_for(gloss, request.GET.get("passage", ""))
        return self._write(request, gloss, passage, f"The gloss “{gloss.key}”")

    def worklist(self, request):
        """Write one gloss after the other of a worklist."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        work = Worklist.from_query(request.GET, writing=request.method == "POST")
        if work.is_of_passages and not self.has_add_permission(request):
            raise PermissionDenied
        context = {"work": work, "essays": Essay.objects.order_by("title")}
        if work.current_id is None:
            return self._show(request, "worklist_empty", work.title, context)
        if work.is_of_passages:
            passage = get_object_or_404(Passage.objects.select_related("essay"), pk=work.current_id)
            gloss = Gloss(essay=passage.essay)
        else:
            gloss = get_object_or_404(self.get_queryset(request), pk=work.current_id)
            passage = passage_for(gloss, request.GET.get("passage", ""))
        return self._write(request, gloss, passage, work.title, context)

    def _write(self, request, gloss, passage, title, context=None):
        page = GlossPage(request, gloss, passage)
        is_new = gloss.pk is None
        is_sent = request.method == "POST" and not is_only_shown(request)
        if is_sent and page.is_valid() and (saved := page.save()):
            self._log(request, saved, is_new)
            messages.success(request, f"Saved: the gloss on {_description(saved)}.")
            work = context and context["work"]
            return redirect(work.next_url if work else self._back(request, passage))
        context = {"work": None, **(context or {}), **page.context}
        work, back = context["work"], context["back"]
        # The pages that follow deleting or a one-click choice, and choosing other words.
        context["after"] = work.next_url if work else back or request.get_full_path()
        context["stay"] = work.url if work else back
        return self._show(request, "write", title, context, page.status)

    def _log(self, request, gloss, is_new):
        if is_new:
            self.log_addition(request, gloss, "Written at the desk.")
        else:
            self.log_change(request, gloss, "Changed at the desk.")

    def _back(self, request, passage):
        place = reverse("admin:essays_passage_change", args=[passage.pk])
        return next_url(request) or f"{place}#glosses"

    def _show(self, request, name, title, context, status=200):
        template = f"admin/annotations/gloss/{name}.html"
        context = {"may_delete": self.has_delete_permission(request), **context}
        return self.render_page(request, template, title, context, status=status)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        revising.bump_counters(obj.essay)

    def delete_model(self, request, obj):
        """Delete it with its links and changes, and invalidate the pages that showed it."""
        essay = revising.lock(obj.essay)
        super().delete_model(request, obj)
        revising.bump_counters(essay)

    def delete_queryset(self, request, queryset):
        essays = Essay.objects.filter(glosses__in=queryset).distinct()
        essays = revising.lock_pages(*essays).values()
        super().delete_queryset(request, queryset)
        revising.bump_counters(*essays)

    def response_delete(self, request, obj_display, obj_id):
        back = next_url(request)
        if not back or f"/glosses/{obj_id}/" in back or f"/gloss/{obj_id}/" in back:
            return super().response_delete(request, obj_display, obj_id)
        messages.success(request, f"Deleted: the gloss “{obj_display}”.")
        return redirect(back)

    def reattach(self, request, pk):
        """Choose the words that a gloss is about from now on."""
        glosses = Gloss.objects.select_related("essay", "passage__essay")
        gloss = get_object_or_404(glosses, pk=pk)
        if not self.has_change_permission(request, gloss):
            raise PermissionDenied
        form = ReattachForm(gloss.essay, request.POST if request.method == "POST" else None)
        is_sent = form.is_bound and not is_only_shown(request)
        saved, status = submit(form, gloss) if is_sent else (None, 200)
        if saved:
            return self._done(request, before=gloss, gloss=saved)
        if status == 409:
            gloss = glosses.filter(pk=pk).first() or gloss
        context = reattach_context(request, gloss, form)
        requested = not form.is_bound and request.GET.get("passage")
        if requested and requested != context["passage"].key:
            messages.warning(request, "That passage is not in the essay today. This one is.")
        context |= {"gloss": gloss, "changes": _recent_changes(gloss)}
        template, title = "admin/annotations/gloss/reattach.html", f"Re-attach {gloss.key}"
        return self.render_page(request, template, title, context, status=status)

    def _done(self, request, *, before, gloss):
        place = f"“{gloss.exact}”, in" if gloss.exact else "the whole of"
        place = f"{place} passage {gloss.passage.number}"
        self.log_change(request, gloss, f"Re-attached to {place}.")
        messages.success(request, f"The gloss “{gloss.key}” is now about {place}.")
        if back := next_url(request):
            return redirect(back)
        if before.state == Gloss.State.ORPHANED:
            url = reverse("admin:annotations_gloss_changelist")
            return redirect(f"{url}?words={Gloss.State.ORPHANED}")
        return redirect("admin:annotations_gloss_change", gloss.pk)


def _recent_changes(gloss):
    """The changes of its words, the newest first, each with the state that followed."""
    changes = gloss.changes.select_related("revision__by", "old_passage", "new_passage")[
        :MAX_CHANGES
    ]
    return [(change, STATE_LABELS[change.state]) for change in changes]


def _description(gloss):
    return (
        f"“{lemma(gloss.words, limit=64)}”"
        if gloss.exact
        else f"the whole of passage {gloss.passage.number}"
    )
