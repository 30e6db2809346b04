"""The pages of flags, of readers who write in public, and of the moderation log."""

from django.contrib import admin, messages
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from annotations.models import Flag, ModerationAct
from annotations.moderation import moderate
from desk.base import ReadOnlyAdmin, count_of
from readers.models import Reader


class OpenFilter(admin.SimpleListFilter):
    title = "what to show"
    parameter_name = "flags"

    def lookups(self, request, model_admin):
        return [("settled", "settled")]

    def choices(self, changelist):
        for name, title in ((None, "open"), ("settled", "settled")):
            query = changelist.get_query_string({self.parameter_name: name})
            yield {"selected": self.value() == name, "query_string": query, "display": title}

    def queryset(self, request, queryset):
        return queryset.filter(settled_at__isnull=self.value() != "settled")


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin):
    actions = ["settle_flags"]
    list_display = ["__str__", "flagged", "remark", "flagged_by", "at", "settled_at"]
    list_filter = [OpenFilter, "reason"]
    list_select_related = ["note", "reply", "reader__user"]
    fields = ["reason", "flagged", "remark", "flagged_by", "at", "settled_at"]

    def get_queryset(self, request):
        return moderate.flags()

    def has_moderate_permission(self, request):
        return request.user.has_perm("annotations.change_flag")

    @admin.action(
        description="Settle: looked at, the words stay as they are", permissions=["moderate"]
    )
    def settle_flags(self, request, queryset):
        count = moderate.settle_flags(queryset, request.user)
        self.message_user(request, f"Settled: {count}.", messages.SUCCESS)

    @admin.display(description="on")
    def flagged(self, flag):
        written = flag.note or flag.reply
        url = reverse(f"admin:annotations_{written._meta.model_name}_change", args=[written.pk])
        return format_html('<a href="{}">{}</a>', url, written)

    @admin.display(description="by")
    def flagged_by(self, flag):
        return flag.reader.name


@admin.register(Reader)
class ReaderAdmin(ReadOnlyAdmin):
    """Readers who wrote something public, and those who are blocked."""

    actions = ["block", "unblock"]
    list_display = ["__str__", "public_notes", "replies", "blocked_at"]
    list_select_related = ["user"]
    list_filter = [("blocked_at", admin.EmptyFieldListFilter)]
    search_fields = ["user__pen_name"]
    fields = ["name", "public_notes", "replies", "blocked_at"]

    def rows_to_lock(self, pks):
        """None: blocking locks their essays first, then the readers."""
        return Reader.objects.none()

    def get_queryset(self, request):
        counted = {
            "note_count": count_of(moderate.public_notes(), "reader"),
            "reply_count": count_of(moderate.public_replies(), "reader"),
        }
        wrote = Q(note_count__gt=0) | Q(reply_count__gt=0) | Q(blocked_at__isnull=False)
        return Reader.objects.annotate(**counted).filter(wrote).order_by("-pk")

    def has_moderate_permission(self, request):
        return request.user.has_perm("readers.change_reader")

    @admin.action(
        description="Block: hide all their public words from others", permissions=["moderate"]
    )
    def block(self, request, queryset):
        count = moderate.block(_readers(queryset), request.user)
        self.message_user(request, f"Blocked: {count}.", messages.SUCCESS)

    @admin.action(description="Unblock", permissions=["moderate"])
    def unblock(self, request, queryset):
        count = moderate.unblock(_readers(queryset), request.user)
        self.message_user(request, f"Unblocked: {count}.", messages.SUCCESS)

    @admin.display(description="notes for anyone", ordering="note_count")
    def public_notes(self, reader):
        return reader.note_count

    @admin.display(ordering="reply_count")
    def replies(self, reader):
        return reader.reply_count


def _readers(queryset):
    return Reader.objects.filter(pk__in=queryset.order_by().values("pk")).select_related("user")


@admin.register(ModerationAct)
class ModerationActAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "writer", "reason", "moderator", "at"]
    list_filter = ["verb"]
    list_select_related = ["by", "reader__user"]
    fields = ["verb", "what", "writer", "reason", "moderator", "at"]

    @admin.display(description="written by")
    def writer(self, act):
        return act.reader.name if act.reader else ""

    @admin.display(description="by")
    def moderator(self, act):
        return (act.by and act.by.pen_name) or "A moderator"
