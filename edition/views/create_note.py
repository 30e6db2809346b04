"""Writing a new note on a passage."""

from functools import partial
from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse

from annotations.models import Audience, NotAllowed, Standing
from annotations.notes import create
from annotations.notes.note_forms import NoteForm
from annotations.notes.selection import NotPlaced
from annotations.notes.selection_form import PlaceForm
from annotations.revising import RevisingError
from edition.requests.access import readable_essay, readable_passage
from edition.requests.allowed_methods import FORM_METHODS
from edition.requests.fragments import two_bodies
from edition.requests.personal import personal
from edition.requests.rate_limits import count_write
from edition.requests.sign_in import check_sender, redirect_to_sign_in, writer
from edition.views import answers
from essays.transactions import writing
from readers.typed_words import carries_words, is_only_shown


@carries_words
@FORM_METHODS
@personal
@two_bodies
def create_note(request, slug, key):
    """A form for a note on words of a passage, or for choosing the words. POST writes the note."""
    essay = readable_essay(request, slug)
    if essay.is_draft:
        return answers.draft_refused(request, essay)
    passage = readable_passage(essay, key)
    if request.method == "POST":
        return _create(request, passage)
    if passage.leads_to:
        return redirect("create_note", slug, passage.leads_to.key)
    form = NoteForm(passage=passage, initial=_initial(request.GET))
    if PlaceForm.chooses_words(request.GET):
        place = PlaceForm(request.GET, passage=passage)
        place.full_clean()
        form.span, form.misplaced = place.span, place.misplaced
    return _form_page(request, form)


def _initial(query) -> dict:
    return {
        "highlight": query.get("highlight") == "1",
        "colour": query.get("colour", ""),
        "audience": query.get("audience", ""),
    }


def _create(request, passage):
    check_sender(request, _address_of_form(request))
    form = NoteForm(request.POST, passage=passage)
    if is_only_shown(request):
        form.full_clean()
        return _form_page(request, form)
    wait = count_write(request, form)
    try:
        if form.is_valid():
            return _answer(request, form, _save(request, form, request.reader))
    except (NotPlaced, RevisingError) as error:
        form.misplace(error.message)
    except NotAllowed as error:
        form.add_error(None, error.message)
    return _form_page(request, form, status=422, wait=wait)


def _address_of_form(request) -> str:
    """Where the form for these words is."""
    place = {name: request.POST[name] for name in PlaceForm.PLACE if request.POST.get(name)}
    return f"{request.path}?{urlencode(place)}"


def _answer(request, form, note):
    if _is_for_anyone(form) and not note.is_public:
        # The note is saved as private, so that it is not lost if they never sign in.
        return redirect_to_sign_in(request, reverse("note_audience", args=[note.public_id]))
    return answers.after_change(request, note, _message(note))


def _is_for_anyone(form) -> bool:
    return form.cleaned_data["audience"] == Audience.PUBLIC


@writing
def _save(request, form, reader):
    values = form.cleaned_data
    # A reader that an earlier try created is gone with its transaction.
    request.reader = reader
    note = create.create_note(
        form.passage,
        form.find,
        reader_for=partial(writer, request, values["token"]),
        token=values["token"],
        body=values["body"],
        colour=values["colour"],
    )
    if _is_for_anyone(form) and note.reader.user_id and not note.is_public:
        note.publish()
    return note


def _message(note):
    if note.is_highlight:
        return "Highlighted."
    if not note.is_public:
        return "Saved, for you only."
    if note.standing == Standing.WAITING:
        return "Saved. Others see it once it is approved."
    return "Saved, for anyone."


def _form_page(request, form, **options):
    passage = form.passage
    action = reverse("create_note", args=[passage.essay.slug, passage.key])
    context = {"form": form, "passage": passage, "action": action}
    return answers.form_page(request, "note_form", context, **options)
