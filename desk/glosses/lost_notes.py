"""Public notes whose words are gone from the text: editors choose where these stand today.

The words that the author chose stay on record. Private notes never show here.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from annotations import revising
from annotations.editorial.todo import lost_notes
from annotations.models import Note
from annotations.revising import RevisingError, StaleEdit
from desk.base import DeskAdmin
from desk.glosses.reattach_views import STALE_TEXT, ReattachForm, candidates_for, original_of

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

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def place(self, request, pk):
        """Choose where the words of one note stand today."""
        check_may_place(request)
        note = lost_notes().filter(pk=pk).first()
        if note is None:
            get_object_or_404(Note.objects.public(), pk=pk)
            messages.info(request, "That note has a place again.")
            return redirect("admin:annotations_note_lost")
        if request.method != "POST":
            return self._choose(request, note, ConfirmForm(note))
        form = ConfirmForm(note, request.POST)
        if not form.is_valid():
            return self._choose(request, note, form, status=422)
        try:
            saved = form.save(note)
        except RevisingError as error:
            form.add_error(None, STALE_TEXT if isinstance(error, StaleEdit) else error.message)
            return self._choose(request, note, form, status=409)
        return self._done(request, saved)

    def _choose(self, request, note, form, **options):
        passages = list(note.essay.passages.current())
        key = form.data.get("passage") or request.GET.get("passage") or note.passage.key
        context = {
            "note": note,
            "anchor": note,
            "original": original_of(note),
            "candidates": candidates_for([note])[note.pk],
            "passages": passages,
            "passage": next((one for one in passages if one.key == key), passages[0]),
            "form": form,
        }
        template, title = "admin/annotations/note/place.html", "Where its words stand today"
        return self.render_page(request, template, title, context, **options)

    def _done(self, request, note):
        words = f"“{note.words}”, in" if note.exact else "the whole of"
        place = f"{words} passage {note.passage.number}"
        DeskAdmin.log_change(self, request, note, f"Its words stand today at {place}.")
        messages.success(request, f"The note stands beside {place}.")
        return redirect(reverse("admin:annotations_note_lost"))


def check_may_place(request):
    if not request.user.has_perm("annotations.change_gloss"):
        raise PermissionDenied
