"""A page shows one state of the essay, whatever is saved while it is drawn."""

import pytest
from django.test import Client

from annotations import revising
from essays.models import Passage
from tests import dom
from tests.shared_database import once_something_is_read_from


def cut_the_first_passage():
    revising.retire(Passage.objects.get(essay__slug="her", number=1))


def passage(number: int) -> Passage:
    return Passage.objects.get(essay__slug="her", number=number)


def drawn(page: dom.Element) -> dict[str, bool]:
    """The keys of the passages on a page, each with whether it is behind the veil."""
    free, veiled = page.all(".passage"), []
    for run in page.all(".run.veiled"):
        veiled += run.all(".passage")
    return {one["id"]: one in veiled for one in free}


@pytest.mark.parametrize("path", ["/her/", "/her/themes/programming/"])
def test_no_passage_is_drawn_before_its_veil_if_one_is_cut_meanwhile(shared_database, path):
    first, hidden = passage(1), passage(4)
    with once_something_is_read_from("essays_essay", cut_the_first_passage) as done:
        page = drawn(dom.of(Client().get(path)))
    assert done
    assert passage(3) == hidden
    assert page[hidden.key] is True
    assert page[first.key] is False


def test_the_next_page_shows_what_was_changed(shared_database):
    first, hidden = passage(1), passage(4)
    Client().get("/her/")
    cut_the_first_passage()
    page = drawn(dom.of(Client().get("/her/")))
    assert first.key not in page
    assert page[hidden.key] is True
