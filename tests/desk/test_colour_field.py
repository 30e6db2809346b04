"""The form field for an essay's colour."""

import pytest
from django import forms

from desk.essays.colour_field import ColourField
from essays.colour import measures, palette, stylesheet
from tests import cast, dom

pytestmark = pytest.mark.django_db
TRIAL = "/admin/colour/"


class Form(forms.Form):
    colour = ColourField()


@pytest.fixture
def elsa(client):
    elsa = cast.editor()
    client.force_login(elsa)
    return elsa


def filled_form(**typed) -> Form:
    return Form(typed)


@pytest.mark.parametrize("typed", ["#C4432F", "c4432f", " #c4432f "])
def test_a_colour_is_kept_as_six_small_digits(typed):
    assert filled_form(colour=typed).is_valid()
    form = filled_form(colour=typed)
    form.is_valid()
    assert form.cleaned_data["colour"] == "#c4432f"


def test_three_digits_stand_for_six():
    form = filled_form(colour="#c43")
    assert form.is_valid()
    assert form.cleaned_data["colour"] == "#cc4433"


@pytest.mark.parametrize("typed", ["red", "#c4432", "#c4432g", "url(x)", '#c4432f"'])
def test_an_invalid_colour_is_refused_and_the_field_keeps_what_was_typed(typed):
    form = filled_form(colour=typed)
    assert form.errors["colour"] == ["Give the colour as # and six digits, as in #c4432f."]
    assert dom.parse(str(form)).one("input[type=text]")["value"] == typed


def test_a_colour_without_enough_contrast_is_refused_and_the_nearest_one_is_offered():
    [refusal] = filled_form(colour="#777777").errors["colour"]
    nearest = palette("#777777").film
    assert refusal.startswith("Light text on the title field: 4.4:1, too little.")
    assert refusal.endswith(f"is {nearest}.")
    assert filled_form(colour=nearest).is_valid()
    field = dom.parse(str(filled_form(colour="#777777")))
    assert field.one("button[data-use]")["data-use"] == nearest


def test_a_colour_picked_without_scripts_is_taken():
    picked = {"colour": "#c4432f", "colour-was": "#c4432f", "colour-picked": "#26364f"}
    form = filled_form(**picked)
    assert form.is_valid()
    assert form.cleaned_data["colour"] == "#26364f"


def test_a_typed_colour_wins_over_an_unchanged_picker():
    form = filled_form(**{"colour": "#26364f", "colour-was": "#c4432f", "colour-picked": "#c4432f"})
    assert form.is_valid()
    assert form.cleaned_data["colour"] == "#26364f"


def test_the_field_shows_the_colour_that_it_has():
    field = dom.parse(str(Form(initial={"colour": "#c4432f"})))
    assert field.one("input[type=color]")["value"] == "#c4432f"
    assert field.one("[role=status]").text == "Light text on the title field: 4.7:1, enough."
    assert "Take" not in field.text
    assert [one["data-scheme"] for one in field.all("figure")] == ["light", "dark"]


def test_only_the_title_field_can_lack_contrast():
    for colour in ("#777777", "#ffff00", "#000000", "#ffffff", "#00ff00"):
        first, *others = measures(colour)
        assert all(one.is_enough for one in others), colour
        assert first.is_enough == (palette(colour).film == colour)


def test_a_trial_shows_the_contrast_of_a_colour_and_links_its_stylesheet(client, elsa):
    page = dom.of(client.get(TRIAL, {"colour": "#ffff00"}))
    assert page.one("[data-verdict]")["data-verdict"].startswith("Dark text on the title field: ")
    address = page.one("link")["href"]
    style = client.get(address)
    assert style.text == stylesheet("colour-ffff00", palette("#ffff00"))
    assert style.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize("place", [f"{TRIAL}?colour=%23ffff00", f"{TRIAL}ffff00.css"])
def test_strangers_and_readers_get_no_trial(client, place):
    assert client.get(place).status_code == 302
    client.force_login(cast.reader())
    assert client.get(place).status_code == 302


def test_a_trial_refuses_post(client, elsa):
    assert client.post(TRIAL, {"colour": "#ffff00"}).status_code == 405


@pytest.mark.parametrize("colour", ["", "red", "#12", "}body{"])
def test_a_trial_of_an_invalid_colour_is_refused(client, elsa, colour):
    assert client.get(TRIAL, {"colour": colour}).status_code == 400


@pytest.mark.parametrize("digits", ["fff", "red", "FFFF00", "12345g"])
def test_there_is_no_stylesheet_for_an_invalid_colour(client, elsa, digits):
    assert client.get(f"{TRIAL}{digits}.css").status_code == 404
