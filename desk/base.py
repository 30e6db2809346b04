from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods

from desk.locked_lists import LockedListAdmin
from readers.typed_words import carried_fields, words_to_copy

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


class DeskAdmin(LockedListAdmin, admin.ModelAdmin):
    def page_urls(self, pages):
        """URL patterns for pages beside Django's own: `pages` holds route and view by URL name."""
        wrap = self.admin_site.admin_view
        return [path(route, wrap(view), name=name) for name, (route, view) in pages.items()]

    def render_page(self, request, template, title, context, *, status=200):
        """Render one of the desk's own pages inside the frame that the admin's pages share."""
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return render(request, template, {**frame, **context}, status=status)

    def gone(self, request):
        """The answer to a form whose object is not there any more, with what was typed."""
        title = "It is not here any more"
        context = {"typed": words_to_copy(carried_fields(request.POST))}
        return self.render_page(request, "admin/gone.html", title, context, status=409)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        if request.method == "POST":
            return self.gone(request)
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    def lookup_allowed(self, lookup, value, request=None):
        """Refuse filters that could reveal what an editor may not see.

        A filter by a reverse relation (`note__body__startswith=…`) would reveal private notes,
        and one by the token of a preview link would reveal it letter by letter.
        """
        if "preview_token" in lookup:
            return False
        try:
            field = self.opts.get_field(lookup.split(LOOKUP_SEP)[0])
        except FieldDoesNotExist:
            return super().lookup_allowed(lookup, value, request)
        is_reverse = field.auto_created and not field.concrete
        return not is_reverse and super().lookup_allowed(lookup, value, request)


class ReadOnlyAdmin(DeskAdmin):
    """Rows that editors only look at: the text changes through `revising` and by loading files."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def count_of(rows: QuerySet, owner: str, field: str = "pk") -> Coalesce:
    """For an annotation: how many different values `field` has in the rows of each `owner`."""
    grouped = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    number = grouped.annotate(number=Count(field, distinct=True)).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
