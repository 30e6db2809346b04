"""How a write is answered: to htmx with what changed on the page, to others with a way on."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape

from annotations.models import Note
from edition.pages.reading_page import Dress, run_key, run_of
from edition.pages.veil import veil_over
from edition.requests.edit_links import editing
from edition.requests.fragments import wants_fragment
from edition.requests.sign_in import sign_in_address, to
from essays.models import Essay

NOT_YET = "This is a draft. Notes can be written beside it once it is published."


def form(request, name: str, context: dict, *, status: int = 200, wait: int = 0) -> HttpResponse:
    """A form as a page, or as its fragment `form`; refused, it comes back in its own place.

    The context has `passage`, with its essay, and `action`.
    """
    passage, fragment = context["passage"], wants_fragment(request)
    context = {
        "essay": passage.essay,
        "dress": Dress(passage.essay),
        "veil": veil_over(passage),
        "run": run_key(passage) if fragment else "",
        "has_account": request.user.is_authenticated,
        "offers_public": settings.PUBLIC_NOTES != "off",
        "sign_in": sign_in_address(request.get_full_path()),
        **context,
    }
    template = f"edition/writing/{name}.html" + ("#form" if fragment else "")
    response = render(request, template, context, status=status)
    if fragment and status >= 400:
        response["HX-Retarget"] = "#note-form"
        response["HX-Reswap"] = "outerHTML"
    if wait:
        response["Retry-After"] = str(wait)
    return response


def with_run(request, note: Note, said: str, *, undo: bool = False) -> HttpResponse:
    """After a note was written, changed or deleted: its run drawn anew, and a line that says so.

    With `undo` the run offers to bring the note back. Where its essay is not published at
    present, the notebook is where they come from.
    """
    if note.essay.is_draft:
        return to(request, reverse("notebook"))
    run = run_of(note.passage, request.reader or None) if wants_fragment(request) else []
    if not run:
        return to(request, note.get_absolute_url())
    if undo:
        next(view for view in run if view.passage == note.passage).beside.undo = note
    return render(
        request,
        "edition/reading/run_after.html",
        {"run": run, "said": said, "editing": editing(request)},
    )


def unwritten(request, essay: Essay) -> HttpResponse:
    """What who reads a draft is told where they would write; its pages show no way there."""
    context = {"essay": essay, "message": NOT_YET}
    return render(request, "edition/writing/note_refused.html", context, status=403)


def refused(request, note: Note, message: str) -> HttpResponse:
    """What cannot be done to a note any more, said in one line."""
    if wants_fragment(request):
        headers = {"HX-Retarget": "#status", "HX-Reswap": "innerHTML"}
        return HttpResponse(escape(message), status=422, headers=headers)
    context = {"note": note, "message": message}
    return render(request, "edition/writing/note_refused.html", context, status=422)
