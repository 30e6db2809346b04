"""What is done to a passage from the list: split, merge, cut, bring back, move."""

from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from desk.base import DeskAdmin
from desk.passages.gate import carry_out
from desk.passages.order_forms import BringBackForm, MergeForm, MoveForm, RetireForm
from desk.passages.passage_forms import SplitForm
from desk.passages.passage_list import check_may_change, passages_page


class PassageVerbs(DeskAdmin):
    """An address for each; what the gate has to show stands between asking and doing."""

    def get_urls(self):
        pages = {
            "split": self.split,
            "merge": self.merge,
            "cut": self.cut,
            "bring-back": self.bring_back,
            "move": self.move,
        }
        return [
            *(
                path(
                    f"<int:pk>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"essays_passage_{name.replace('-', '_')}",
                )
                for name, view in pages.items()
            ),
            *super().get_urls(),
        ]

    def check_may_change(self, request):
        check_may_change(request)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def split(self, request, pk):
        """Its text, to be marked where the next passage begins."""
        check_may_change(request)
        passage = self.found(pk)
        if request.method != "POST":
            initial = {"source": passage.source, "version": passage.version}
            return self._split(request, SplitForm(passage, initial=initial))

        def again(form, status):
            return self._split(request, form, status)

        return carry_out(self, request, SplitForm(passage, request.POST), again)

    def _split(self, request, form, status=200):
        context = {"essay": form.essay, "passage": form.passage, "form": form}
        template, title = "admin/essays/passage/split.html", f"Split passage {form.passage.number}"
        return self.render_page(request, template, title, context, status=status)

    @method_decorator(require_POST)
    def merge(self, request, pk):
        return self._from_list(request, pk, MergeForm)

    @method_decorator(require_POST)
    def cut(self, request, pk):
        return self._from_list(request, pk, RetireForm)

    @method_decorator(require_POST)
    def bring_back(self, request, pk):
        return self._from_list(request, pk, BringBackForm)

    @method_decorator(require_POST)
    def move(self, request, pk):
        return self._from_list(request, pk, MoveForm)

    def _from_list(self, request, pk, form):
        check_may_change(request)
        passage = self.found(pk)

        def again(change, status):
            return passages_page(self, request, passage.essay, change, status)

        return carry_out(self, request, form(passage, request.POST), again)
