"""A note with its replies, as one reader sees them."""

from functools import cached_property

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404

from annotations.models import Note, Reply
from annotations.moderation import promote
from annotations.notes.note_forms import ReplyForm
from edition.pages.candidates import CandidatePlaces, candidates_of
from edition.pages.reading_page import EssayAssets
from edition.pages.veil import veil_over
from edition.pages.version_pages import AsWritten, passage_as_written
from edition.requests.paging import page_of
from edition.requests.sign_in import sign_in_address

REPLIES_PER_PAGE = 50


class Thread:
    """`form` is a reply form with errors, to be shown again; `reply` is the public id of a reply.

    Raises Http404 if the reader sees no such reply.
    """

    def __init__(
        self, note: Note, request, form: ReplyForm | None = None, reply: str | None = None
    ):
        self.note, self.request, self.reply = note, request, reply
        self.reader = request.reader or None
        self.refused_form = form

    @property
    def passage(self):
        return self.note.passage

    @property
    def essay(self):
        return self.note.essay

    @cached_property
    def assets(self):
        return EssayAssets(self.essay)

    @property
    def veil(self):
        return veil_over(self.passage)

    @cached_property
    def as_written(self) -> AsWritten | None:
        """The passage as the note's author saw it, if its words have changed since."""
        return None if self.note.deleted_at else passage_as_written(self.note, self.veil)

    @property
    def promotion(self):
        """The editors' request to make a gloss of this note; only its author and editors see it."""
        if self.mine or self.may_promote:
            return promote.promotions().filter(note=self.note).first()
        return None

    @property
    def may_promote(self) -> bool:
        """Whether the request is from an editor who may make a gloss of this note."""
        may = self.request.user.has_perm("annotations.add_promotion")
        return may and promote.promotable().filter(pk=self.note.pk).exists()

    @property
    def mine(self) -> bool:
        return self.note.is_by(self.reader)

    @cached_property
    def page(self):
        """A page of the replies that the reader may see, with those that they can restore."""
        replies = Reply.objects.filter(note=self.note).thread_for(self.reader)
        paginator = Paginator(replies.select_related("reader__user"), REPLIES_PER_PAGE)
        return page_of(self.request, paginator, self._page_of_reply(replies))

    def _page_of_reply(self, replies) -> int:
        if self.reply is None:
            return 1
        pk = get_object_or_404(replies, public_id=self.reply).pk
        return replies.filter(pk__lt=pk).count() // REPLIES_PER_PAGE + 1

    @cached_property
    def replies(self) -> list[Reply]:
        for reply in self.page:
            reply.note = self.note
            reply.mine = reply.is_by(self.reader)
        return list(self.page)

    @property
    def form(self) -> ReplyForm | None:
        """The form for a new reply; None if the reader cannot reply."""
        if self.refused_form is not None:
            return self.refused_form
        signed_in = self.request.user.is_authenticated
        return ReplyForm() if self.is_answerable and signed_in else None

    @property
    def is_answerable(self) -> bool:
        offered = settings.PUBLIC_NOTES != "off"
        return offered and self.note.is_public and self.note.deleted_at is None

    @property
    def offers_audience(self) -> bool:
        return settings.PUBLIC_NOTES != "off" or self.note.is_public

    @property
    def sign_in(self) -> str:
        return sign_in_address(self.request.path)

    @cached_property
    def candidates(self) -> CandidatePlaces | None:
        """The places that the note may be about now, for its author."""
        own = self.mine and self.note.deleted_at is None
        return candidates_of([self.note])[self.note.pk] if own else None

    @property
    def was_flagged(self) -> bool:
        return self.reader is not None and self.note.flags.filter(reader=self.reader).exists()
