"""A reader's note: its page, and what its author can do with it."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from annotations.models import Audience, NotAllowed, Note
from annotations.notes.create import purge
from annotations.notes.note_forms import AudienceForm, EditForm
from edition.pages.note_thread import Thread
from edition.requests.allowed_methods import require_post, require_safe
from edition.requests.fragments import two_bodies, wants_fragment
from edition.requests.personal import personal
from edition.requests.sign_in import has_account, to_sign_in
from edition.views import answers
from essays.models import Essay

FORM = require_http_methods(["GET", "HEAD", "POST"])
PLACE = ("passage__essay__veil_after", "passage__essay__veil_work", "original__passage")


def notes_with_places():
    """Notes of essays that can be read today, each with its passage, essay and author."""
    notes = Note.objects.filter(essay__status=Essay.Status.PUBLISHED)
    return notes.select_related(*PLACE, "reader__user")


def settled(note: Note) -> Note:
    note.essay = note.original.passage.essay = note.passage.essay
    return note


def own_note(request, pk, *, deleted=False, lock=False, anywhere=False) -> Note:
    """The note if it is of whoever asks; Http404 for everyone else's.

    With `anywhere` also where its essay is not published at present.
    """
    if not request.reader:
        raise Http404
    places = Note.objects.select_related(*PLACE, "reader__user")
    notes = (places if anywhere else notes_with_places()).filter(reader=request.reader)
    if not deleted:
        notes = notes.present()
    if lock:
        notes = notes.select_for_update(of=("self",))
    return settled(get_object_or_404(notes, pk=pk))


@require_safe
@personal
@two_bodies
def note_detail(request, pk):
    """A note, the words it is about, and its replies."""
    notes = notes_with_places().threads_for(request.reader or None)
    note = settled(get_object_or_404(notes, pk=pk))
    thread = Thread(note, request)
    template = "edition/writing/note_detail.html" + ("#card" if wants_fragment(request) else "")
    return render(request, template, {"thread": thread})


@FORM
@personal
@two_bodies
def edit_note(request, pk):
    """Say it otherwise. What was changed meanwhile in another window is shown, not lost."""
    if request.method != "POST":
        return _edit_form(request, EditForm(thing=own_note(request, pk)))
    with transaction.atomic():
        note = own_note(request, pk, lock=True)
        form = EditForm(request.POST, thing=note)
        if form.is_valid():
            note.edit(form.cleaned_data["body"], colour=form.cleaned_data["colour"])
    if form.is_valid():
        return answers.with_run(request, note, "Saved.")
    return _edit_form(request, form, status=422)


def _edit_form(request, form, **options):
    note = form.thing
    context = {
        "form": form,
        "note": note,
        "passage": note.passage,
        "action": reverse("edit_note", args=[note.pk]),
    }
    return answers.form(request, "note_edit", context, **options)


@FORM
@personal
@two_bodies
def delete_note(request, pk):
    """Ask, then delete: for ten minutes it can be undone."""
    note = own_note(request, pk, deleted=request.method == "POST", anywhere=True)
    if request.method == "POST":
        if note.deleted_at is None:
            note.remove()
        purge()
        return answers.with_run(request, note, "Deleted.", undo=True)
    question = "Delete this highlight?" if note.is_highlight else "Delete this note?"
    context = {"note": note, "said": note, "question": question}
    context |= {"passage": note.passage, "action": request.path}
    return answers.form(request, "note_delete", context)


@require_post
@personal
def restore_note(request, pk):
    """Undo a deletion."""
    note = own_note(request, pk, deleted=True)
    if note.deleted_at is None:
        return answers.with_run(request, note, "It is back.")
    try:
        note.restore()
    except NotAllowed as error:
        return answers.refused(request, note, error.message)
    return answers.with_run(request, note, "It is back.")


@FORM
@personal
@two_bodies
def note_audience(request, pk):
    """Who sees it: shown to anyone, or kept for its author again."""
    note = own_note(request, pk)
    form = AudienceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["audience"]
        if wanted == Audience.PUBLIC and not has_account(request):
            return to_sign_in(request, request.path)
        try:
            change_audience(note, wanted)
            return answers.with_run(request, note, "Saved.")
        except NotAllowed as error:
            form.add_error(None, error.message)
    other = Audience.PRIVATE if note.is_public else Audience.PUBLIC
    context = {
        "form": form,
        "note": note,
        "passage": note.passage,
        "action": request.path,
        "wanted": form["audience"].value() or other,
    }
    status = 422 if request.method == "POST" else 200
    return answers.form(request, "note_audience", context, status=status)


def change_audience(note: Note, wanted: str) -> None:
    """Publish or withdraw a note, unless it is so already. Raises NotAllowed."""
    with transaction.atomic():
        Note.objects.select_for_update().get(pk=note.pk)
        if wanted == Audience.PUBLIC and not note.is_public:
            note.publish()
        elif wanted == Audience.PRIVATE and note.is_public:
            note.withdraw()
