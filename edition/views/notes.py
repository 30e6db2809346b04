"""A note's page, and what its author can do with it."""

from django.shortcuts import get_object_or_404

from annotations.models import Audience, NotAllowed, Note
from annotations.notes.note_forms import AudienceForm
from edition.pages.note_thread import Thread
from edition.requests.allowed_methods import FORM_METHODS, require_safe
from edition.requests.fragments import two_bodies
from edition.requests.personal import personal
from edition.requests.rate_limits import count_change, refuse
from edition.requests.sign_in import redirect_to_sign_in
from edition.views import answers, own_words
from edition.views.own_words import own_or_404, published_notes, share_essay
from essays.transactions import writing
from readers.typed_words import carries_words


@carries_words
@require_safe
@personal
@two_bodies
def note_detail(request, note, reply=None):
    """A note, the words it is about, and its replies: those of the page that has `reply`."""
    notes = published_notes().threads_for(request.reader or None)
    note = share_essay(get_object_or_404(notes, public_id=note))
    context = {"thread": Thread(note, request, reply=reply)}
    return answers.card_or_page(request, "writing/note_detail", context)


@carries_words
def edit_note(request, note):
    return own_words.edit(request, Note, note)


def delete_note(request, note):
    return own_words.delete(request, Note, note)


def restore_note(request, note):
    return own_words.restore(request, Note, note)


@FORM_METHODS
@personal
@two_bodies
def note_audience(request, note):
    """Publish the note, or keep it for its author again."""
    note = own_or_404(request, Note, note)
    form = AudienceForm(request.POST if request.method == "POST" else None)
    wait = refuse(form, count_change(request)) if request.method == "POST" else 0
    if request.method == "POST" and form.is_valid():
        audience = form.cleaned_data["audience"]
        if audience == Audience.PUBLIC and not request.user.is_authenticated:
            return redirect_to_sign_in(request, request.path)
        try:
            changed = change_audience(request, note.public_id, audience)
            return answers.after_change(request, changed, "Saved.")
        except NotAllowed as error:
            form.add_error(None, error.message)
    other = Audience.PRIVATE if note.is_public else Audience.PUBLIC
    context = {
        "form": form,
        "note": note,
        "passage": note.passage,
        "action": request.path,
        "audience": form["audience"].value() or other,
    }
    status = 422 if request.method == "POST" else 200
    return answers.form_page(request, "note_audience", context, status=status, wait=wait)


@writing
def change_audience(request, public_id, audience: str) -> Note:
    """Publish or withdraw the reader's own note, unless that is done already; return it.

    Raises NotAllowed, and Http404 if it was deleted meanwhile.
    """
    note = own_or_404(request, Note, public_id, lock=True)
    if audience == Audience.PUBLIC and not note.is_public:
        note.publish()
    elif audience == Audience.PRIVATE and note.is_public:
        note.withdraw()
    return note
