"""Which essays a request may read: the published ones, and some drafts.

Users with the right to view essays at the desk can read every draft. A browser that opened a
preview link can read that draft: a signed cookie holds the tokens of such links. Answers that
depend on this are kept out of shared caches.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers

from edition.requests.personal import is_personal, keep_private
from essays.models import Essay, Passage

PREVIEW_COOKIE_SALT = "edition.preview"
# The cookie keeps the tokens of the newest links.
MAX_PREVIEW_LINKS = 5


@dataclass(frozen=True)
class Readable:
    """The published essays, and either `every` draft or the `drafts` with these ids."""

    every: bool = False
    drafts: frozenset[int] = frozenset()

    def includes(self, essay: Essay) -> bool:
        return essay.is_published or self.every or essay.pk in self.drafts

    def q(self, essay: str = "") -> Q:
        """A condition for queries; `essay` is the path to the essay. False if there is none."""
        path = f"{essay}__" if essay else ""
        if self.every:
            return Q(**{f"{path}pk__isnull": False})
        return Q(**{f"{path}status": Essay.Status.PUBLISHED}) | Q(**{f"{path}pk__in": self.drafts})


PUBLISHED = Readable()


def readable_passage(essay: Essay, key: str) -> Passage:
    """A passage of a readable essay, also a retired one that readers knew; Http404 for others."""
    passages = essay.passages.for_readers().select_related("leads_to__essay")
    passage = get_object_or_404(passages, key=key)
    passage.essay = essay
    return passage


def readable_by(request) -> Readable:
    """Makes no query unless the request has a cookie of this site."""
    if not hasattr(request, "readable"):
        request.readable = _readable_by(request) if is_personal(request) else PUBLISHED
    return request.readable


def _readable_by(request) -> Readable:
    # is_staff first: it saves other users the queries for permissions.
    if request.user.is_staff and request.user.has_perm("essays.view_essay"):
        return Readable(every=True)
    tokens = _tokens(request)
    if not tokens:
        return PUBLISHED
    drafts = Essay.objects.previewed_by(tokens)
    return Readable(drafts=frozenset(drafts.values_list("pk", flat=True)))


def _tokens(request) -> list[str]:
    cookie = request.get_signed_cookie(
        settings.PREVIEW_COOKIE_NAME, default="", salt=PREVIEW_COOKIE_SALT
    )
    return [token for token in cookie.split(".") if token]


def allow_preview(request, response, essay: Essay) -> None:
    """Let the browser read a draft until it is closed or the link is withdrawn or expires."""
    tokens = [token for token in _tokens(request) if token != essay.preview_token]
    response.set_signed_cookie(
        settings.PREVIEW_COOKIE_NAME,
        ".".join([*tokens, essay.preview_token][-MAX_PREVIEW_LINKS:]),
        salt=PREVIEW_COOKIE_SALT,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def readable_essay(request, slug: str) -> Essay:
    """The essay with its veil, in one query if it is published. Raises Http404."""
    essay = _essay_or_404(slug)
    if essay.is_draft and not readable_by(request).includes(essay):
        raise Http404
    return mark_draft(request, essay)


def mark_draft(request, essay: Essay) -> Essay:
    """If the essay is a draft, set `request.draft` for the banner and the headers of the answer."""
    if essay.is_draft:
        request.draft = essay
    return essay


def published_essay(slug: str) -> Essay:
    """Like `readable_essay`, but drafts raise Http404 for everybody."""
    essay = _essay_or_404(slug)
    if essay.is_draft:
        raise Http404
    return essay


def _essay_or_404(slug: str) -> Essay:
    essays = Essay.objects.select_related("veil_after", "veil_work")
    essay = essays.filter(slug=slug).first()
    if essay is None:
        raise Http404
    return essay


def keep_drafts_private(get_response):
    """Middleware: keep answers that show a draft, or depend on rights to drafts, out of caches."""

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
