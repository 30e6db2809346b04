"""What readers do with a note or a reply of their own; `kind` is Note or Reply."""

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_POST

from annotations.models import NotAllowed, Note, Reply
from annotations.notes.locks import lock_written
from annotations.notes.note_forms import EditWrittenForm
from edition.requests.allowed_methods import FORM_METHODS
from edition.requests.fragments import two_bodies
from edition.requests.personal import personal
from edition.requests.rate_limits import count_change, refuse
from edition.requests.sign_in import SignInNeeded, session_ended
from edition.views import answers
from essays.models import Essay
from essays.transactions import writing
from readers.typed_words import is_only_shown

NOTE_RELATED = (
    "passage__essay__veil_after",
    "passage__essay__veil_work",
    "original__passage",
    "reader__user",
)
EDITABLE = {Note: ("body", "colour"), Reply: ("body",)}


def published_notes():
    """Notes on published essays, each with its passage, essay and author."""
    notes = Note.objects.filter(essay__status=Essay.Status.PUBLISHED)
    return notes.select_related(*NOTE_RELATED)


def share_essay(note: Note) -> Note:
    """Let the note and its original version use the essay that its passage has loaded."""
    note.essay = note.original.passage.essay = note.passage.essay
    return note


def note_of(written: Note | Reply) -> Note:
    return written if isinstance(written, Note) else written.note


def own_or_404(
    request, kind, public_id, *, deleted=False, drafts=False, lock=False, back=""
) -> Note | Reply:
    """The reader's own note or reply. Raises Http404, or SignInNeeded after the session ended.

    `deleted` includes deleted ones, `drafts` those whose essay is not published at present. Signing
    in leads `back`, or else to the address of the request. With `lock` it is what is saved once it
    is locked: whatever changes it decides by that.
    """
    path = "" if kind is Note else "note__"
    owned = kind.objects.filter(reader=request.reader or None)
    owned = owned.select_related(*(f"{path}{related}" for related in NOTE_RELATED))
    if not drafts:
        owned = owned.filter(**{f"{path}essay__status": Essay.Status.PUBLISHED})
    if not deleted:
        owned = owned.filter(deleted_at=None)
    owned = owned.filter(public_id=public_id)
    written = lock_written(owned) if lock else owned.first()
    if written is None:
        raise SignInNeeded(back or request.path) if session_ended(request) else Http404
    share_essay(note_of(written))
    return written


@FORM_METHODS
@personal
@two_bodies
def edit(request, kind, public_id):
    """A change made meanwhile in another window is shown beside this one, not lost."""
    if request.method != "POST":
        return _edit_form(request, EditWrittenForm(written=own_or_404(request, kind, public_id)))
    if is_only_shown(request):
        written = own_or_404(request, kind, public_id)
        return _edit_form(request, EditWrittenForm(request.POST, written=written))
    wait = count_change(request)
    form = _save_edit(request, kind, public_id, wait)
    if form.is_valid():
        return answers.after_change(request, form.written, "Saved.")
    return _edit_form(request, form, status=422, wait=wait)


@writing
def _save_edit(request, kind, public_id, wait: int) -> EditWrittenForm:
    """The form that was sent; if it is valid and need not `wait`, the change is saved."""
    written = own_or_404(request, kind, public_id, lock=True)
    form = EditWrittenForm(request.POST, written=written)
    refuse(form, wait)
    if form.is_valid():
        written.edit(**{name: form.cleaned_data[name] for name in EDITABLE[kind]})
    return form


def _edit_form(request, form, **options):
    written = form.written
    name = written._meta.model_name
    context = {
        "form": form,
        "kind": name,
        "written": written,
        "note": written if isinstance(written, Note) else None,
        "passage": note_of(written).passage,
        "action": reverse(f"edit_{name}", args=[written.public_id]),
    }
    return answers.form_page(request, "written_edit", context, **options)


@FORM_METHODS
@personal
@two_bodies
def delete(request, kind, public_id):
    """Ask, then delete; for ten minutes it can be undone."""
    if request.method == "POST":
        if wait := count_change(request):
            return _too_many(request, kind, public_id, wait)
        written = _remove(request, kind, public_id)
        return answers.after_change(request, written, "Deleted.", undo=True)
    written = own_or_404(request, kind, public_id, drafts=True)
    is_highlight = isinstance(written, Note) and written.is_highlight
    name = "highlight" if is_highlight else written._meta.model_name
    note = note_of(written)
    context = {"note": note, "written": written, "question": f"Delete this {name}?"}
    context |= {"passage": note.passage, "action": request.path}
    return answers.form_page(request, "note_delete", context)


def _too_many(request, kind, public_id, wait: int):
    back = reverse("notebook")
    written = own_or_404(request, kind, public_id, deleted=True, drafts=True, back=back)
    return answers.too_many_changes(request, note_of(written), wait)


@writing
def _remove(request, kind, public_id) -> Note | Reply:
    written = own_or_404(request, kind, public_id, deleted=True, drafts=True, lock=True)
    if written.deleted_at is None:
        written.remove()
    return written


@require_POST
@personal
def restore(request, kind, public_id):
    """Undo a deletion."""
    if wait := count_change(request):
        return _too_many(request, kind, public_id, wait)
    try:
        written = _restore(request, kind, public_id)
    except NotAllowed as error:
        written = own_or_404(request, kind, public_id, deleted=True)
        return answers.note_refused(request, note_of(written), error.message)
    return answers.after_change(request, written, "It is back.")


@writing
def _restore(request, kind, public_id) -> Note | Reply:
    back = reverse("notebook")
    written = own_or_404(request, kind, public_id, deleted=True, lock=True, back=back)
    if written.deleted_at is not None:
        written.restore()
    return written
