"""`manage.py erase`: an operator deletes a person's account and words."""

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Note
from readers.models import Reader, User
from tests import cast
from tests.written_notes import note, reader_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    cast.her()
    rosa = cast.reader()
    note(reader_of(rosa), "Mine alone.")
    note(reader_of(rosa), "For anyone.", public=True)
    return rosa


def test_an_erased_person_leaves_nothing(rosa, capsys):
    call_command("erase", "rosa")
    assert not User.objects.exists() and not Reader.objects.exists() and not Note.objects.exists()
    assert "“rosa” is deleted. No words stay." in capsys.readouterr().out


def test_public_words_may_stay_without_a_name(rosa):
    call_command("erase", "rosa", keep_public=True)
    assert [left.body for left in Note.objects.all()] == ["For anyone."]
    assert Reader.objects.get().user is None


def test_a_wrong_name_erases_nobody(rosa):
    with pytest.raises(CommandError, match="There is no account “rose”"):
        call_command("erase", "rose")
    assert Note.objects.count() == 2
