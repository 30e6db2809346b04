"""Writing beside a passage."""

from functools import partial

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from annotations.models import Audience, NotAllowed, Standing
from annotations.notes import create
from annotations.notes.note_forms import NoteForm
from annotations.notes.selection import NotPlaced
from annotations.notes.selection_form import PlaceForm
from annotations.revising import RevisingError
from edition.requests.access import readable_essay
from edition.requests.fragments import two_bodies
from edition.requests.personal import personal
from edition.requests.rate_limits import TooMany, count_write
from edition.requests.sign_in import to_sign_in, writer
from edition.views import answers


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@two_bodies
def create_note(request, slug, key):
    """A form for words of a passage; without words, for choosing them. POST writes the note."""
    essay = readable_essay(request, slug)
    if essay.is_draft:
        return answers.draft_refused(request, essay)
    passage = get_object_or_404(essay.passages.select_related("leads_to__essay"), key=key)
    passage.essay = essay
    if request.method == "POST":
        return _create(request, passage)
    if passage.leads_to:
        return redirect("create_note", slug, passage.leads_to.key)
    form = NoteForm(passage=passage, initial=_wished(request.GET))
    if PlaceForm.chooses_words(request.GET):
        place = PlaceForm(request.GET, passage=passage)
        place.full_clean()
        form.span, form.misplaced = place.span, place.misplaced
    return _answer(request, form)


def _wished(asked) -> dict:
    return {
        "highlight": asked.get("highlight") == "1",
        "colour": asked.get("colour", ""),
        "audience": asked.get("audience", ""),
    }


def _create(request, passage):
    form = NoteForm(request.POST, passage=passage)
    try:
        count_write(request)
        if form.is_valid():
            return _written(request, form)
    except TooMany as error:
        form.add_error(None, error.message)
        return _answer(request, form, status=429, wait=error.wait)
    except (NotPlaced, RevisingError) as error:
        form.misplace(error.message)
    except NotAllowed as error:
        form.add_error(None, error.message)
    return _answer(request, form, status=422)


def _written(request, form):
    values = form.cleaned_data
    public = values["audience"] == Audience.PUBLIC
    with transaction.atomic():
        note = create.create_note(
            form.passage,
            form.find,
            reader_for=partial(writer, request, values["token"]),
            token=values["token"],
            body=values["body"],
            colour=values["colour"],
        )
        if public and note.reader.user_id and not note.is_public:
            note.publish()
    if public and not note.is_public:
        # Kept for them alone meanwhile: nothing is lost, whether or not they sign in.
        return to_sign_in(request, reverse("note_audience", args=[note.pk]))
    return answers.after_change(request, note, _said(note))


def _said(note):
    if note.is_highlight:
        return "Highlighted."
    if not note.is_public:
        return "Saved, for you only."
    if note.standing == Standing.WAITING:
        return "Saved. Others see it once it is approved."
    return "Saved, for anyone."


def _answer(request, form, **options):
    passage = form.passage
    action = reverse("create_note", args=[passage.essay.slug, passage.key])
    context = {"form": form, "passage": passage, "action": action}
    return answers.form_page(request, "note_form", context, **options)
