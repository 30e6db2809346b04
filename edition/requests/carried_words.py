"""Typed words outlive an ended session, an old token and a server that cannot save.

This is about the forms of the desk, and of what readers wrote themselves.

A form that is sent without its session, or with an old token, is answered with the page for signing
in, which carries the words (`readers/typed_words.py`), and then with the form. Nothing is saved
until its person presses Save again.
"""

from django.contrib.messages.storage import default_storage
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import render
from django.urls import resolve, reverse

from readers.typed_words import (
    PERSON,
    SAVED,
    SEALED,
    TypedWords,
    as_get,
    is_at_desk,
    is_only_shown,
    keeps_words,
    unsealed,
    words_sent,
    words_to_copy,
)

SIGNED_IN = "You are signed in. Nothing has been saved yet."
NEXT_STEP = "Your draft is kept. It goes along to the next step."
TOO_OFTEN = "That was tried too often. Wait a minute, then go on. Your draft is kept."
OLD_PAGE = "Nothing was saved: the page that you sent this from had grown too old."


class CarryTypedWords:
    """Middleware for forms that a browser sends by itself; scripts see to their own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if is_saved(request, response):
            request.session[SAVED] = request.path
        return response

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or not is_page_with_words(request):
            return None
        if getattr(view, "csrf_exempt", False):
            # The import's forms: reading one here would read it with Django's limits.
            return None
        if SEALED in request.POST:
            if not show_sealed(request):
                return None
        elif words := words_sent(request):
            if not request.user.is_authenticated:
                return sign_in_with(request, words)
            if request.user.pk != words.person:
                return render(request, "account/not_yours.html", status=403)
        return show_unsaved(request, view, args, kwargs) if is_only_shown(request) else None


def is_saved(request, response) -> bool:
    """Whether a form of the desk was answered by a redirect, as forms are that were saved."""
    if request.method != "POST" or not 300 <= response.status_code < 400:
        return False
    if not is_at_desk(request) or request.htmx or not request.user.is_staff:
        return False
    return PERSON in request.POST


def is_page_with_words(request) -> bool:
    return keeps_words(request) and not request.htmx


def show_sealed(request) -> bool:
    """Let the request show the words that it carries, if they are this person's, else nothing."""
    words = unsealed(request)
    is_theirs = words and words.person == request.user.pk and words.path == request.get_full_path()
    if is_theirs:
        request.POST = words.as_post()
    else:
        as_get(request)
    return bool(is_theirs)


def show_unsaved(request, view, args, kwargs):
    """The page of a form with what was typed into it. Whatever the view does, nothing is saved.

    A view that would act, since it has no such page, is asked for its page instead.
    """
    with transaction.atomic():
        response = view(request, *args, **kwargs)
        transaction.set_rollback(True)
    if not 300 <= response.status_code < 400:
        return response
    # Without the message that it was done.
    request._messages = default_storage(request)
    return view(as_get(request), *args, **kwargs)


def after_refused_token(request):
    """What to answer to a form whose token is old; None if it carries nothing to show again."""
    words = unsealed(request) or (words_sent(request) if is_page_with_words(request) else None)
    if words is None:
        return None
    if not request.user.is_authenticated:
        return sign_in_with(request, words)
    if request.user.pk != words.person:
        return render(request, "account/not_yours.html", status=403)
    return go_on(request, OLD_PAGE, words, status=403)


def sign_in_with(request, words: TypedWords):
    """The page for signing in, which carries these words."""
    if words.is_too_long:
        context = {"typed": words_to_copy(words.fields), "path": words.path}
        return render(request, "account/too_long.html", context, status=403)
    request.carried_words = words
    response = resolve(reverse("account_login")).func(page_of_step(request))
    response.status_code = 403
    return response


def page_of_step(request):
    """The same request, as if it asked for a page of signing in. The words know where they lead."""
    request.GET = QueryDict()
    return as_get(request)


def carry_along(request, response, words: TypedWords):
    """The answer to a step of signing in, which carries the words to the next step."""
    context = getattr(response, "context_data", None)
    if context is not None:
        context |= {"sealed": words.sealed(), "returns_to_form": True}
        return response
    if response.status_code == 429:
        page = go_on(request, TOO_OFTEN, words, reverse("account_login"), status=429)
        page["Retry-After"] = response["Retry-After"]
    elif "Location" not in response:
        return response
    elif not request.user.is_authenticated:
        page = go_on(request, NEXT_STEP, words, response["Location"])
    elif request.user.pk == words.person:
        page = go_on(request, SIGNED_IN, words)
    else:
        page = render(request, "account/not_yours.html")
    page.cookies = response.cookies
    return page


def go_on(request, message: str, words: TypedWords, step: str = "", *, status: int = 200):
    """A page with a button that takes the words to a step of signing in, or back to their form."""
    context = {"message": message, "sealed": words.sealed(), "step": step, "path": words.path}
    return render(request, "account/go_on.html", context, status=status)
