"""An essay's colour, chosen at the desk while the page shows how it would read.

A form takes it up with `colour = ColourField()`; `form.media` brings its style and its script.
It has what a picker or a keyboard gives, and refuses a colour on which no text can be read,
naming the nearest one that carries some.
"""

import math
import re

from django import forms
from django.contrib import admin
from django.forms.widgets import Script
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template import loader
from django.urls import path
from django.utils.cache import patch_cache_control
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from essays import colour
from essays.models import Essay

UNTOLD = Essay._meta.get_field("colour").default
FORM = "Give the colour as # and six digits, as in #c4432f."


def written(value: str) -> str:
    """A colour as it is kept: `C43` becomes `#cc4433`; what is none stays as it was typed."""
    digits = value.strip().lower().removeprefix("#")
    if re.fullmatch("[0-9a-f]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits}" if re.fullmatch("[0-9a-f]{6}", digits) else value.strip()


def ratio(measure: colour.Measure) -> str:
    """A contrast in words, never rounded up to one that is enough."""
    return f"{math.floor(measure.ratio * 10) / 10:.1f}:1"


class Trial:
    """What a page shows of a colour that somebody thinks of taking."""

    schemes = ("light", "dark")

    def __init__(self, value: str):
        self.value = value
        self.palette = colour.palette(value)
        self.field, *self.others = colour.measures(value)
        self.digits = value.removeprefix("#")
        self.slug = f"colour-{self.digits}"

    @property
    def nearest(self) -> str:
        """The nearest colour that carries text, where this one does not."""
        return "" if self.field.is_enough else self.palette.film

    @property
    def verdict(self) -> str:
        said = f"{capfirst(self.field.what)}: {ratio(self.field)}, "
        if self.field.is_enough:
            return f"{said}enough."
        return f"{said}too little. The nearest colour that text can be read on is {self.nearest}."

    @property
    def measured(self) -> list[str]:
        return [f"{capfirst(one.what)}: {ratio(one)}, enough" for one in self.others]

    @property
    def stylesheet(self) -> str:
        return colour.stylesheet(self.slug, self.palette)


def trial_of(value) -> Trial | None:
    try:
        return Trial(written(str(value or "")))
    except ValueError:
        return None


class ColourInput(forms.TextInput):
    """The digits to type, the browser's own picker beside them, and what comes of it."""

    template_name = "admin/colour.html"

    class Media:
        css = {"all": ["css/desk/colours.css"]}
        js = [Script("js/desk/colours.js", type="module")]

    def get_context(self, name, value, attrs):
        trial = trial_of(value)
        plain = {"maxlength": 7, "size": 9, "spellcheck": "false", "autocomplete": "off"}
        context = super().get_context(name, value, {**plain, **(attrs or {})})
        return {**context, "trial": trial, "picked": trial.value if trial else UNTOLD}

    def value_from_datadict(self, data, files, name):
        """What was typed; what was picked, where a browser without scripts has only that new."""
        typed, picked = data.get(name), data.get(f"{name}-picked")
        was = data.get(f"{name}-was")
        if picked and was and typed == was and picked != written(was):
            return picked
        return typed

    def _render(self, template_name, context, renderer=None):
        # Django's own renderer of forms does not look into the site's templates.
        return loader.get_template(template_name).render(context)


class ColourField(forms.CharField):
    widget = ColourInput

    def to_python(self, value):
        return written(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        trial = trial_of(value)
        if trial is None:
            raise forms.ValidationError(FORM)
        if trial.nearest:
            raise forms.ValidationError(trial.verdict)


@require_safe
def colour_trial(request):
    """A colour as the widget shows it, for the script that asks while one is chosen."""
    trial = trial_of(request.GET.get("colour"))
    if trial is None:
        return HttpResponseBadRequest(FORM)
    return render(request, "admin/_colour_trial.html", {"trial": trial})


@require_safe
def colour_trial_style(request, digits):
    """The style of one trial: what essays of that colour have."""
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
