from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models.constants import LOOKUP_SEP


class DeskAdmin(admin.ModelAdmin):
    def lookup_allowed(self, lookup, value, request=None):
        """Not what hangs on a thing from elsewhere: addresses would tell of private notes.

        Nor by the secret of a preview link, which could be guessed letter by letter.
        """
        if "preview_token" in lookup:
            return False
        try:
            field = self.opts.get_field(lookup.split(LOOKUP_SEP)[0])
        except FieldDoesNotExist:
            return super().lookup_allowed(lookup, value, request)
        hangs_on_it = field.auto_created and not field.concrete
        return not hangs_on_it and super().lookup_allowed(lookup, value, request)


class ReadOnlyAdmin(DeskAdmin):
    """What editors look at here; its text is changed through `revising` and by loading files."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class CorrectedAdmin(DeskAdmin):
    """What editors correct here; all pages that show it learn of it."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self.renew(obj)

    def renew(self, obj):
        """Count the change on every essay whose pages show `obj`."""
        raise NotImplementedError
