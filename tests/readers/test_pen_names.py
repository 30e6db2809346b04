"""Pen names: those that look like another's or like the site's own words are refused."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from edition.views.accounts import SignUp, rename
from essays.models import Site
from readers import pen_names
from readers.forms import ProfileForm, SignupForm
from readers.models import User
from tests import cast

pytestmark = pytest.mark.django_db

BIRD = "\N{PARROT}"
HONEST = [
    "Тесс",
    "小林",
    "محمد",
    "רוזה",
    "Zoë",
    "O’Neil",
    "Ελένη",
    "Editha",
    "Guestav",
    "Ann-Marie 2",
]
SIGN_UP = {"username": "ida", "password1": "along the quay", "password2": "along the quay"}


def is_refused(name: str) -> bool:
    try:
        pen_names.clean(name)
    except ValidationError as error:
        return "Choose another" in error.message
    return False


@pytest.mark.parametrize(
    "name",
    [
        f"Tess {BIRD}",
        f"tess  {BIRD}",
        f"Tess {BIRD}\ufe0e",
        f"T\u034fess {BIRD}",
        f"\N{CYRILLIC CAPITAL LETTER TE}ess {BIRD}",
        f"\N{CYRILLIC SMALL LETTER TE}ess {BIRD}",
        f"T\N{CYRILLIC SMALL LETTER IE}ss {BIRD}",
    ],
)
def test_a_name_that_looks_like_anothers_is_refused(name):
    User.objects.create_user("tess", pen_name=f"Tess {BIRD}")
    assert is_refused(name)


def test_letters_count_as_alike_whatever_their_case():
    User.objects.create_user("ivan", pen_name="ivan 10")
    assert [name for name in ("Ivan 10", "lvan lO", "|van 1o") if not is_refused(name)] == []


@pytest.mark.parametrize(
    "name",
    [
        *("Editor", "E\N{CYRILLIC SMALL LETTER KOMI DE}itor", "The  editors", "Ed\u0131tor"),
        *("Moderator \N{CHECK MARK}", "M0derator", "moderator 2", "rnoderator", "*Moderator*"),
        *("S\N{CYRILLIC SMALL LETTER IE}cond Viewing", "SecondViewing", "Second Viewing!"),
        *("A guest", "Guest", "y\N{CYRILLIC SMALL LETTER O}u", "Admin", "A reader who left"),
    ],
)
def test_a_name_that_looks_like_the_sites_own_words_is_refused(name):
    assert is_refused(name)


def test_the_name_that_editors_gave_the_site_is_its_own_too():
    Site(name="Salt & Light").save()
    assert is_refused("Sаlt & Light")
    assert not is_refused("Salty Light")


@pytest.mark.parametrize("name", HONEST)
def test_honest_names_in_any_script_are_allowed(name):
    User.objects.create_user("tess", pen_name=f"Tess {BIRD}")
    assert pen_names.clean(name) == name


def test_the_database_keeps_names_apart_that_look_alike():
    User.objects.create_user("tess", pen_name="Tess")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("other", pen_name="Tеss")
    renamed = User.objects.create_user("renamed", pen_name="Ines")
    renamed.pen_name = "tess"
    with pytest.raises(IntegrityError), transaction.atomic():
        renamed.save(update_fields=["pen_name"])


def test_any_number_of_accounts_have_no_pen_name():
    for name in ("one", "two"):
        User.objects.create_user(name)
    assert User.objects.filter(pen_name="", pen_name_look=None).count() == 2


def test_a_name_that_is_taken_while_one_signs_up_is_an_error_in_the_form():
    request = RequestFactory().post("/accounts/signup/", SIGN_UP)
    request.session, request.user = SessionStore(), AnonymousUser()
    form = SignupForm({**SIGN_UP, "pen_name": "Tess"})
    assert form.is_valid()
    User.objects.create_user("tess", pen_name="tess")
    view = SignUp()
    view.setup(request)
    response = view.form_valid(form)
    assert response.status_code == 200
    assert "Somebody goes by that name" in str(response.context_data["form"].errors)
    assert not User.objects.filter(username="ida").exists()


def test_a_name_that_is_taken_while_one_changes_theirs_is_an_error_in_the_form():
    rosa = cast.reader()
    form = ProfileForm({"pen_name": "Tess"}, instance=rosa)
    assert form.is_valid()
    User.objects.create_user("tess", pen_name="tess")
    assert not rename(form, None)
    assert "Somebody goes by that name" in str(form.errors)
    assert User.objects.get(pk=rosa.pk).pen_name == "Rosa Reader"


def test_the_migration_fills_the_column_and_leaves_double_names_to_the_first():
    for name in ("one", "two", "three"):
        User.objects.create_user(name)
    User.objects.exclude(username="three").update(pen_name="Tess")
    importlib.import_module("readers.migrations.0003_pen_name_look").fill(apps, None)
    looks = dict(User.objects.values_list("username", "pen_name_look"))
    assert looks == {"one": "tess", "two": None, "three": None}
