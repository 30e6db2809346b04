"""Answers to writes: htmx gets what changed on the page, everyone else a redirect."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape

from annotations.models import Note, Reply
from edition.pages.reading_page import EssayAssets, run_key, run_of
from edition.pages.veil import veil_over
from edition.requests.edit_links import editing
from edition.requests.fragments import wants_fragment
from edition.requests.rate_limits import advice, with_wait
from edition.requests.sign_in import redirect_to, sign_in_address
from essays.models import Essay

DRAFT_MESSAGE = "This is a draft. Notes can be written beside it once it is published."


def card_or_page(request, name: str, context: dict) -> HttpResponse:
    """A page of `edition/`, or its partial `card` for htmx."""
    part = "#card" if wants_fragment(request) else ""
    return render(request, f"edition/{name}.html{part}", context)


def form_page(
    request, name: str, context: dict, *, status: int = 200, wait: int = 0
) -> HttpResponse:
    """A form of `edition/writing/` as a page, or as its partial `form` for htmx.

    With an error status the fragment replaces the form that was sent. The context must have
    `passage`, with its essay, and `action`. With `wait` the status is 429.
    """
    passage, fragment = context["passage"], wants_fragment(request)
    context = {
        "essay": passage.essay,
        "assets": EssayAssets(passage.essay),
        "veil": veil_over(passage),
        "run": run_key(passage) if fragment else "",
        "has_account": request.user.is_authenticated,
        "offers_public": settings.PUBLIC_NOTES != "off",
        "sign_in": sign_in_address(request.get_full_path()),
        **context,
    }
    template = f"edition/writing/{name}.html" + ("#form" if fragment else "")
    response = render_form(request, template, context, status=status, wait=wait)
    if fragment and status >= 400:
        response["HX-Retarget"] = "#note-form"
        response["HX-Reswap"] = "outerHTML"
    return response


def render_form(request, template: str, context: dict, *, status: int, wait: int) -> HttpResponse:
    """A page with a form; 429 with Retry-After if the sender must `wait` (in seconds)."""
    return with_wait(render(request, template, context, status=429 if wait else status), wait)


def after_change(
    request, written: Note | Reply, message: str, *, undo: bool = False
) -> HttpResponse:
    """After a note or reply was written, changed, deleted or restored.

    For a note, htmx gets its run of passages again with `message` as the status line, and with
    `undo` an offer to restore it. Everyone else is sent to the note or reply, or to the notebook
    where the essay is not published at present.
    """
    if written.essay.is_draft:
        return redirect_to(request, reverse("notebook"))
    run = []
    if isinstance(written, Note) and wants_fragment(request):
        run = run_of(written.passage, request.reader or None)
    if not run:
        return redirect_to(request, written.get_absolute_url())
    if undo:
        next(view for view in run if view.passage == written.passage).notes.undo = written
    return render(
        request,
        "edition/reading/run_after.html",
        {"run": run, "message": message, "editing": editing(request)},
    )


def draft_refused(request, essay: Essay) -> HttpResponse:
    """403 for a note on a draft; the draft's pages have no link that leads here."""
    context = {"essay": essay, "message": DRAFT_MESSAGE}
    return render(request, "edition/writing/note_refused.html", context, status=403)


def note_refused(request, note: Note, message: str, *, wait: int = 0) -> HttpResponse:
    """422 for what cannot be done with a note, or 429 if its author must `wait` (in seconds).

    htmx shows `message` as the status line.
    """
    if wants_fragment(request):
        headers = {"HX-Retarget": "#status", "HX-Reswap": "innerHTML"}
        response = HttpResponse(escape(message), status=429 if wait else 422, headers=headers)
        return with_wait(response, wait)
    context = {"note": note, "message": message}
    template = "edition/writing/note_refused.html"
    return render_form(request, template, context, status=422, wait=wait)


def too_many_changes(request, note: Note, wait: int) -> HttpResponse:
    message = f"That was a lot in one minute, and nothing was changed: {advice(wait, 'try again')}"
    return note_refused(request, note, message, wait=wait)
