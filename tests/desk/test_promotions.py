"""A reader's note becomes a gloss: asked for by an editor, agreed to by its author."""

import pytest

from annotations.models import Audience, Gloss, Note, Promotion
from essays.models import Essay
from readers.models import User
from tests import cast, dom
from tests.written_notes import note, reader_of, reply

WORDS = "The joke is on the one who *studies* first.\n\nSo is mine."


@pytest.fixture
def shown(db):
    """Rosa's note on passage 3, for anyone to read, with an answer."""
    cast.her()
    made = note(reader_of(cast.reader()), WORDS, public=True)
    reply(made, reader_of(cast.moderator()), "And mine.")
    return made


@pytest.fixture
def elsa(client, shown):
    client.force_login(cast.editor())
    return client


def rosas(client):
    client.force_login(Note.objects.get().reader.user)
    return client


def ask(client, shown):
    return client.post(f"/admin/annotations/promotion/add/?note={shown.pk}")


def answered(shown, answer="agreed"):
    return Promotion.objects.create(note=shown, answer=answer)


def at_the_desk(promotion):
    return f"/admin/annotations/promotion/{promotion.pk}/change/"


def test_a_note_becomes_a_gloss_once_its_author_agrees(client, elsa, shown):
    page = elsa.get(shown.get_absolute_url()).content.decode()
    assert f"/admin/annotations/promotion/add/?note={shown.pk}" in page
    response = ask(elsa, shown)
    promotion = Promotion.objects.get()
    assert response.headers["Location"] == at_the_desk(promotion)
    assert "has not answered yet" in elsa.get(response.headers["Location"]).content.decode()

    rosas(client)
    notebook = dom.of(client.get("/notebook/"))
    address = notebook.one("section.notebook-asked").one("a")["href"]
    assert "with your pen name, <b>Rosa Reader</b>" in dom.flat(client.get(address).text)
    client.post(address, {"answer": "agreed"})
    assert "You said" in client.get(address).content.decode()

    client.force_login(promotion.asked_by)
    form = dom.of(client.get(at_the_desk(promotion)))
    assert form.one("textarea").text.strip() == " ".join(WORDS.split())
    client.post(at_the_desk(promotion), {"source": "The joke is on us.", "key": "joke"})
    gloss = Gloss.objects.get(key="joke")
    assert (gloss.passage, gloss.start, gloss.end) == (shown.passage, shown.start, shown.end)
    client.logout()
    margin = dom.of(client.get("/her/")).one(f"div[id=gloss-{gloss.pk}]").text
    assert "The joke is on us." in margin
    assert "After a note by Rosa Reader." in " ".join(margin.split())
    thread = client.get(shown.get_absolute_url()).content.decode()
    assert "So is mine" in thread
    assert "And mine." in thread


def test_the_author_may_decline_and_then_no_gloss_can_be_made(client, elsa, shown):
    ask(elsa, shown)
    promotion = Promotion.objects.get()
    rosas(client).post(f"/notes/{shown.pk}/promotion/", {"answer": "declined"})
    client.force_login(promotion.asked_by)
    assert "would rather leave it" in client.get(at_the_desk(promotion)).content.decode()
    count = Gloss.objects.count()
    gloss = {"source": "The joke is on us.", "key": "joke"}
    assert client.post(at_the_desk(promotion), gloss).status_code == 403
    assert Gloss.objects.count() == count


def test_the_answer_can_change_until_the_gloss_is_made(client, shown):
    promotion = answered(shown, "declined")
    address = f"/notes/{shown.pk}/promotion/"
    assert rosas(client).post(address, {"answer": "agreed"}).status_code == 303
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
def test_the_credit_goes_when_the_note_is_no_longer_for_anyone(client, shown, end):
    promotion = answered(shown)
    gloss = promotion.gloss = Gloss.objects.first()
    promotion.save()
    assert "Rosa Reader" in client.get(gloss.get_absolute_url()).content.decode()
    if end == "withdrawn":
        Note.objects.update(audience=Audience.PRIVATE)
    elif end == "deleted":
        shown.remove()
    else:
        Note.objects.update(standing="hidden")
    for address in (gloss.get_absolute_url(), "/her/"):
        Essay.objects.bump_counters()
        assert "Rosa Reader" not in client.get(address).content.decode()


def test_what_is_no_longer_public_is_not_told_of_at_the_desk(elsa, shown):
    promotion = answered(shown)
    assert elsa.get(at_the_desk(promotion)).status_code == 200
    Note.objects.update(audience=Audience.PRIVATE)
    assert elsa.get(at_the_desk(promotion)).status_code == 404
    assert "Rosa" not in elsa.get("/admin/annotations/promotion/").content.decode()


@pytest.mark.parametrize("change", [{"audience": "private"}, {"standing": "waiting"}, {"body": ""}])
def test_only_words_that_anyone_can_read_are_asked_for(elsa, shown, change):
    Note.objects.update(**change)
    assert ask(elsa, shown).status_code == 404
    assert not Promotion.objects.exists()


def test_asking_twice_asks_once(elsa, shown):
    ask(elsa, shown)
    assert ask(elsa, shown).status_code == 302
    assert Promotion.objects.count() == 1


def test_nobody_else_can_answer(client, elsa, shown):
    answered(shown, "asked")
    address = f"/notes/{shown.pk}/promotion/"
    for user in (User.objects.get(username="elsa"), cast.superuser()):
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.post(address, {"answer": "agreed"}).status_code == 404
    assert Promotion.objects.get().answer == "asked"


def test_readers_and_moderators_are_offered_nothing(client, shown):
    for user in (shown.reader.user, shown.replies.get().reader.user):
        client.force_login(user)
        page = client.get(shown.get_absolute_url()).content.decode()
        assert "Make a gloss" not in page
        assert ask(client, shown).status_code in (302, 403)
    assert not Promotion.objects.exists()


def test_no_answer_is_an_error_in_plain_words(client, shown):
    answered(shown, "asked")
    for sent in ({}, {"answer": "perhaps"}):
        response = rosas(client).post(f"/notes/{shown.pk}/promotion/", sent)
        assert response.status_code == 422
        assert "Choose yes or no." in response.content.decode()
    assert Promotion.objects.get().answer == "asked"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"source": "", "key": "joke"}, "This field is required."),
        ({"source": "One.\n\nTwo.", "key": "joke"}, "A gloss is one paragraph"),
        ({"source": "One.", "key": "A Joke"}, "cannot be a name"),
        ({"source": "One.", "key": "oscars"}, "There is a gloss with this key already."),
    ],
)
def test_a_gloss_that_cannot_be_made_comes_back_as_it_was_typed(elsa, shown, sent, said):
    promotion = answered(shown)
    count = Gloss.objects.count()
    response = elsa.post(at_the_desk(promotion), sent)
    assert response.status_code == 422
    page = dom.of(response)
    assert said in page.text
    assert page.one("input[id=id_key]")["value"] == sent["key"]
    assert page.one("textarea").text.strip() == sent["source"].strip()
    assert Gloss.objects.count() == count


def test_a_note_whose_words_are_gone_makes_no_gloss(elsa, shown):
    promotion = answered(shown)
    Note.objects.update(start=None, end=None, state="orphaned")
    response = elsa.post(at_the_desk(promotion), {"source": "One.", "key": "joke"})
    assert "are gone from the essay" in response.content.decode()
    assert not Gloss.objects.filter(key="joke").exists()
