"""The pages on which moderators read and judge public notes and replies.

Every query starts from `moderate.public_notes` or `public_replies`, so private notes never show.
"""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode

from annotations.models import Flag, Note, Reply, Standing
from annotations.moderation import moderate
from desk.base import DeskAdmin, count_of
from desk.glosses.gloss_list import WordsFilter
from desk.glosses.lost_notes import LostNotesAdmin
from essays.identifiers import safe_id
from essays.models import Essay
from readers.models import Reader
from readers.typed_words import is_only_shown

MAX_EXCERPT_LENGTH = 300
REASON_HELP = "Say why: the author reads it beside their words."


class QueueFilter(admin.SimpleListFilter):
    """Shows what is to be decided unless another queue is chosen."""

    title = "what to show"
    parameter_name = "queue"
    QUEUES = {
        None: ("to decide", Q(standing=Standing.WAITING) | Q(flag_count__gt=0)),
        "waiting": ("waiting for approval", Q(standing=Standing.WAITING)),
        "flagged": ("flagged", Q(flag_count__gt=0)),
        "shown": ("shown", Q(standing=Standing.SHOWN)),
        "hidden": ("hidden", Q(standing=Standing.HIDDEN)),
        "all": ("all", Q()),
    }

    def lookups(self, request, model_admin):
        return [(name, title) for name, (title, _) in self.QUEUES.items() if name]

    def choices(self, changelist):
        for name, (title, _) in self.QUEUES.items():
            query = changelist.get_query_string({self.parameter_name: name})
            yield {"selected": self.value() == name, "query_string": query, "display": title}

    def queryset(self, request, queryset):
        return queryset.filter(self.QUEUES.get(self.value(), self.QUEUES[None])[1])


class HideForm(forms.Form):
    reason = forms.CharField(
        max_length=300, help_text=REASON_HELP, error_messages={"required": "Give a reason."}
    )


class ModerationForm(forms.ModelForm):
    decision = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", "Leave it as it is"),
            ("approve", "Approve it: anyone may see it, and its flags are settled"),
            ("hide", "Hide it from others, for this reason"),
        ],
    )
    reason = forms.CharField(
        required=False,
        max_length=300,
        help_text=REASON_HELP,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == "hide" and not cleaned.get("reason"):
            self.add_error("reason", "Give a reason to hide it.")
        return cleaned


class ContributionAdmin(DeskAdmin):
    """The pages of notes and replies. Moderators do not add, edit or delete them."""

    form = ModerationForm
    shown_texts = ("body", "standing", "hidden_because")
    actions = ["approve", "hide", "block"]
    list_display = [
        "__str__",
        "text_excerpt",
        "about",
        "writer",
        "standing",
        "flag_count",
        "created_at",
    ]
    list_filter = [QueueFilter]
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False
    readonly_fields = [
        "full_text",
        "about",
        "place",
        "writer",
        "created_at",
        "edited_at",
        "standing",
        "hidden_because",
        "flagged_for",
    ]

    def get_queryset(self, request):
        flags = count_of(Flag.objects.filter(settled_at=None), self.opts.model_name)
        return self.public().annotate(flag_count=flags).order_by("-pk")

    def get_fields(self, request, obj=None):
        decision = ["decision", "reason"] if self.has_change_permission(request, obj) else []
        return [*self.readonly_fields, *decision]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        words = self.public().filter(pk=obj.pk)
        if form.cleaned_data["decision"] == "approve":
            moderate.approve(words, request.user)
        elif form.cleaned_data["decision"] == "hide":
            moderate.hide(words, request.user, form.cleaned_data["reason"])

    def log_change(self, request, obj, message):
        """Record nothing: `moderate` writes a ModerationAct."""

    def history_view(self, request, object_id, extra_context=None):
        """Lead to the moderation acts on it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        written = get_object_or_404(self.model, pk=safe_id(object_id))
        acts = reverse("admin:annotations_moderationact_changelist")
        what = f"{self.opts.model_name} {written.public_id}"
        return redirect(f"{acts}?{urlencode({'what': what})}")

    @admin.action(description="Approve: let anyone see them", permissions=["change"])
    def approve(self, request, queryset):
        count = moderate.approve(queryset, request.user)
        self.message_user(request, f"Approved: {count}.", messages.SUCCESS)

    @admin.action(description="Hide from others, with a reason", permissions=["change"])
    def hide(self, request, queryset):
        form = HideForm(request.POST if "reason" in request.POST else None)
        if form.is_valid() and not request.changed_rows and not is_only_shown(request):
            count = moderate.hide(queryset, request.user, form.cleaned_data["reason"])
            self.message_user(request, f"Hidden: {count}.", messages.SUCCESS)
            return None
        context = {
            "form": form,
            "count": queryset.count(),
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "checkbox": ACTION_CHECKBOX_NAME,
            "select_across": request.POST.get("select_across", "0"),
            "seen_rows": self.stamps_of(queryset),
            "changed_rows": request.changed_rows,
        }
        template, status = "admin/annotations/hide.html", 409 if request.changed_rows else 200
        return self.render_page(request, template, "Hide from others", context, status=status)

    def shows_changes(self, request):
        return "reason" in request.POST

    @admin.action(description="Block those who wrote them", permissions=["change"])
    def block(self, request, queryset):
        writers = Reader.objects.filter(pk__in=queryset.order_by().values("reader"))
        count = moderate.block(writers.select_related("user"), request.user)
        self.message_user(request, f"Blocked: {count}.", messages.SUCCESS)

    @admin.display(description="text")
    def text_excerpt(self, contribution):
        return truncatechars(contribution.body, MAX_EXCERPT_LENGTH)

    @admin.display(description="text")
    def full_text(self, contribution):
        return contribution.body

    @admin.display(description="by")
    def writer(self, contribution):
        reader = contribution.reader
        return f"{reader} (blocked)" if reader.is_blocked else str(reader)

    @admin.display(description="flags", ordering="flag_count")
    def flag_count(self, contribution):
        return contribution.flag_count or ""

    @admin.display(description="on")
    def about(self, contribution):
        note = self.note_of(contribution)
        return note.words or "the whole passage"

    @admin.display(description="in")
    def place(self, contribution):
        passage = self.note_of(contribution).passage
        if passage.essay.status != Essay.Status.PUBLISHED:
            return f"{passage} of {passage.essay}"
        link = '<a href="{}">{} of {}</a>'
        return format_html(link, passage.get_absolute_url(), passage, passage.essay)

    @admin.display(description="flagged for")
    def flagged_for(self, contribution):
        rows = ((flag, flag.remark, _settled(flag)) for flag in contribution.flags.order_by("pk"))
        return format_html_join("\n", "<p>{}. {} {}</p>", rows) or "none"


def _settled(flag):
    return f"(settled on {flag.settled_at:%d %B %Y})" if flag.settled_at else ""


@admin.register(Note)
class NoteAdmin(LostNotesAdmin, ContributionAdmin):
    essay_path = "essay"
    list_filter = [QueueFilter, WordsFilter]
    list_select_related = ["reader__user", "passage__essay"]
    search_fields = ["body", "exact", "reader__user__pen_name"]

    def public(self):
        return moderate.public_notes()

    def note_of(self, contribution):
        return contribution


@admin.register(Reply)
class ReplyAdmin(ContributionAdmin):
    essay_path = "note__essay"
    list_select_related = ["reader__user", "note__passage__essay"]
    search_fields = ["body", "reader__user__pen_name"]

    def public(self):
        return moderate.public_replies()

    def note_of(self, contribution):
        return contribution.note
