"""Telling the moderators that words of a reader should not stand."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from annotations.models import Flag, Reply
from annotations.notes.note_forms import FlagForm
from edition.requests.fragments import two_bodies
from edition.requests.personal import personal
from edition.requests.rate_limits import TooMany, count_write
from edition.requests.sign_in import to
from edition.views import answers
from edition.views.notes import FORM, notes_with_places, settled
from readers.guests import writing_reader


@FORM
@personal
@two_bodies
def flag_note(request, pk):
    notes = notes_with_places().visible_to(request.reader or None)
    note = settled(get_object_or_404(notes, pk=pk))
    return _flag(request, note, note, note=note)


@FORM
@personal
@two_bodies
def flag_reply(request, pk):
    reader = request.reader or None
    reply = get_object_or_404(Reply.objects.visible_to(reader).select_related("reader"), pk=pk)
    notes = notes_with_places().threads_for(reader)
    reply.note = settled(get_object_or_404(notes, pk=reply.note_id))
    return _flag(request, reply, reply.note, reply=reply)


def _flag(request, said, beside, **thing):
    """Ask for the reason, then pass the flag on; a second by the same reader changes nothing."""
    if request.reader and said.reader_id == request.reader.pk:
        raise Http404
    form = FlagForm(request.POST if request.method == "POST" else None)
    status, wait = 200, 0
    if request.method == "POST":
        status = 422
        try:
            count_write(request)
            if form.is_valid():
                Flag.objects.get_or_create(
                    **thing, reader=writing_reader(request), defaults=form.cleaned_data
                )
                return to(request, said.get_absolute_url())
        except TooMany as error:
            form.add_error(None, error.message)
            status, wait = 429, error.wait
    context = {"form": form, "note": beside, "said": said, "passage": beside.passage}
    context["action"] = request.path
    return answers.form(request, "note_flag", context, status=status, wait=wait)
