"""Promotions: an editor asks to make a reader's note a gloss, and its author agrees."""

import pytest

from annotations.models import Audience, Gloss, Note, Promotion
from essays.models import Essay
from readers.models import User
from tests import cast, dom
from tests.written_notes import note, reader_of, reply

WORDS = "The joke is on the one who *studies* first.\n\nSo is mine."


@pytest.fixture
def public_note(db):
    """Rosa's public note on passage 3, with a reply."""
    cast.her()
    made = note(reader_of(cast.reader()), WORDS, public=True)
    reply(made, reader_of(cast.moderator()), "And mine.")
    return made


@pytest.fixture
def elsa(client, public_note):
    client.force_login(cast.editor())
    return client


def as_rosa(client):
    client.force_login(Note.objects.get().reader.user)
    return client


def ask(client, public_note):
    return client.post(f"/admin/annotations/promotion/add/?note={public_note.public_id}")


def promotion_of(public_note, answer="agreed"):
    return Promotion.objects.create(note=public_note, answer=answer)


def desk_url(promotion):
    return f"/admin/annotations/promotion/{promotion.pk}/change/"


def test_a_note_becomes_a_gloss_once_its_author_agrees(client, elsa, public_note):
    page = elsa.get(public_note.get_absolute_url()).content.decode()
    assert f"/admin/annotations/promotion/add/?note={public_note.public_id}" in page
    response = ask(elsa, public_note)
    promotion = Promotion.objects.get()
    assert response.headers["Location"] == desk_url(promotion)
    assert "has not answered yet" in elsa.get(response.headers["Location"]).content.decode()

    as_rosa(client)
    notebook = dom.of(client.get("/notebook/"))
    address = notebook.one("section.promotion-requests").one("a")["href"]
    assert "with your pen name, <b data-hx-ignore>Rosa Reader</b>" in dom.flat(
        client.get(address).text
    )
    client.post(address, {"answer": "agreed"})
    assert "You said" in client.get(address).content.decode()

    client.force_login(promotion.asked_by)
    form = dom.of(client.get(desk_url(promotion)))
    assert form.one("textarea").text.strip() == " ".join(WORDS.split())
    client.post(desk_url(promotion), {"source": "The joke is on us.", "key": "joke"})
    gloss = Gloss.objects.get(key="joke")
    assert gloss.passage == public_note.passage
    assert (gloss.start, gloss.end) == (public_note.start, public_note.end)
    client.logout()
    margin = dom.of(client.get("/her/")).one(f"div[id=gloss-{gloss.pk}]").text
    assert "The joke is on us." in margin
    assert "After a note by Rosa Reader." in " ".join(margin.split())
    thread = client.get(public_note.get_absolute_url()).content.decode()
    assert "So is mine" in thread
    assert "And mine." in thread


def test_the_author_may_decline_and_then_no_gloss_can_be_made(client, elsa, public_note):
    ask(elsa, public_note)
    promotion = Promotion.objects.get()
    as_rosa(client).post(f"/notes/{public_note.public_id}/promotion/", {"answer": "declined"})
    client.force_login(promotion.asked_by)
    assert "would rather leave it" in client.get(desk_url(promotion)).content.decode()
    count = Gloss.objects.count()
    gloss = {"source": "The joke is on us.", "key": "joke"}
    assert client.post(desk_url(promotion), gloss).status_code == 409
    assert Gloss.objects.count() == count


def test_the_answer_can_change_until_the_gloss_is_made(client, public_note):
    promotion = promotion_of(public_note, "declined")
    address = f"/notes/{public_note.public_id}/promotion/"
    assert as_rosa(client).post(address, {"answer": "agreed"}).status_code == 303
    promotion.refresh_from_db()
    assert promotion.answer == "agreed"
    promotion.gloss = Gloss.objects.first()
    promotion.save()
    late = client.post(address, {"answer": "declined"})
    assert late.status_code == 422
    assert "The gloss is made already" in late.content.decode()
    promotion.refresh_from_db()
    assert promotion.answer == "agreed"


@pytest.mark.parametrize("end", ["withdrawn", "deleted", "hidden"])
def test_the_credit_goes_when_the_note_is_no_longer_public(client, public_note, end):
    promotion = promotion_of(public_note)
    gloss = promotion.gloss = Gloss.objects.first()
    promotion.save()
    assert "Rosa Reader" in client.get(gloss.get_absolute_url()).content.decode()
    if end == "withdrawn":
        Note.objects.update(audience=Audience.PRIVATE)
    elif end == "deleted":
        public_note.remove()
    else:
        Note.objects.update(standing="hidden")
    for address in (gloss.get_absolute_url(), "/her/"):
        Essay.objects.bump_counters()
        assert "Rosa Reader" not in client.get(address).content.decode()


def test_a_promotion_of_a_note_that_is_no_longer_public_is_not_at_the_desk(elsa, public_note):
    promotion = promotion_of(public_note)
    assert elsa.get(desk_url(promotion)).status_code == 200
    Note.objects.update(audience=Audience.PRIVATE)
    assert elsa.get(desk_url(promotion)).status_code == 404
    assert "Rosa" not in elsa.get("/admin/annotations/promotion/").content.decode()


@pytest.mark.parametrize("change", [{"audience": "private"}, {"standing": "waiting"}, {"body": ""}])
def test_only_public_notes_can_be_asked_for(elsa, public_note, change):
    Note.objects.update(**change)
    assert ask(elsa, public_note).status_code == 404
    assert not Promotion.objects.exists()


def test_asking_twice_makes_one_promotion(elsa, public_note):
    ask(elsa, public_note)
    assert ask(elsa, public_note).status_code == 302
    assert Promotion.objects.count() == 1


def test_nobody_else_can_answer(client, elsa, public_note):
    promotion_of(public_note, "asked")
    address = f"/notes/{public_note.public_id}/promotion/"
    for user in (User.objects.get(username="elsa"), cast.superuser()):
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.post(address, {"answer": "agreed"}).status_code == 404
    assert Promotion.objects.get().answer == "asked"


def test_readers_and_moderators_cannot_ask_for_a_gloss(client, public_note):
    for user in (public_note.reader.user, public_note.replies.get().reader.user):
        client.force_login(user)
        page = client.get(public_note.get_absolute_url()).content.decode()
        assert "Make a gloss" not in page
        assert ask(client, public_note).status_code in (302, 403)
    assert not Promotion.objects.exists()


def test_a_missing_or_invalid_answer_is_refused(client, public_note):
    promotion_of(public_note, "asked")
    for sent in ({}, {"answer": "perhaps"}):
        response = as_rosa(client).post(f"/notes/{public_note.public_id}/promotion/", sent)
        assert response.status_code == 422
        assert "Choose yes or no." in response.content.decode()
    assert Promotion.objects.get().answer == "asked"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"source": "", "key": "joke"}, "This field is required."),
        ({"source": "One.\n\nTwo.", "key": "joke"}, "A gloss is one paragraph"),
        ({"source": "One.", "key": "A Joke"}, "cannot be a name"),
        ({"source": "One.", "key": "oscars"}, "There is a gloss with this key already."),
    ],
)
def test_the_form_of_an_invalid_gloss_keeps_what_was_typed(elsa, public_note, sent, message):
    promotion = promotion_of(public_note)
    count = Gloss.objects.count()
    response = elsa.post(desk_url(promotion), sent)
    assert response.status_code == 422
    page = dom.of(response)
    assert message in page.text
    assert page.one("input[id=id_key]")["value"] == sent["key"]
    assert page.one("textarea").text.strip() == sent["source"].strip()
    assert Gloss.objects.count() == count


def test_a_note_whose_words_are_gone_makes_no_gloss(elsa, public_note):
    promotion = promotion_of(public_note)
    Note.objects.update(start=None, end=None, state="orphaned")
    response = elsa.post(desk_url(promotion), {"source": "One.", "key": "joke"})
    assert "are gone from the essay" in response.content.decode()
    assert not Gloss.objects.filter(key="joke").exists()
