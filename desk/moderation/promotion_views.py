"""Make a reader's note a gloss: ask its author, then word it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import slugify

from annotations.models import NotAllowed, Promotion
from annotations.moderation import promote
from desk.base import DeskAdmin
from desk.conflicts import conflicts_with, sent_stamp, stamp_of
from desk.filters import task_filter
from desk.glosses.gloss_forms import validate_key
from desk.markdown_field import GlossMarkdownField
from essays.transactions import writing
from readers.typed_words import is_only_shown

KEY_TAKEN = "There is a gloss with this key already. Give another."


class PromotedGlossForm(forms.Form):
    """Source and key of the gloss, which begin as the words of `note` and stand where it does."""

    source = GlossMarkdownField(
        label="Text",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One paragraph: emphasis and links. It begins as the note's own words.",
    )
    key = forms.CharField(
        max_length=40,
        help_text="Its name in files: small letters, digits and hyphens.",
    )

    def __init__(self, note, *args, **kwargs):
        words = slugify(note.words)[:30].strip("-")
        initial = {"source": " ".join(note.body.split()), "key": words or f"note-{note.public_id}"}
        super().__init__(*args, initial=initial, label_suffix="", **kwargs)
        self.note = note

    def clean_key(self):
        key = self.cleaned_data["key"]
        validate_key(key)
        if self.note.essay.glosses.filter(key=key).exists():
            raise forms.ValidationError(KEY_TAKEN)
        return key


def _texts_of(note, promotion=None) -> dict[str, str]:
    """What a request or a gloss is made from."""
    texts = {"The note": note.body, "Its words": note.words}
    if promotion:
        made = promotion.gloss and promotion.gloss.source
        texts |= {"Its author": promotion.get_answer_display(), "The gloss": made or ""}
    return texts


@admin.register(Promotion)
class PromotionAdmin(DeskAdmin):
    essay_path = "note__essay"
    list_display = ["__str__", "about", "writer", "answer", "asked_at", "answered_at", "made"]
    list_filter = [task_filter("what to do", "promotions"), "answer"]
    list_select_related = [
        "note__passage",
        "note__essay",
        "note__reader__user",
        "gloss",
        "asked_by",
    ]

    def get_queryset(self, request):
        return promote.promotions()

    def has_add_permission(self, request):
        """Only with a note in the URL: no form here could choose one."""
        return "note" in request.GET and super().has_add_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        """Ask the author of the note whose id is in `?note=`."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        notes = promote.promotable().select_related("passage__essay", "reader__user")
        note = get_object_or_404(notes, public_id=request.GET.get("note", ""))
        promotion = getattr(note, "promotion", None)
        if promotion is None and request.method == "POST":
            if conflicts := conflicts_with(sent_stamp(request.POST), _texts_of(note)):
                return self._show(request, note, conflicts=conflicts)
            promotion = promote.ask(note, request.user)
            self.log_addition(request, promotion, "Asked its author.")
            messages.success(request, f"{note.reader.name} is asked in their notebook.")
        if promotion:
            return redirect("admin:annotations_promotion_change", promotion.pk)
        return self._show(request, note)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the author's answer; once they agree, the form of the gloss."""
        promotion = self.get_object(request, object_id)
        if promotion is None:
            raise Http404
        if not self.has_view_or_change_permission(request, promotion):
            raise PermissionDenied
        if request.method != "POST":
            return self._show(request, promotion.note, promotion)
        if not self.has_change_permission(request, promotion):
            raise PermissionDenied
        return self._word(request, promotion)

    @writing
    def _word(self, request, promotion):
        """Make the gloss, unless the note or the promotion changed since the form was shown."""
        self.lock([promotion.pk])
        promotion = self.get_object(request, str(promotion.pk))
        if promotion is None:
            raise Http404
        form = PromotedGlossForm(promotion.note, request.POST)
        now = _texts_of(promotion.note, promotion)
        if is_only_shown(request):
            return self._show(request, promotion.note, promotion, form)
        if conflicts := conflicts_with(sent_stamp(request.POST), now):
            return self._show(request, promotion.note, promotion, form, conflicts)
        if not promotion.waits_for_gloss:
            raise PermissionDenied
        if form.is_valid() and (gloss := self._make(request, promotion, form)):
            return redirect("admin:annotations_gloss_change", gloss.pk)
        return self._show(request, promotion.note, promotion, form)

    def _make(self, request, promotion, form):
        try:
            with transaction.atomic():
                gloss = promote.make_gloss(promotion, **form.cleaned_data)
        except NotAllowed as error:
            form.add_error(None, error.message)
        except IntegrityError:
            form.add_error("key", KEY_TAKEN)
        else:
            self.log_change(request, promotion, "Made the gloss.")
            messages.success(request, "The gloss is made. Say now where it leads, and why.")
            return gloss
        return None

    def _show(self, request, note, promotion=None, form=None, conflicts=()):
        may = promotion and self.has_change_permission(request, promotion)
        if form is None and may and promotion.waits_for_gloss:
            form = PromotedGlossForm(note)
        seen = stamp_of(_texts_of(note, promotion))
        if form and form.is_bound and not conflicts:
            seen = sent_stamp(request.POST)
        status = 409 if conflicts else 422 if form and form.errors else 200
        context = {"note": note, "promotion": promotion, "form": form}
        context |= {"seen": seen, "conflicts": conflicts}
        template, title = "admin/annotations/promotion/promotion.html", "Make a gloss of a note"
        return self.render_page(request, template, title, context, status=status)

    @admin.display(description="on")
    def about(self, promotion):
        note = promotion.note
        place = f"“{note.words}”, " if note.exact else ""
        return f"{place}passage {note.passage.number or note.passage.key} of {note.essay}"

    @admin.display(description="by")
    def writer(self, promotion):
        return promotion.note.reader.name

    @admin.display(description="gloss")
    def made(self, promotion):
        if promotion.gloss is None:
            return ""
        url = reverse("admin:annotations_gloss_change", args=[promotion.gloss_id])
        return format_html('<a href="{}">{}</a>', url, promotion.gloss)
