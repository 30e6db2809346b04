"""Moving a note to other words."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from annotations import revising
from annotations.models import Note
from annotations.notes.selection import NotPlaced
from annotations.notes.selection_form import PlaceForm
from annotations.revising import RevisingError
from edition.pages.candidates import candidates_of
from edition.requests.allowed_methods import FORM_METHODS
from edition.requests.fragments import two_bodies
from edition.requests.personal import personal
from edition.requests.rate_limits import count_change, refuse
from edition.views import answers
from edition.views.own_words import own_or_404


@FORM_METHODS
@personal
@two_bodies
def reattach_note(request, note):
    """Choose other words: one of the candidates, or any words of the essay."""
    note = own_or_404(request, Note, note)
    passages = note.essay.passages
    key = request.POST.get("passage") or request.GET.get("passage", "")
    passage = note.passage
    if key:
        passage = get_object_or_404(passages.filter(number__isnull=False), key=key[:24])
    passage.essay = note.essay
    form = PlaceForm(request.POST if request.method == "POST" else None, passage=passage)
    wait = refuse(form, count_change(request)) if request.method == "POST" else 0
    if request.method == "POST" and form.is_valid():
        try:
            span = form.span
            revising.reattach(note, passage, span.start, span.end, expect=passage.version)
            return answers.after_change(request, note, "It is about these words now.")
        except (NotPlaced, RevisingError) as error:
            form.misplace(error.message)
    context = {
        "form": form,
        "note": note,
        "passage": passage,
        "passages": passages.current().only("key", "number", "text", "essay"),
        "candidates": candidates_of([note])[note.pk],
        "action": reverse("reattach_note", args=[note.public_id]),
    }
    status = 422 if request.method == "POST" else 200
    return answers.form_page(request, "note_words", context, status=status, wait=wait)
