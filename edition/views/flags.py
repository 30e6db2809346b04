"""Readers report a note or a reply to the moderators."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from annotations.models import Flag, Reply
from annotations.notes.note_forms import FlagForm
from edition.requests.allowed_methods import FORM_METHODS
from edition.requests.fragments import two_bodies
from edition.requests.personal import personal
from edition.requests.rate_limits import count_write
from edition.requests.sign_in import check_sender, redirect_to
from edition.views import answers
from edition.views.own_words import note_of, published_notes, share_essay
from essays.transactions import writing
from readers.guests import writing_reader
from readers.typed_words import carries_words, is_only_shown


@carries_words
@FORM_METHODS
@personal
@two_bodies
def flag_note(request, note):
    notes = published_notes().visible_to(request.reader or None)
    return _flag(request, share_essay(get_object_or_404(notes, public_id=note)))


@carries_words
@FORM_METHODS
@personal
@two_bodies
def flag_reply(request, reply):
    reader = request.reader or None
    reply = get_object_or_404(
        Reply.objects.visible_to(reader).select_related("reader"), public_id=reply
    )
    notes = published_notes().threads_for(reader)
    reply.note = share_essay(get_object_or_404(notes, pk=reply.note_id))
    return _flag(request, reply)


def _flag(request, written):
    """Ask for the reason, then save the flag; a second one by the same reader changes nothing."""
    if written.is_by(request.reader):
        raise Http404
    form = FlagForm(request.POST if request.method == "POST" else None)
    status, wait = 200, 0
    if is_only_shown(request):
        form = FlagForm(initial=request.POST.dict())
    elif request.method == "POST":
        check_sender(request, request.path)
        status, wait = 422, count_write(request, form)
        if form.is_valid():
            _save(written, writing_reader(request), form.cleaned_data)
            return redirect_to(request, written.get_absolute_url())
    note = note_of(written)
    context = {"form": form, "note": note, "written": written, "passage": note.passage}
    context["action"] = request.path
    return answers.form_page(request, "note_flag", context, status=status, wait=wait)


@writing
def _save(written, reader, values) -> None:
    kind = written._meta.model_name
    Flag.objects.get_or_create(**{kind: written}, reader=reader, defaults=values)
