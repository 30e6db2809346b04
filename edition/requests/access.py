"""Which essays one request may read: those published, and drafts that are shown to who asks.

Drafts are shown to those at the desk who may look at essays, and to browsers that came by a
preview link: a signed cookie holds the secret of each link. Whatever such a request is answered
is kept from everybody else's caches.
"""

from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.utils.cache import patch_vary_headers

from annotations.editorial.publish import publish_due
from edition.requests.personal import is_personal, keep_private
from essays.models import Essay

SALT = "edition.preview"
# Of the links that a browser came by, the newest are kept.
MOST_LINKS = 5


@dataclass(frozen=True)
class Readable:
    """The published essays, and either `every` draft or those with these ids."""

    every: bool = False
    drafts: frozenset[int] = frozenset()

    def has(self, essay: Essay) -> bool:
        return essay.is_published or self.every or essay.pk in self.drafts

    def q(self, essay: str = "") -> Q:
        """A condition on what stands at the path `essay`; where nothing does, it is not met."""
        path = f"{essay}__" if essay else ""
        if self.every:
            return Q(**{f"{path}pk__isnull": False})
        return Q(**{f"{path}status": Essay.Status.PUBLISHED}) | Q(**{f"{path}pk__in": self.drafts})


PUBLISHED = Readable()


def readable_by(request) -> Readable:
    """Asks the database only for those who sent a cookie."""
    if not hasattr(request, "readable"):
        request.readable = _readable_by(request) if is_personal(request) else PUBLISHED
    return request.readable


def _readable_by(request) -> Readable:
    # Who is not at the desk costs no look at rights.
    if request.user.is_staff and request.user.has_perm("essays.view_essay"):
        return Readable(every=True)
    tokens = _tokens(request)
    if not tokens:
        return PUBLISHED
    shown = Essay.objects.filter(status=Essay.Status.DRAFT, preview_token__in=tokens)
    return Readable(drafts=frozenset(shown.values_list("pk", flat=True)))


def _tokens(request) -> list[str]:
    kept = request.get_signed_cookie(settings.PREVIEW_COOKIE_NAME, default="", salt=SALT)
    return [token for token in kept.split(".") if token]


def let_preview(request, response, essay: Essay) -> None:
    """Let the browser read a draft until it is closed, or the link withdrawn."""
    tokens = [token for token in _tokens(request) if token != essay.preview_token]
    response.set_signed_cookie(
        settings.PREVIEW_COOKIE_NAME,
        ".".join([*tokens, essay.preview_token][-MOST_LINKS:]),
        salt=SALT,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def after_publishing_due(view):
    """Publish what is due before a view looks which essays are; one query if nothing is."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        publish_due()
        return view(request, *args, **kwargs)

    return inner


def readable_essay(request, slug: str) -> Essay:
    """The essay with its veil, in one query if it is published; Http404 if it is not there."""
    essay = _found(slug)
    if essay.is_draft and not readable_by(request).has(essay):
        raise Http404
    return note_draft(request, essay)


def note_draft(request, essay: Essay) -> Essay:
    """Let the answer say so, if it is about a draft: `request.draft` is that draft."""
    if essay.is_draft:
        request.draft = essay
    return essay


def published_essay(slug: str) -> Essay:
    """The same for what is shown of published essays alone."""
    essay = _found(slug)
    if essay.is_draft:
        raise Http404
    return essay


def _found(slug: str) -> Essay:
    essays = Essay.objects.select_related("veil_after", "veil_work").filter(slug=slug)
    essay = essays.first()
    if essay and essay.is_draft and essay.publish_at and publish_due():
        essay = essays.first()
    if essay is None:
        raise Http404
    return essay


def keep_drafts_private(get_response):
    """Answers that depend on who may read drafts say so; those that show one are for them alone."""

    def middleware(request):
        response = get_response(request)
        if getattr(request, "draft", None):
            response["Cache-Control"] = "private"
            response["X-Robots-Tag"] = "noindex"
            keep_private(response)
        elif getattr(request, "readable", PUBLISHED) != PUBLISHED:
            keep_private(response)
        elif hasattr(request, "readable"):
            patch_vary_headers(response, ["Cookie"])
        return response

    return middleware
