"""Replies under a note, and what their authors can do with them."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from annotations.models import NotAllowed, Reply
from annotations.notes.create import create_reply as write_reply
from annotations.notes.create import purge
from annotations.notes.note_forms import EditForm, ReplyForm
from edition.pages.note_thread import Thread
from edition.requests.allowed_methods import require_post
from edition.requests.fragments import two_bodies
from edition.requests.personal import personal
from edition.requests.rate_limits import TooMany, count_write
from edition.requests.sign_in import to
from edition.views import answers
from edition.views.notes import FORM, notes_with_places, settled
from essays.models import Essay
from readers.guests import writing_reader

BEHIND = ("note__passage__essay__veil_after", "note__passage__essay__veil_work")


@require_post
@personal
def create_reply(request, pk):
    """Answer a note."""
    notes = notes_with_places().threads_for(request.reader or None)
    note = settled(get_object_or_404(notes, pk=pk))
    form = ReplyForm(request.POST)
    status, wait = 422, 0
    try:
        count_write(request)
        if form.is_valid() and not request.user.is_authenticated:
            form.add_error(None, "Sign in first, in another window; then reply here.")
        if form.is_valid():
            values = form.cleaned_data
            reply = write_reply(
                note, writing_reader(request), token=values["token"], body=values["body"]
            )
            return to(request, reply.get_absolute_url())
    except TooMany as error:
        form.add_error(None, error.message)
        status, wait = 429, error.wait
    except NotAllowed as error:
        form.add_error(None, error.message)
    response = render(
        request,
        "edition/writing/note_detail.html",
        {"thread": Thread(note, request, form)},
        status=status,
    )
    if wait:
        response["Retry-After"] = str(wait)
    return response


def own_reply(request, pk, *, deleted=False, lock=False, anywhere=False) -> Reply:
    """As `own_note`."""
    if not request.reader:
        raise Http404
    shown = {} if anywhere else {"note__essay__status": Essay.Status.PUBLISHED}
    replies = Reply.objects.filter(reader=request.reader, **shown).select_related(*BEHIND)
    if not deleted:
        replies = replies.filter(deleted_at=None)
    if lock:
        replies = replies.select_for_update(of=("self",))
    reply = get_object_or_404(replies, pk=pk)
    reply.note.essay = reply.note.passage.essay
    return reply


@FORM
@personal
@two_bodies
def edit_reply(request, pk):
    if request.method != "POST":
        return _edit_form(request, EditForm(thing=own_reply(request, pk)))
    with transaction.atomic():
        reply = own_reply(request, pk, lock=True)
        form = EditForm(request.POST, thing=reply)
        if form.is_valid():
            reply.edit(form.cleaned_data["body"])
    if form.is_valid():
        return to(request, reply.get_absolute_url())
    return _edit_form(request, form, status=422)


def _edit_form(request, form, **options):
    reply = form.thing
    context = {
        "form": form,
        "reply": reply,
        "passage": reply.note.passage,
        "action": reverse("edit_reply", args=[reply.pk]),
    }
    return answers.form(request, "reply_edit", context, **options)


@FORM
@personal
@two_bodies
def delete_reply(request, pk):
    """Ask, then delete: for ten minutes it can be undone."""
    reply = own_reply(request, pk, deleted=request.method == "POST", anywhere=True)
    if request.method == "POST":
        if reply.deleted_at is None:
            reply.remove()
        purge()
        if reply.note.essay.is_draft:
            return to(request, reverse("notebook"))
        return to(request, reply.get_absolute_url())
    context = {"note": reply.note, "said": reply, "question": "Delete this reply?"}
    context |= {"passage": reply.note.passage, "action": request.path}
    return answers.form(request, "note_delete", context)


@require_post
@personal
def restore_reply(request, pk):
    """Undo a deletion."""
    reply = own_reply(request, pk, deleted=True)
    try:
        if reply.deleted_at is not None:
            reply.restore()
    except NotAllowed as error:
        return answers.refused(request, reply.note, error.message)
    return to(request, reply.get_absolute_url())
