"""The list of an essay's passages at the desk, with the pages that add and arrange them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from annotations.models import Gloss, Note
from desk.base import FORM_METHODS, DeskAdmin
from desk.conflicts import stamp_of, texts_of
from desk.excerpt import excerpt
from desk.passages.gate import save_through_gate
from desk.passages.order_forms import ArrangeForm, TypographyForm, order_digest
from desk.passages.passage_forms import InsertForm
from desk.passages.preview import preview_of
from essays.counted import counted
from essays.identifiers import safe_id
from essays.models import Essay, Passage

OPENING_LENGTH = 130


@dataclass(frozen=True)
class PassageRow:
    """A passage in the list; `after` is the one that follows it, unless that was cut.

    `number` is its own, or the one that was typed and is not saved yet.
    """

    passage: Passage
    after: Passage | None
    glosses: int
    notes: int
    number: str | int | None

    @property
    def opening(self) -> str:
        return excerpt(" ".join(self.passage.text.split()), OPENING_LENGTH)

    @property
    def attached(self) -> str:
        """How many glosses and public notes it has, as in “2 glosses, 1 note”."""
        parts = [
            self.glosses and counted(self.glosses, "gloss"),
            self.notes and counted(self.notes, "note"),
        ]
        return ", ".join(filter(None, parts))

    @property
    def pair(self) -> str:
        """The value of the field `pair` of PassageMergeForm."""
        after = self.after
        return f"{after.pk}:{self.passage.version}:{after.version}" if after else ""


@dataclass(frozen=True)
class PassageList:
    """All passages of an essay, in four queries however many notes there are.

    `typed` has what was typed into its form, if that is only shown.
    """

    essay: Essay
    may_change: bool
    typed: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _all(self) -> list[PassageRow]:
        passages = list(self.essay.passages.select_related("leads_to").defer("html", "source"))
        glosses = _count_by_passage(Gloss.objects.filter(essay=self.essay))
        notes = _count_by_passage(Note.objects.public().filter(essay=self.essay))
        return [
            PassageRow(
                one,
                after if after and after.number else None,
                glosses.get(one.pk, 0),
                notes.get(one.pk, 0),
                self.typed.get(f"number-{one.pk}", one.number),
            )
            for one, after in zip(passages, [*passages[1:], None], strict=True)
        ]

    @property
    def rows(self) -> list[PassageRow]:
        return [row for row in self._all if row.passage.number]

    @property
    def retired(self) -> list[PassageRow]:
        return [row for row in self._all if not row.passage.number]

    @property
    def highest(self) -> int:
        return len(self.rows)

    @property
    def order(self) -> str:
        return self.typed.get("order") or order_digest(self.essay)


def _count_by_passage(anchors) -> Mapping[int, int]:
    return dict(anchors.order_by().values_list("passage").annotate(Count("pk")))


class EssayPassagesAdmin(DeskAdmin):
    """The part of the essay's admin that is about its passages."""

    def get_urls(self):
        base = "<int:pk>/passages/"
        pages = {
            "essays_essay_passages": (base, self.passages),
            "essays_essay_new_passage": (f"{base}new/", self.new_passage),
            "essays_essay_typography": (f"{base}typography/", self.typography),
            "essays_essay_preview_passage": (f"{base}preview/", self.preview_passage),
        }
        return [*self.page_urls(pages), *super().get_urls()]

    @method_decorator(FORM_METHODS)
    def passages(self, request, pk):
        """The list; a POST of it sets the order."""
        essay = get_object_or_404(Essay, pk=pk)
        if request.method != "POST":
            check_may_view(request)
            return passages_page(self, request, essay)
        check_may_change(request)

        def show_form(change, status):
            return passages_page(self, request, essay, change, status)

        return save_through_gate(self, request, ArrangeForm(essay, request.POST), show_form)

    @method_decorator(FORM_METHODS)
    def new_passage(self, request, pk):
        """A form for a passage that stands after the one whose key is `?after=`."""
        check_may_change(request)
        essay = get_object_or_404(Essay, pk=pk)
        if request.method != "POST":
            form = InsertForm(essay, initial={"after": request.GET.get("after", "")})
            return self._new_page(request, form)

        def show_form(form, status):
            return self._new_page(request, form, status)

        return save_through_gate(self, request, InsertForm(essay, request.POST), show_form)

    def _new_page(self, request, form, status=200):
        essay = form.essay
        before = (
            essay.passages.current()
            .filter(key=(form["after"].value() or "").replace("\0", ""))
            .first()
        )
        kind = form["kind"].value() or Passage.Kind.PROSE
        draft = Passage(essay=essay, number=before.number + 1 if before else 1)
        context = {
            "essay": essay,
            "form": form,
            "before": before,
            "preview": preview_of(draft, form["source"].value() or "", kind),
        }
        template, title = "admin/essays/passage/new.html", f"A new passage {draft.number}"
        return self.render_page(request, template, title, context, status=status)

    @method_decorator(require_POST)
    def typography(self, request, pk):
        check_may_change(request)
        essay = get_object_or_404(Essay, pk=pk)

        def show_form(change, status):
            # The form set `smart` on it, and the gate rolled that back.
            essay.refresh_from_db()
            return passages_page(self, request, essay, change, status)

        return save_through_gate(self, request, TypographyForm(essay, request.POST), show_form)

    @method_decorator(require_POST)
    def preview_passage(self, request, pk):
        """A fragment with the text that was sent, as readers would see it; saves nothing."""
        check_may_change(request)
        essay = get_object_or_404(Essay, pk=pk)
        saved = essay.passages.filter(pk=safe_id(request.POST.get("passage"))).first()
        passage = saved or Passage(essay=essay)
        passage.essay = essay
        kind = request.POST.get("kind", "")
        if kind not in Passage.Kind.values:
            kind = Passage.Kind.PROSE
        preview = preview_of(passage, request.POST.get("source", ""), kind)
        return render(request, "admin/essays/passage/_preview.html", {"preview": preview})


def passages_page(admin, request, essay, change=None, status=200):
    """The response with the list of an essay's passages, for the admin of essays or passages.

    `change` is the form that was refused, whose errors the page shows.
    """
    template = "admin/essays/essay/passages.html"
    # `opts` are the essay's for the passage's admin, too: the page's breadcrumbs lead to essays.
    context = {"opts": Essay._meta, "essay": essay, "change": change}
    context["seen"] = stamp_of(texts_of(essay, ["smart"]))
    return admin.render_page(request, template, essay.title, context, status=status)


def check_may_view(request):
    if not request.user.has_perm("essays.view_passage"):
        raise PermissionDenied


def check_may_change(request):
    if not request.user.has_perm("essays.change_passage"):
        raise PermissionDenied
