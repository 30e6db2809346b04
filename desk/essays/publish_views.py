"""Publishing at the desk: each step has a page that says what it will do, with a button."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from annotations import revising
from annotations.editorial import publish
from annotations.editorial.publish import NotPublished
from desk.base import FORM_METHODS, DeskAdmin
from desk.conflicts import conflicts_with, sent_stamp, stamp_of, texts_of
from desk.essays import publish_messages
from desk.essays.publish_forms import PreviewLinkForm, PublishForm, ScheduleForm, StepForm
from essays.models import Essay
from essays.transactions import writing
from readers.typed_words import is_only_shown


@dataclass(frozen=True)
class Step:
    """`action` changes an essay, `points` says what that will do, `message` what it did."""

    title: str
    button: str
    action: Callable
    points: Callable[[Essay], list[str]]
    message: Callable[[Essay], str]
    form: type[forms.Form] = StepForm


STEPS = {
    "publish": Step(
        "Publish now", "Publish it now", publish.publish, publish_messages.publishing_points,
        lambda essay: "Published.", PublishForm,
    ),
    "schedule": Step(
        "Publish at a time", "Set the time", publish.schedule, publish_messages.scheduling_points,
        lambda essay: f"To be published {publish_messages.when(essay.publish_at)}.", ScheduleForm,
    ),
    "unschedule": Step(
        "Do not publish at that time", "Leave it a draft", publish.cancel,
        publish_messages.cancelling_points, lambda essay: "It stays a draft.",
    ),
    "unpublish": Step(
        "Unpublish", "Unpublish it", publish.unpublish, publish_messages.unpublishing_points,
        lambda essay: "Unpublished.",
    ),
}  # fmt: skip


def status_of(essay: Essay) -> str:
    if essay.is_published:
        return "Published"
    return (
        f"To be published {publish_messages.when(essay.publish_at)}"
        if essay.publish_at
        else "Draft"
    )


def _status_texts(essay: Essay) -> dict[str, str]:
    """What a step changes, and what must not have changed since its page was shown."""
    return texts_of(essay, ["status", "published_at", "publish_at"])


def _preview_link(essay: Essay) -> str:
    if not essay.preview_token:
        return ""
    link = reverse("preview_draft", args=[essay.slug, essay.preview_token])
    return f"{settings.SITE_URL}{link}"


class PublishingAdmin(DeskAdmin):
    change_form_template = "admin/essays/essay/change_form.html"

    def get_urls(self):
        base, withdraw = "<int:pk>/preview/", require_POST(self.withdraw_link)
        pages = {
            "essays_essay_preview": (base, require_safe(self.preview_link)),
            "essays_essay_preview_make": (f"{base}make/", require_POST(self.make_link)),
            "essays_essay_preview_withdraw": (f"{base}withdraw/", withdraw),
        }
        for step in STEPS:
            pages[f"essays_essay_{step}"] = (f"<int:pk>/{step}/", self._page_of(step))
        return [*self.page_urls(pages), *super().get_urls()]

    def render_change_form(self, request, context, **kwargs):
        essay = context.get("original")
        context["status_label"] = status_of(essay) if essay else ""
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, **kwargs)

    def _page_of(self, name: str):
        step = STEPS[name]

        @FORM_METHODS
        def page(request, pk):
            return self._take_step(request, self._essay(request, pk), step)

        return page

    def _take_step(self, request, essay, step: Step):
        if request.method != "POST":
            form = step.form(essay=essay, label_suffix="")
            return self._step_page(request, essay, step, form)
        return self._take_step_locked(request, essay, step)

    @writing
    def _take_step_locked(self, request, essay, step: Step):
        essay = revising.lock(essay)
        form = step.form(request.POST, essay=essay, label_suffix="")
        conflicts = conflicts_with(sent_stamp(request.POST), _status_texts(essay))
        if is_only_shown(request):
            return self._step_page(request, essay, step, form)
        if not form.is_valid() or conflicts:
            status = 409 if conflicts else 422
            return self._step_page(request, essay, step, form, conflicts, status=status)
        try:
            published = step.action(essay, **form.cleaned_data)
        except NotPublished as error:
            form.add_error(None, error.message)
            return self._step_page(request, essay, step, form, status=409)
        return self._redirect(request, published, step.message(published), "change")

    def _step_page(self, request, essay, step: Step, form, conflicts=(), status=200):
        seen = stamp_of(_status_texts(essay))
        if form.is_bound and not conflicts:
            seen = sent_stamp(request.POST)
        context = {"form": form, "step": step, "points": step.points(essay)}
        context |= {"seen": seen, "conflicts": conflicts}
        return self._essay_page(request, essay, "step", step.title, context, status=status)

    def preview_link(self, request, pk):
        """The link for people without an account: to copy, to withdraw, to make anew."""
        return self._link_page(request, self._essay(request, pk))

    def _link_page(self, request, essay, form=None, conflicts=(), status=200):
        link, title = _preview_link(essay), "Preview link"
        context = {"link": link, "seen": stamp_of({title: link}), "conflicts": conflicts}
        context["form"] = form or PreviewLinkForm(label_suffix="")
        if essay.preview_expires_at:
            context["expires"] = publish_messages.when(essay.preview_expires_at)
        return self._essay_page(request, essay, "preview", title, context, status=status)

    def make_link(self, request, pk):
        def make(essay, form):
            return publish.make_link(essay, expires_at=form.expires_at())

        return self._change_link(request, pk, make, "A preview link was made.")

    def withdraw_link(self, request, pk):
        def withdraw(essay, form):
            return publish.withdraw_link(essay)

        return self._change_link(request, pk, withdraw, "The preview link was withdrawn.")

    @writing
    def _change_link(self, request, pk, action, message):
        essay = revising.lock(self._essay(request, pk))
        now = {"Preview link": _preview_link(essay)}
        form = PreviewLinkForm(request.POST, label_suffix="")
        if is_only_shown(request):
            return self._link_page(request, essay, form)
        if conflicts := conflicts_with(sent_stamp(request.POST), now):
            return self._link_page(request, essay, form, conflicts, status=409)
        if not form.is_valid():
            return self._link_page(request, essay, form, status=422)
        try:
            action(essay, form)
        except NotPublished as error:
            messages.error(request, error.message)
            return redirect("admin:essays_essay_preview", pk)
        return self._redirect(request, essay, message, "preview")

    def _redirect(self, request, essay, message: str, page: str):
        self.log_change(request, essay, message)
        messages.success(request, message)
        return redirect(f"admin:essays_essay_{page}", essay.pk)

    def _essay(self, request, pk) -> Essay:
        essay = get_object_or_404(Essay, pk=pk)
        if not self.has_change_permission(request, essay):
            raise PermissionDenied
        return essay

    def _essay_page(self, request, essay, name, title, context, **options):
        context = {"subtitle": essay.title, "essay": essay, **context}
        template = f"admin/essays/essay/{name}.html"
        return self.render_page(request, template, title, context, **options)
