import pytest
from django.contrib.auth.models import Group, Permission

from tests import cast

pytestmark = pytest.mark.django_db


def test_an_editor_may_change_the_text_and_the_annotations():
    elsa = cast.editor()
    for name in ("essays.change_essay", "essays.add_work", "essays.change_passage"):
        assert elsa.has_perm(name)
    for verb in ("add", "change", "delete", "view"):
        for name in ("gloss", "glosslink", "quotation", "theme"):
            assert elsa.has_perm(f"annotations.{verb}_{name}")


def test_an_editor_may_read_the_records_and_not_rewrite_them():
    elsa = cast.editor()
    for record in ("essays.{}_passagerevision", "annotations.{}_glosschange"):
        assert elsa.has_perm(record.format("view"))
        assert not elsa.has_perm(record.format("change"))
        assert not elsa.has_perm(record.format("delete"))


def test_an_editor_has_no_rights_over_accounts():
    assert not any(
        name.startswith(("auth.", "readers.")) for name in cast.editor().get_all_permissions()
    )


def test_a_moderator_may_view_everything_and_change_only_what_readers_published():
    moderators = Permission.objects.filter(group=Group.objects.get(name="Moderators"))
    names = set(moderators.values_list("codename", flat=True))
    decided = {"change_note", "change_reply", "change_flag", "change_reader"}
    assert decided < names
    assert all(name.startswith("view_") for name in names - decided)
    assert "view_moderationact" in names


def test_an_editor_has_no_rights_of_a_moderator():
    elsa = cast.editor()
    for name in ("note", "reply", "flag", "moderationact"):
        assert not elsa.has_perm(f"annotations.view_{name}")


def test_a_reader_has_no_rights_beyond_an_account():
    assert cast.reader().get_all_permissions() == set()
