"""Replies to notes, and what their authors can do with them."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from annotations.models import NotAllowed, Reply
from annotations.notes import create
from annotations.notes.note_forms import ReplyForm
from edition.pages.note_thread import Thread
from edition.requests.personal import personal
from edition.requests.rate_limits import count_write
from edition.requests.sign_in import check_sender, redirect_to
from edition.views import answers, own_words
from edition.views.own_words import published_notes, share_essay
from readers.guests import writing_reader
from readers.typed_words import carries_words, is_only_shown


@carries_words
@require_POST
@personal
def create_reply(request, note):
    notes = published_notes().threads_for(request.reader or None)
    note = share_essay(get_object_or_404(notes, public_id=note))
    if is_only_shown(request):
        shown = ReplyForm(initial={"body": request.POST.get("body", "")})
        return _note_page(request, note, shown, status=200)
    check_sender(request, note.get_absolute_url())
    form = ReplyForm(request.POST)
    wait = count_write(request, form)
    try:
        if form.is_valid() and not request.user.is_authenticated:
            form.add_error(None, "Sign in first, in another window; then reply here.")
        if form.is_valid():
            values = form.cleaned_data
            reply = create.create_reply(
                note, writing_reader(request), token=values["token"], body=values["body"]
            )
            return redirect_to(request, reply.get_absolute_url())
    except NotAllowed as error:
        form.add_error(None, error.message)
    return _note_page(request, note, form, status=422, wait=wait)


def _note_page(request, note, form, *, status: int, wait: int = 0):
    context = {"thread": Thread(note, request, form)}
    template = "edition/writing/note_detail.html"
    return answers.render_form(request, template, context, status=status, wait=wait)


@carries_words
def edit_reply(request, reply):
    return own_words.edit(request, Reply, reply)


def delete_reply(request, reply):
    return own_words.delete(request, Reply, reply)


def restore_reply(request, reply):
    return own_words.restore(request, Reply, reply)
