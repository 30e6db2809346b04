"""The actions on one passage: split, merge, cut, bring back, move."""

from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from desk.base import FORM_METHODS, DeskAdmin
from desk.passages.gate import save_through_gate
from desk.passages.order_forms import BringBackForm, MoveForm, PassageMergeForm, RetireForm
from desk.passages.passage_forms import SplitForm
from desk.passages.passage_list import check_may_change, passages_page


class PassageActionsAdmin(DeskAdmin):
    """An address for each action; all of them save through the gate."""

    def get_urls(self):
        pages = {
            "essays_passage_split": ("<int:pk>/split/", self.split),
            "essays_passage_merge": ("<int:pk>/merge/", self.merge),
            "essays_passage_cut": ("<int:pk>/cut/", self.cut),
            "essays_passage_bring_back": ("<int:pk>/bring-back/", self.bring_back),
            "essays_passage_move": ("<int:pk>/move/", self.move),
        }
        return [*self.page_urls(pages), *super().get_urls()]

    @method_decorator(FORM_METHODS)
    def split(self, request, pk):
        check_may_change(request)
        passage = self.get_passage(pk)
        if request.method != "POST":
            initial = {"source": passage.source, "version": passage.version}
            return self._split_page(request, SplitForm(passage, initial=initial))

        def show_form(form, status):
            return self._split_page(request, form, status)

        return save_through_gate(self, request, SplitForm(passage, request.POST), show_form)

    def _split_page(self, request, form, status=200):
        context = {"essay": form.essay, "passage": form.passage, "form": form}
        context["conflicts"] = form.conflicts
        template, title = "admin/essays/passage/split.html", f"Split passage {form.passage.number}"
        return self.render_page(request, template, title, context, status=status)

    @method_decorator(require_POST)
    def merge(self, request, pk):
        return self._from_list(request, pk, PassageMergeForm)

    @method_decorator(require_POST)
    def cut(self, request, pk):
        return self._from_list(request, pk, RetireForm)

    @method_decorator(require_POST)
    def bring_back(self, request, pk):
        return self._from_list(request, pk, BringBackForm)

    @method_decorator(require_POST)
    def move(self, request, pk):
        return self._from_list(request, pk, MoveForm)

    def _from_list(self, request, pk, form_class):
        check_may_change(request)
        passage = self.get_passage(pk)

        def show_form(change, status):
            return passages_page(self, request, passage.essay, change, status)

        return save_through_gate(self, request, form_class(passage, request.POST), show_form)
