"""The passages of an essay in their order: how the desk lists them, and what is done there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from annotations.models import Gloss, Note
from desk.base import DeskAdmin
from desk.passages.gate import carry_out
from desk.passages.order_forms import ArrangeForm, TypographyForm, order_of
from desk.passages.passage_forms import InsertForm
from desk.passages.preview import preview_of
from essays.identifiers import safe_id
from essays.models import Essay, Passage

OPENING = 130


@dataclass(frozen=True)
class Row:
    """A passage in the list, with the one that follows it."""

    passage: Passage
    after: Passage | None
    glosses: int
    notes: int

    @property
    def opening(self) -> str:
        text = " ".join(self.passage.text.split())
        return text if len(text) <= OPENING else f"{text[:OPENING].rsplit(' ', 1)[0]}…"

    @property
    def hangs(self) -> str:
        """What hangs there for all to see, as in “2 glosses, 1 note”."""
        parts = [
            self.glosses and f"{self.glosses} gloss{'' if self.glosses == 1 else 'es'}",
            self.notes and f"{self.notes} note{'' if self.notes == 1 else 's'}",
        ]
        return ", ".join(filter(None, parts))

    @property
    def pair(self) -> str:
        """What merging it with the next is about, as MergeForm reads it."""
        after = self.after
        return f"{after.pk}:{self.passage.version}:{after.version}" if after else ""


@dataclass(frozen=True)
class PassageList:
    """All passages of an essay; in four queries, however many notes there are."""

    essay: Essay
    may_change: bool

    @cached_property
    def _all(self) -> list[Row]:
        passages = list(self.essay.passages.select_related("leads_to").defer("html", "source"))
        glosses = _numbers(Gloss.objects.filter(essay=self.essay))
        notes = _numbers(Note.objects.public().filter(essay=self.essay))
        return [
            Row(one, after, glosses.get(one.pk, 0), notes.get(one.pk, 0))
            for one, after in zip(passages, [*passages[1:], None], strict=True)
            for after in [after if after and after.number else None]
        ]

    @property
    def rows(self) -> list[Row]:
        return [row for row in self._all if row.passage.number]

    @property
    def retired(self) -> list[Row]:
        return [row for row in self._all if not row.passage.number]

    @property
    def highest(self) -> int:
        return len(self.rows)

    @property
    def order(self) -> str:
        return order_of(self.essay)


def _numbers(anchors) -> Mapping[int, int]:
    return dict(anchors.order_by().values_list("passage").annotate(Count("pk")))


class PassagesOfEssay(DeskAdmin):
    """For the essay's admin: its list of passages, a new one between two, and the preview."""

    def get_urls(self):
        site, base = self.admin_site, "<int:pk>/passages/"
        return [
            path(base, site.admin_view(self.passages), name="essays_essay_passages"),
            path(f"{base}new/", site.admin_view(self.new_passage), name="essays_essay_new_passage"),
            path(
                f"{base}typography/",
                site.admin_view(self.typography),
                name="essays_essay_typography",
            ),
            path(
                f"{base}preview/",
                site.admin_view(self.preview_passage),
                name="essays_essay_preview_passage",
            ),
            *super().get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def passages(self, request, pk):
        """The list; numbers typed into it set the order."""
        essay = get_object_or_404(Essay, pk=pk)
        if request.method != "POST":
            check_may_look(request)
            return passages_page(self, request, essay)
        check_may_change(request)

        def again(change, status):
            return passages_page(self, request, essay, change, status)

        return carry_out(self, request, ArrangeForm(essay, request.POST), again)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def new_passage(self, request, pk):
        """Write a passage that stands after another."""
        check_may_change(request)
        essay = get_object_or_404(Essay, pk=pk)
        if request.method != "POST":
            form = InsertForm(essay, initial={"after": request.GET.get("after", "")})
            return self._new(request, form)
        form = InsertForm(essay, request.POST)
        return carry_out(self, request, form, lambda form, code: self._new(request, form, code))

    def _new(self, request, form, status=200):
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
        """Set the whole essay with typographic quotes and dashes, or as it was typed."""
        check_may_change(request)
        essay = get_object_or_404(Essay, pk=pk)

        def again(change, status):
            essay.refresh_from_db()
            return passages_page(self, request, essay, change, status)

        return carry_out(self, request, TypographyForm(essay, request.POST), again)

    @method_decorator(require_POST)
    def preview_passage(self, request, pk):
        """What readers would get of the text that was sent; saves nothing."""
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
    """The page of the list; `change` is one that could not be made, with the reason."""
    template = "admin/essays/essay/passages.html"
    # `opts` are the essay's for the passage's admin, too: the page's breadcrumbs lead to essays.
    context = {"opts": Essay._meta, "essay": essay, "change": change}
    return admin.render_page(request, template, essay.title, context, status=status)


def check_may_look(request):
    if not request.user.has_perm("essays.view_passage"):
        raise PermissionDenied


def check_may_change(request):
    if not request.user.has_perm("essays.change_passage"):
        raise PermissionDenied
