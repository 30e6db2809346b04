from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """What editors look at here; its text is changed through `revising` and by loading files."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class CorrectedAdmin(admin.ModelAdmin):
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
