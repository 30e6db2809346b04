"""A form field for an essay's colour, with a trial: samples of both themes and their contrasts.

A form declares `colour = ColourField()` and includes `form.media`. The field refuses a colour with
too little contrast for text and names the nearest one that has enough.
"""

import math
import re

from django import forms
from django.contrib import admin
from django.forms.widgets import Script
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.utils.cache import patch_cache_control
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from desk.widgets import TemplateWidget
from essays import colour
from essays.models import Essay

DEFAULT_COLOUR = Essay._meta.get_field("colour").default
NOT_A_COLOUR = "Give the colour as # and six digits, as in #c4432f."


def normalized(value: str) -> str:
    """A colour as it is stored: `C43` becomes `#cc4433`. What is no colour stays as it is."""
    digits = value.strip().lower().removeprefix("#")
    if re.fullmatch("[0-9a-f]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits}" if colour.is_colour(f"#{digits}") else value.strip()


def ratio(measure: colour.Measure) -> str:
    """A contrast ratio in words. Rounded down, since 4.46 is not the 4.5 that WCAG asks for."""
    return f"{math.floor(measure.ratio * 10) / 10:.1f}:1"


class ColourTrial:
    """A colour's contrasts and samples. Raises ValueError for what is no colour."""

    schemes = ("light", "dark")

    def __init__(self, value: str):
        self.value = value
        self.palette = colour.palette(value)
        self.field, *self.others = colour.measures(value)
        self.digits = value.removeprefix("#")
        self.slug = f"colour-{self.digits}"

    @property
    def nearest(self) -> str:
        """The nearest colour with enough contrast; empty if this one has enough."""
        return "" if self.field.is_enough else self.palette.film

    @property
    def verdict(self) -> str:
        contrast = f"{capfirst(self.field.what)}: {ratio(self.field)}"
        if self.field.is_enough:
            return f"{contrast}, enough."
        nearest = f"The nearest colour that text can be read on is {self.nearest}."
        return f"{contrast}, too little. {nearest}"

    @property
    def measured(self) -> list[str]:
        return [f"{capfirst(one.what)}: {ratio(one)}, enough" for one in self.others]

    @property
    def stylesheet(self) -> str:
        return colour.stylesheet(self.slug, self.palette)


def trial_of(value) -> ColourTrial | None:
    try:
        return ColourTrial(normalized(str(value or "")))
    except ValueError:
        return None


class ColourInput(TemplateWidget, forms.TextInput):
    """A text field, the browser's colour picker and the trial."""

    template_name = "admin/colour.html"

    class Media:
        css = {"all": ["css/desk/colours.css"]}
        js = [Script("js/desk/colours.js", type="module")]

    def get_context(self, name, value, attrs):
        trial = trial_of(value)
        plain = {"maxlength": 7, "size": 9, "spellcheck": "false", "autocomplete": "off"}
        context = super().get_context(name, value, {**plain, **(attrs or {})})
        return {**context, "trial": trial, "picked": trial.value if trial else DEFAULT_COLOUR}

    def value_from_datadict(self, data, files, name):
        """The typed colour; without scripts, the picked one if only that was changed."""
        typed, picked = data.get(name), data.get(f"{name}-picked")
        before = data.get(f"{name}-was")
        if picked and before and typed == before and picked != normalized(before):
            return picked
        return typed


class ColourField(forms.CharField):
    widget = ColourInput

    def to_python(self, value):
        return normalized(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        trial = trial_of(value)
        if trial is None:
            raise forms.ValidationError(NOT_A_COLOUR)
        if trial.nearest:
            raise forms.ValidationError(trial.verdict)


@require_safe
def colour_trial(request):
    """A fragment with the trial of `?colour=`, for the widget's script."""
    trial = trial_of(request.GET.get("colour"))
    if trial is None:
        return HttpResponseBadRequest(NOT_A_COLOUR)
    return render(request, "admin/_colour_trial.html", {"trial": trial})


@require_safe
def colour_trial_style(request, digits):
    """The stylesheet of a trial: the one that an essay of that colour has."""
    trial = trial_of(f"#{digits}")
    if trial is None or trial.value != f"#{digits}":
        raise Http404
    response = HttpResponse(trial.stylesheet, content_type="text/css; charset=utf-8")
    patch_cache_control(response, private=True, max_age=3600)
    return response


urlpatterns = [
    path("", admin.site.admin_view(colour_trial), name="colour_trial"),
    path("<slug:digits>.css", admin.site.admin_view(colour_trial_style), name="colour_trial_style"),
]
