"""Public notes whose words are gone from the text: editors choose where these stand today.

The words that the author chose stay on record. Private notes never show here.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from annotations import revising
from annotations.editorial.todo import lost_notes
from annotations.models import Note
from desk.base import FORM_METHODS, DeskAdmin
from desk.glosses.reattach_form import (
    ReattachForm,
    candidates_for,
    original_of,
    reattach_context,
    submit,
)
from readers.typed_words import is_only_shown

NOTES_PER_PAGE = 25


class ConfirmForm(ReattachForm):
    """Today's words for a lost note, or today's passage if the note is on a whole one."""

    def __init__(self, note: Note, *args, **kwargs):
        super().__init__(note.essay, *args, **kwargs)
        of_words = ["words", "occurrence"] if note.is_whole_passage else []
        for name in ["whole", *of_words]:
            del self.fields[name]

    def anchors(self):
        return lost_notes()

    def reattach(self, note: Note, passage, start, end, *, expect) -> None:
        revising.confirm(note, passage, start, end, expect=expect)


class LostNotesAdmin(DeskAdmin):
    """The list and the page of each note in it, for those who may re-attach glosses."""

    def get_urls(self):
        site = self.admin_site
        return [
            path("lost/", site.admin_view(self.lost), name="annotations_note_lost"),
            path("<int:pk>/place/", site.admin_view(self.place), name="annotations_note_place"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def lost(self, request):
        """List the notes with candidates for their words, each of which takes one click."""
        check_may_place(request)
        page = Paginator(lost_notes(), NOTES_PER_PAGE).get_page(request.GET.get("p"))
        candidates = candidates_for(page.object_list)
        context = {
            "page": page,
            "notes": [(note, original_of(note), candidates[note.pk]) for note in page],
        }
        template = "admin/annotations/note/lost.html"
        return self.render_page(request, template, "Public notes that lost their words", context)

    @method_decorator(FORM_METHODS)
    def place(self, request, pk):
        """Choose where the words of one note stand today."""
        check_may_place(request)
        note = lost_notes().filter(pk=pk).first()
        if note is None and request.method == "POST":
            return self.gone(request)
        if note is None:
            get_object_or_404(Note.objects.public(), pk=pk)
            messages.info(request, "That note has a place again.")
            return redirect("admin:annotations_note_lost")
        form = ConfirmForm(note, request.POST if request.method == "POST" else None)
        is_sent = form.is_bound and not is_only_shown(request)
        saved, status = submit(form, note) if is_sent else (None, 200)
        if saved:
            return self._done(request, saved)
        context = {"note": note, **reattach_context(request, note, form)}
        template, title = "admin/annotations/note/place.html", "Where its words stand today"
        return self.render_page(request, template, title, context, status=status)

    def _done(self, request, note):
        words = f"“{note.words}”, in" if note.exact else "the whole of"
        place = f"{words} passage {note.passage.number}"
        DeskAdmin.log_change(self, request, note, f"Its words stand today at {place}.")
        messages.success(request, f"The note stands beside {place}.")
        return redirect(reverse("admin:annotations_note_lost"))


def check_may_place(request):
    if not request.user.has_perm("annotations.change_gloss"):
        raise PermissionDenied
