"""Two editors on one object: the second save is stopped, and shows what both wrote."""

import pytest

from tests.desk_forms import CHANGES, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize("form", CHANGES, ids=str)
def test_a_save_that_would_undo_another_editors_is_stopped_and_shows_both(world, form):
    client = world.signed_in()
    url, fields = form.fill(client, world)
    form.change(world)
    response = client.post(url, fields)
    assert response.status_code == 409, response.status_code
    assert form.theirs in response.text
    for typed in form.typed.values():
        assert typed in response.text.replace("&#x27;", "'")
