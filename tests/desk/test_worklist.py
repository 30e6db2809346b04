"""The worklist: it leads from one gloss or passage with something to do to the next."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations import revising
from annotations.models import Gloss
from essays.models import Passage
from tests import cast
from tests.desk_pages import expect_text, form_fields

pytestmark = pytest.mark.django_db

WORKLIST = "/admin/annotations/gloss/worklist/"


@pytest.fixture(autouse=True)
def essay():
    return cast.second()


@pytest.fixture
def elsa(client):
    elsa = cast.editor()
    client.force_login(elsa)
    return elsa


def gloss(key: str) -> Gloss:
    return Gloss.objects.select_related("passage").get(key=key)


def edit(key: str, old: str, new: str) -> None:
    passage = Passage.objects.get(key=key)
    assert old in passage.source
    revising.edit(passage, passage.source.replace(old, new))


def lose(*keys: str) -> None:
    for key in keys:
        Gloss.objects.filter(key=key).update(state="orphaned", start=None, end=None)


def page(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def link(page: str, rel: str) -> str:
    return unescape(re.search(rf'rel="{rel}" href="([^"]*)"', page)[1])


def key_on(page: str) -> str:
    """The key of the gloss that the page shows."""
    return form_fields(page, "gloss-form")["key"]


# It works


def test_it_leads_through_all_glosses_in_reading_order_and_back_to_the_first(client, elsa):
    keys = [one.key for one in Gloss.objects.order_by("passage__number", "start")]
    here, keys_met = page(client, f"{WORKLIST}?kind=all"), []
    for number in range(1, len(keys) + 1):
        assert f"<b>{number} of {len(keys)}</b>" in here
        keys_met.append(key_on(here))
        following, here = here, page(client, link(here, "next"))
    assert keys_met == keys and key_on(here) == keys[0]
    assert key_on(page(client, link(following, "prev"))) == keys[-2]


def test_saving_leads_to_the_next_and_skipping_saves_nothing(client, elsa):
    first = page(client, f"{WORKLIST}?kind=all")
    assert "Save and next" in first and "Skip" in first
    response = client.post(
        f"{WORKLIST}?kind=all", {**form_fields(first, "gloss-form"), "source": "Anew."}
    )
    assert response.url == link(first, "next")
    assert gloss(key_on(first)).source == "Anew."
    second = page(client, response.url)
    assert "Saved: the gloss on" in second and "<b>2 of" in second


def test_one_click_puts_lost_words_on_a_candidate_and_goes_on(client, elsa):
    lose("subtraction", "against")
    passage = Passage.objects.get(key="solvent")
    Gloss.objects.filter(key="subtraction").update(
        candidates=[{"passage": passage.pk, "start": 3, "end": 16, "score": 0.7}]
    )
    here = page(client, f"{WORKLIST}?kind=lost")
    assert "<b>1 of 2</b>" in here and "Its words are gone" in here
    [(action, fields)] = re.findall(
        r'<form method="post" action="([^"]*)">(.*?)</form>', here, re.S
    )
    names = dict(re.findall(r'name="(\w+)" value="([^"]*)"', fields))
    response = client.post(unescape(action), names)
    assert response.url == link(here, "next")
    assert (gloss("subtraction").state, gloss("subtraction").passage.key) == ("kept", "solvent")
    assert key_on(page(client, response.url)) == "against"


def test_lost_words_are_chosen_beside_the_text_and_the_list_gets_shorter(client, elsa):
    lose("subtraction")
    here = page(client, f"{WORKLIST}?kind=lost")
    assert form_fields(here, "gloss-form")["words"] == ""
    url = f"{WORKLIST}?kind=lost"
    response = client.post(url, {**form_fields(here, "gloss-form"), "words": "does sums"})
    assert gloss("subtraction").words == "does sums"
    assert "Nothing is left of this kind." in page(client, response.url)


def test_a_lost_gloss_can_be_corrected_and_stay_lost(client, elsa):
    lose("subtraction")
    url = f"{WORKLIST}?kind=lost"
    client.post(url, {**form_fields(page(client, url), "gloss-form"), "source": "Better."})
    assert (gloss("subtraction").source, gloss("subtraction").state) == ("Better.", "orphaned")


def test_words_that_changed_are_confirmed_with_one_click(client, elsa):
    edit("bookkeeping", "absorbed by subtraction", "absorbed by plain subtraction")
    assert gloss("subtraction").state == "changed"
    here = page(client, f"{WORKLIST}?kind=changed")
    assert "That is right: it is about these words now" in here
    action, fields = re.search(
        r'<form method="post" action="([^"]*)">(.*?)</form>', here, re.S
    ).groups()
    client.post(unescape(action), dict(re.findall(r'name="(\w+)" value="([^"]*)"', fields)))
    saved = gloss("subtraction")
    assert (saved.state, saved.exact) == ("kept", "absorbed by plain subtraction")


def test_for_a_cut_passage_another_passage_is_shown(client, elsa):
    revising.retire(Passage.objects.get(key="bookkeeping"))
    assert gloss("subtraction").state == "orphaned"
    here = page(client, f"{WORKLIST}?kind=lost")
    assert form_fields(here, "gloss-form")["passage"] != "bookkeeping"
    other = page(client, f"{WORKLIST}?kind=lost&passage=solvent")
    assert form_fields(other, "gloss-form")["passage"] == "solvent"


def test_passages_without_a_gloss_get_one(client, elsa):
    Gloss.objects.filter(passage__key__in=["solvent", "attention"]).delete()
    here = page(client, f"{WORKLIST}?kind=bare")
    assert "of 2</b>" in here
    response = client.post(
        f"{WORKLIST}?kind=bare",
        {**form_fields(here, "gloss-form"), "whole": "on", "source": "New."},
    )
    assert Gloss.objects.get(source="New.").is_whole_passage
    assert "<b>1 of 1</b>" in page(client, response.url)


def test_it_can_be_filtered_by_kind_and_by_essay(client, elsa):
    assert key_on(page(client, f"{WORKLIST}?kind=nowhere")) == "three-columns"
    cast.her()
    both = page(client, f"{WORKLIST}?kind=all")
    one = page(client, f"{WORKLIST}?kind=all&essay=salt-ledger")
    assert "of 8</b>" in one and "of 8</b>" not in both
    assert "essay=salt-ledger" in link(one, "next")


def test_without_a_kind_it_opens_the_first_kind_with_something_to_do(client, elsa):
    lose("subtraction")
    assert ">Glosses that lost their words</h1>" in page(client, WORKLIST)


# Permissions


def test_strangers_and_moderators_have_no_worklist(client):
    assert client.get(WORKLIST).status_code == 302
    client.force_login(cast.moderator())
    assert client.get(WORKLIST).status_code == client.post(WORKLIST).status_code == 403


# Bad input


@pytest.mark.parametrize("query", ["kind=none", "at=x", "at=99999", f"at={'9' * 30}", "essay=none"])
def test_an_invalid_query_starts_at_the_first_gloss(client, elsa, query):
    assert "<b>1 of" in page(client, f"{WORKLIST}?kind=all&{query}")


def test_an_invalid_form_keeps_its_place_and_what_was_typed(client, elsa):
    second = link(page(client, f"{WORKLIST}?kind=all"), "next")
    response = client.post(
        second, {**form_fields(page(client, second), "gloss-form"), "source": ""}
    )
    assert "Write what the gloss says." in expect_text(response, 422)
    assert "<b>2 of" in response.content.decode()


def test_it_takes_no_more_queries_with_more_glosses(client, elsa, essay):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, f"{WORKLIST}?kind=all")
        return len(captured)

    queries()
    few = queries()
    for number in range(40):
        made = Gloss(essay=essay, key=f"more-{number}", source="More.")
        revising.attach(made, Passage.objects.get(key="solvent"), number, number + 4)
        made.save()
    assert queries() == few


def test_what_was_typed_survives_when_its_gloss_leaves_the_worklist(client, elsa):
    lose("against")
    here = page(client, f"{WORKLIST}?kind=lost")
    sent = {**form_fields(here, "gloss-form"), "source": "Typed meanwhile."}
    address = unescape(re.search(r'action="([^"]*)" id="gloss-form"', here)[1])
    other = gloss("against")
    revising.reattach(other, other.passage, 0, 5)
    response = client.post(address, sent)
    assert response.status_code == 409
    assert "Typed meanwhile." in response.content.decode()


def test_a_second_click_makes_no_second_gloss(client, elsa):
    Gloss.objects.filter(passage__key="solvent").delete()
    here = page(client, f"{WORKLIST}?kind=bare")
    address = unescape(re.search(r'action="([^"]*)" id="gloss-form"', here)[1])
    for _ in range(2):
        client.post(address, {**form_fields(here, "gloss-form"), "whole": "on", "source": "New."})
    assert Gloss.objects.filter(source="New.").count() == 1
