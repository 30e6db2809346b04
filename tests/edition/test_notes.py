"""A note's page, and what its author can do with it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from annotations import revising
from annotations.models import UNDO_PERIOD, Audience, Flag, NotAllowed, Note, Reply, Standing
from essays.models import Essay, Passage
from readers.models import Reader, User
from tests import cast, dom, written_notes
from tests.page_urls import CARD

pytestmark = pytest.mark.django_db

FRESH = "I like to go in Fresh!"
WRITE_ON_ALL = "/her/opening/write/?choice=whole"


@pytest.fixture(autouse=True)
def essay() -> Essay:
    return cast.her()


@pytest.fixture
def guest() -> Reader:
    return written_notes.guest()


@pytest.fixture
def mine(client, guest) -> Note:
    """A note of the guest that `client` is."""
    written_notes.be(client, guest)
    return on_words(written_notes.note(guest, "Mine alone."))


@pytest.fixture
def rosa() -> Client:
    client = Client()
    client.force_login(cast.reader())
    return client


@pytest.fixture
def rosas(rosa) -> Note:
    """A note of Rosa's that anyone can see."""
    reader = written_notes.reader_of(rosa_herself())
    return written_notes.note(reader, "Rosa’s words.", public=True, published_at=timezone.now())


def rosa_herself() -> User:
    return User.objects.get(username="rosa")


def on_words(note: Note, words: str = FRESH) -> Note:
    passage = Passage.objects.get(essay__slug="her", key="fresh")
    start = passage.text.index(words)
    revising.reattach(note, passage, start, start + len(words))
    return Note.objects.get(pk=note.pk)


def end_undo_period(note) -> None:
    """Set the time of deletion back by the time for undoing it."""
    type(note).objects.filter(pk=note.pk).update(deleted_at=timezone.now() - UNDO_PERIOD)


def version_stamp(note) -> str:
    return note.edited_at.isoformat() if note.edited_at else "new"


# Its page


def test_a_note_has_a_page_with_the_words_that_it_is_about(client, mine):
    page = dom.of(client.get(f"/notes/{mine.public_id}/"))
    assert page.one("blockquote.quoting").text == FRESH
    article = page.one(f"[id=note-{mine.public_id}]")
    assert "Mine alone." in article.text
    assert "You · only you" in article.text


def test_a_note_whose_words_changed_shows_the_passage_as_its_author_saw_it(client, mine):
    url = f"/notes/{mine.public_id}/"
    assert not dom.of(client.get(url)).all(".version-text")
    first = Passage.objects.get(essay__slug="her", key="fresh")
    text = first.text
    revising.edit(first, first.source.replace("go in Fresh", "go in very Fresh"))
    page = dom.of(client.get(url))
    changes, as_seen = page.all(".version-text")
    assert "go in [added: very ]Fresh!" in changes.text
    assert as_seen.text == text
    assert page.one("mark").text == FRESH
    revising.retire(Passage.objects.get(essay__slug="her", key="fresh"))
    page = dom.of(client.get(url))
    assert [text.text for text in page.all(".version-text")] == [text]
    assert "The passage as its author saw it" in page.text


def test_original_words_from_behind_the_veil_are_veiled(client, guest):
    behind = Passage.objects.get(essay__slug="her", key="a-choice")
    note = written_notes.note(guest, "On this.", key="a-choice", public=True)
    revising.reattach(note, behind, 0, 30)
    moved = Passage.objects.get(essay__slug="her", key="fresh")
    Note.objects.filter(pk=note.pk).update(passage=moved, start=0, end=8, state="changed")
    page = dom.of(client.get(f"/notes/{note.public_id}/"))
    assert "On this." in dom.unveiled(page)
    assert behind.text[:30] in page.text
    assert behind.text[:30] not in dom.unveiled(page)


def test_moving_a_note_does_not_overwrite_an_edit_made_meanwhile(mine):
    stale = Note.objects.get(pk=mine.pk)
    mine.edit("Said better in another window.")
    on_words(stale, "Frank Costanza")
    assert Note.objects.get(pk=mine.pk).body == "Said better in another window."
    mine.remove()
    with pytest.raises(revising.RevisingError):
        on_words(stale, FRESH)
    assert Note.objects.get(pk=mine.pk).deleted_at is not None


def test_a_right_to_left_pen_name_is_isolated(client, rosas):
    User.objects.filter(username="rosa").update(pen_name="רוזה")
    page = dom.of(client.get(rosas.get_absolute_url()))
    assert page.one("h1").one("bdi").text == "רוזה"
    assert page.one("article.note").one("footer").one("bdi").text == "רוזה"


def test_a_note_is_a_card_for_htmx(client, mine):
    response = client.get(f"/notes/{mine.public_id}/", headers=CARD)
    card = dom.of(response)
    assert card.one("[id=card-title]").text == FRESH
    assert "Mine alone." in card.text and not card.all("form")
    assert response["Cache-Control"] == "private, no-cache"


def test_the_page_of_a_note_behind_the_veil_is_veiled(client, guest):
    note = written_notes.note(guest, "About the end.", key="a-choice", public=True)
    page = dom.unveiled(dom.of(client.get(f"/notes/{note.public_id}/")))
    card = dom.unveiled(dom.of(client.get(f"/notes/{note.public_id}/", headers=CARD)))
    assert note.passage.number > 3
    for text in (page, card):
        assert "About the end." not in text
        assert note.passage.text[:40] not in text


def test_anyone_may_read_a_public_note_which_shows_no_user_name(rosas):
    response = Client().get(f"/notes/{rosas.public_id}/")
    assert "Rosa Reader" in response.content.decode()
    assert "rosa" not in response.content.decode()


# Edit


def test_the_author_edits_a_note(client, mine):
    form = dom.of(client.get(f"/notes/{mine.public_id}/edit/")).one("[id=note-form]")
    assert form.one("textarea").text.strip() == "Mine alone."
    sent = {"body": "Mine, *still*.", "colour": "green", "seen": form.one("[name=seen]")["value"]}
    response = client.post(f"/notes/{mine.public_id}/edit/", sent)
    assert response.status_code == 303
    mine.refresh_from_db()
    assert (mine.html, mine.colour) == ("<p>Mine, <em>still</em>.</p>", "green")


def test_htmx_gets_the_run_after_an_edit(client, mine):
    sent = {"body": "Changed.", "seen": version_stamp(mine)}
    answer = dom.of(client.post(f"/notes/{mine.public_id}/edit/", sent, headers=CARD))
    assert "Changed." in answer.one("[id=run-fresh]").text


def test_an_edit_in_another_window_is_shown_and_the_draft_stays(client, mine):
    stale = version_stamp(mine)
    client.post(f"/notes/{mine.public_id}/edit/", {"body": "From one.", "seen": stale})
    response = client.post(f"/notes/{mine.public_id}/edit/", {"body": "From two.", "seen": stale})
    assert response.status_code == 422
    form = dom.of(response).one("[id=note-form]")
    assert form.one("textarea").text.strip() == "From two."
    assert form.one("div.newer").one("blockquote").text == "From one."
    mine.refresh_from_db()
    assert mine.body == "From one."
    again = {"body": "From two.", "seen": form.one("[name=seen]")["value"]}
    assert client.post(f"/notes/{mine.public_id}/edit/", again).status_code == 303


def test_the_same_edit_sent_twice_is_no_conflict(client, mine):
    sent = {"body": "Once.", "seen": version_stamp(mine)}
    answers = [client.post(f"/notes/{mine.public_id}/edit/", sent).status_code for _ in range(2)]
    assert answers == [303, 303]


def test_an_edited_public_note_waits_for_approval_again(rosa, rosas):
    rosa.post(
        f"/notes/{rosas.public_id}/edit/", {"body": "Other words.", "seen": version_stamp(rosas)}
    )
    rosas.refresh_from_db()
    assert rosas.standing == Standing.WAITING
    assert Client().get(f"/notes/{rosas.public_id}/").status_code == 404


def test_a_public_note_cannot_be_emptied(rosa, rosas):
    response = rosa.post(
        f"/notes/{rosas.public_id}/edit/", {"body": "", "seen": version_stamp(rosas)}
    )
    assert response.status_code == 422
    assert "delete it instead" in response.content.decode()


# Delete and undo


def test_a_deleted_note_is_gone_from_every_page_and_can_be_brought_back(client, mine):
    confirmation = client.get(f"/notes/{mine.public_id}/delete/").content.decode()
    assert "Delete this note?" in confirmation
    response = client.post(f"/notes/{mine.public_id}/delete/")
    assert response["Location"] == f"/notes/{mine.public_id}/"
    assert "Mine alone." not in client.get("/her/").content.decode()
    page = dom.of(client.get(f"/notes/{mine.public_id}/"))
    assert "Mine alone." not in page.text
    restore = next(f["action"] for f in page.all("form") if "restore" in f.attributes["action"])
    client.post(restore)
    assert "Mine alone." in client.get("/her/").content.decode()


def test_htmx_gets_an_undo_button_in_the_notes_place(client, mine):
    answer = dom.of(client.post(f"/notes/{mine.public_id}/delete/", headers=CARD))
    undo = answer.one("[id=run-fresh]").one(f"form[id=note-{mine.public_id}]")
    assert undo["data-hx-post"] == f"/notes/{mine.public_id}/restore/"
    back = dom.of(client.post(undo["data-hx-post"], headers=CARD))
    assert back.one(f"article[id=note-{mine.public_id}]")


def test_deleting_or_restoring_twice_is_harmless(client, mine):
    for action in ("delete", "delete", "restore", "restore"):
        assert client.post(f"/notes/{mine.public_id}/{action}/").status_code == 303


def test_a_deleted_note_is_purged_after_ten_minutes(client, mine, guest):
    Flag.objects.create(note=mine, reader=written_notes.guest(), reason="spam")
    mine.remove()
    end_undo_period(mine)
    call_command("tick")
    assert not Note.objects.filter(pk=mine.pk).exists()
    assert client.post(f"/notes/{mine.public_id}/restore/").status_code == 404
    assert Reader.objects.filter(pk=guest.pk).exists()


def test_a_deleted_note_with_replies_keeps_them_without_its_text(rosa, rosas, guest):
    answer = written_notes.reply(rosas, guest, "An answer.")
    rosa.post(f"/notes/{rosas.public_id}/delete/")
    stranger = Client().get(f"/notes/{rosas.public_id}/").content.decode()
    assert "Removed by its author." in stranger and "An answer." in stranger
    assert "Rosa’s words." not in stranger
    end_undo_period(rosas)
    call_command("tick")
    rosas.refresh_from_db()
    assert (rosas.body, rosas.html, rosas.references) == ("", "", {})
    response = rosa.post(f"/notes/{rosas.public_id}/restore/")
    assert response.status_code == 422 and "ten minutes ago" in response.content.decode()
    answer.remove()
    end_undo_period(answer)
    call_command("tick")
    assert not Note.objects.filter(pk=rosas.pk).exists()


def test_a_note_that_can_still_be_restored_is_not_purged(mine):
    mine.remove()
    Note.objects.update(deleted_at=timezone.now() - UNDO_PERIOD + timedelta(seconds=30))
    call_command("tick")
    mine.refresh_from_db()
    assert mine.body == "Mine alone." and mine.can_be_restored


# Audience


def test_a_note_can_be_made_private_and_public_again(rosa, rosas, settings):
    settings.PUBLIC_NOTES = "open"
    path = f"/notes/{rosas.public_id}/audience/"
    assert "seen by anyone" in rosa.get(path).content.decode()
    rosa.post(path, {"audience": "private"})
    assert Client().get(f"/notes/{rosas.public_id}/").status_code == 404
    assert "note-" not in Client().get("/her/").content.decode()
    rosa.post(path, {"audience": "public"})
    assert Client().get(f"/notes/{rosas.public_id}/").status_code == 200
    assert f'id="note-{rosas.public_id}"' in Client().get("/her/").content.decode()


def test_a_note_that_others_answered_stays_public(rosa, rosas, guest):
    written_notes.reply(rosas, guest, "An answer.")
    response = rosa.post(f"/notes/{rosas.public_id}/audience/", {"audience": "private"})
    assert response.status_code == 422
    assert "Others have answered this note" in response.content.decode()
    rosas.refresh_from_db()
    assert rosas.audience == Audience.PUBLIC


def test_a_note_with_only_ones_own_reply_can_be_made_private(rosa, rosas):
    written_notes.reply(rosas, rosas.reader, "To myself.")
    rosa.post(f"/notes/{rosas.public_id}/audience/", {"audience": "private"})
    rosas.refresh_from_db()
    assert rosas.audience == Audience.PRIVATE


def test_a_guest_is_led_to_sign_in_and_back(client, mine):
    path = f"/notes/{mine.public_id}/audience/"
    response = client.post(path, {"audience": "public"})
    assert response["Location"] == f"/accounts/login/?next={path}"
    assert Note.objects.get().audience == Audience.PRIVATE


def test_a_highlight_without_words_stays_private(rosa):
    reader = written_notes.reader_of(rosa_herself())
    note = written_notes.note(reader)
    response = rosa.post(f"/notes/{note.public_id}/audience/", {"audience": "public"})
    assert response.status_code == 422
    assert "Write a few words first" in response.content.decode()


def test_an_author_cannot_undo_the_hiding_of_a_note(rosa, rosas):
    Note.objects.update(standing=Standing.HIDDEN, hidden_because="It names a person.")
    for audience in ("private", "public"):
        rosa.post(f"/notes/{rosas.public_id}/audience/", {"audience": audience})
    rosa.post(f"/notes/{rosas.public_id}/edit/", {"body": "Other.", "seen": version_stamp(rosas)})
    rosas.refresh_from_db()
    assert rosas.standing == Standing.HIDDEN
    assert "It names a person." in rosa.get(f"/notes/{rosas.public_id}/").content.decode()


def test_publishing_a_note_fails_where_public_notes_are_off(rosa, settings):
    settings.PUBLIC_NOTES = "off"
    note = written_notes.note(written_notes.reader_of(rosa_herself()), "Words.")
    with pytest.raises(NotAllowed, match="for their authors only"):
        note.publish()


# Other words


def test_a_note_whose_words_are_gone_can_be_put_on_others(client, mine):
    passage = mine.passage
    revising.edit(passage, "Nothing of that is here now. Something else is, and it is long.")
    mine.refresh_from_db()
    assert mine.state == Note.State.ORPHANED
    article = dom.of(client.get("/her/")).one(f"article[id=note-{mine.public_id}]")
    assert "About words that are no longer here" in article.text
    assert article.one("p.former-words").one("q").text == FRESH
    path = f"/notes/{mine.public_id}/words/"
    values = [one["value"] for one in dom.of(client.get(path)).all("input[name=choice]")]
    sent = {"choice": values[1], "passage": "fresh", "version": 2}
    assert client.post(path, sent).status_code == 303
    mine.refresh_from_db()
    assert (mine.state, mine.words) == (Note.State.KEPT, "Something else is, and it is long.")


def test_a_candidate_is_accepted_with_one_click(client, mine):
    passage = Passage.objects.get(essay__slug="her", key="opening")
    Note.objects.update(
        state="orphaned",
        start=None,
        end=None,
        candidates=[{"passage": passage.pk, "start": 0, "end": 9, "score": 0.6}],
    )
    page = dom.of(client.get(f"/notes/{mine.public_id}/"))
    form = page.one("ul.candidates").one("form")
    sent = {one["name"]: one["value"] for one in form.all("input")}
    client.post(form["action"], sent)
    mine.refresh_from_db()
    assert (mine.passage, mine.words) == (passage, passage.text[:9])


def test_a_note_can_go_to_another_passage_but_not_to_another_essay(client, mine):
    cast.second()
    path = f"/notes/{mine.public_id}/words/"
    assert client.post(path, {"choice": "whole", "passage": "bookkeeping"}).status_code == 404
    assert client.post(path, {"choice": "whole", "passage": "opening"}).status_code == 303
    mine.refresh_from_db()
    assert (mine.passage.key, mine.is_whole_passage) == ("opening", True)


def test_a_note_whose_words_changed_links_to_the_original_version(client, mine):
    passage = mine.passage
    revising.edit(passage, passage.source.replace(FRESH, "I like to go in so Fresh!"))
    mine.refresh_from_db()
    assert mine.state == Note.State.CHANGED
    article = dom.of(client.get("/her/")).one(f"article[id=note-{mine.public_id}]")
    assert article.one("p.since").one("a")["href"] == "/her/fresh/versions/#v1"


# After the session ended


@pytest.fixture
def ended(rosa, rosas) -> Client:
    """Rosa's browser, whose session has ended on the server."""
    rosa.session.flush()
    return rosa


def test_an_edit_after_the_session_ended_shows_what_was_typed_and_leads_to_signing_in(ended, rosas):
    response = ended.post(f"/notes/{rosas.public_id}/edit/", {"body": "Changed <words>."})
    assert response.status_code == 403
    page = dom.of(response)
    assert page.one("h1").text == "You are signed out"
    assert page.one("textarea").text.strip() == "Changed <words>."
    sign_in = f"/accounts/login/?next=/notes/{rosas.public_id}/edit/"
    assert page.one("ul.also").one("a")["href"] == response["Sign-In"] == sign_in
    assert "private" in response["Cache-Control"]
    rosas.refresh_from_db()
    assert rosas.body != "Changed <words>."


def fields_of(form) -> dict[str, str]:
    """The hidden fields and the words of a form."""
    hidden = form.all("input[type=hidden]")
    fields = {one["name"]: one.attributes.get("value", "") for one in hidden}
    return fields | {one["name"]: one.text.strip() for one in form.all("textarea")}


@pytest.mark.parametrize("who", ["rosa", "marek"])
@pytest.mark.parametrize("what", ["edit", "reply", "note"])
def test_without_script_words_go_through_signing_in_and_come_back_to_their_person(
    rosa, rosas, who, what
):
    for name in ("rosa", "marek"):
        user, _ = User.objects.get_or_create(username=name)
        user.set_password("a walk along the quay")
        user.save()
    client, note_url = Client(), rosas.get_absolute_url()
    client.force_login(User.objects.get(username="rosa"))
    pages = {"edit": f"{note_url}edit/", "reply": note_url, "note": WRITE_ON_ALL}
    page = dom.of(client.get(pages[what]))
    form = page.one("[id=note-form]")
    typed = fields_of(form) | {"body": "Typed before it ended."}
    del client.cookies["session"]
    asked = client.post(form["action"], typed)
    assert asked.status_code == 403 and "Your draft is kept" in asked.text
    login = next(one for one in dom.of(asked).all("form") if one.all("input[type=password]"))
    signed_in = client.post(
        "/accounts/login/",
        fields_of(login) | {"login": who, "password": "a walk along the quay"},
    )
    if who == "marek":
        assert signed_in.status_code == 200 and "another account" in signed_in.text
        assert "Typed before" not in signed_in.text + client.get("/notebook/").text
        return
    go_on = next(
        one for one in dom.of(signed_in).one("main").all("form") if one.all("input[name=carried]")
    )
    back = client.post(go_on["action"], fields_of(go_on))
    assert back.status_code == 200 and "Not saved yet." in back.text
    assert not Note.objects.filter(body="Typed before it ended.")
    assert not Reply.objects.exists()
    again = dom.of(back).one("[id=note-form]")
    assert again.one("textarea[name=body]").text.strip() == "Typed before it ended."
    assert client.post(again["action"], fields_of(again)).status_code == 303
    kind = Reply if what == "reply" else Note
    assert kind.objects.filter(body="Typed before it ended.").count() == 1


@pytest.fixture
def sent(rosa, rosas):
    """What Rosa's open forms send, by their addresses: a new note, a report, a reply."""
    another = written_notes.note(
        written_notes.guest(), "Another's.", public=True, published_at=timezone.now()
    )
    report = f"{another.get_absolute_url()}flag/"
    person = dom.of(rosa.get(WRITE_ON_ALL)).one("input[name=person]")["value"]
    forms = {
        WRITE_ON_ALL: {"choice": "whole", "body": "Typed before."},
        report: {"reason": "other", "remark": "Typed before."},
        f"{another.get_absolute_url()}replies/": {"body": "Typed before."},
    }
    return {address: fields | {"person": person} for address, fields in forms.items()}


def saved() -> int:
    return sum(
        (
            Note.objects.filter(body="Typed before.").count(),
            Flag.objects.count(),
            Reply.objects.count(),
        )
    )


@pytest.mark.parametrize("headers", [{}, CARD], ids=["plain", "htmx"])
def test_what_an_account_sends_after_its_session_ended_is_not_saved_for_a_new_guest(
    sent, ended, headers
):
    for address, fields in sent.items():
        response = ended.post(address, fields, headers=headers)
        assert response.status_code == 403
        assert response["Sign-In"].startswith("/accounts/login/?next=/")
        assert "guest" not in response.cookies
        assert headers or "Typed before." in response.text
    assert saved() == 0


def test_what_an_account_sends_is_not_saved_for_another_that_is_signed_in(sent):
    other = Client()
    other.force_login(User.objects.create_user("marek"))
    for address, fields in sent.items():
        assert other.post(address, fields).status_code == 403
    assert saved() == 0


def test_the_form_of_an_account_says_so_also_when_all_cookies_are_gone(rosa, rosas):
    address = f"/notes/{rosas.public_id}/edit/"
    person = dom.of(rosa.get(address)).one("form.note-form").one("input[name=person]")["value"]
    stranger = Client()
    assert stranger.post(address, {"person": person, "body": "x"}).status_code == 403
    assert stranger.post(address, {"person": "", "body": "x"}).status_code == 404


@pytest.mark.parametrize("action", ["edit", "delete", "audience", "words"])
def test_a_form_opened_after_the_session_ended_leads_to_signing_in(ended, rosas, action):
    address = f"/notes/{rosas.public_id}/{action}/"
    assert ended.get(address)["Location"] == f"/accounts/login/?next={address}"


def test_an_undo_after_the_session_ended_leads_to_the_notebook(ended, rosas):
    response = ended.post(f"/notes/{rosas.public_id}/restore/")
    assert response["Sign-In"] == "/accounts/login/?next=/notebook/"


# A stranger gets 404


ACTIONS = ["", "edit/", "delete/", "restore/", "audience/", "words/", "replies/", "flag/"]


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_else_can_reach_a_private_note(mine, action):
    elsa = Client()
    elsa.force_login(cast.editor())
    for other in (Client(), written_notes.be(Client(), written_notes.guest()), elsa):
        for method in (other.get, other.post):
            assert method(f"/notes/{mine.public_id}/{action}").status_code in (404, 405)
    mine.refresh_from_db()
    assert (mine.body, mine.deleted_at) == ("Mine alone.", None)


@pytest.mark.parametrize("action", ["edit/", "delete/", "restore/", "audience/", "words/"])
def test_nobody_changes_the_public_note_of_another(client, rosas, action):
    written_notes.be(client, written_notes.guest())
    for method in (client.get, client.post):
        assert method(f"/notes/{rosas.public_id}/{action}", {}).status_code in (404, 405)


def test_notes_on_a_draft_are_not_found(client, mine):
    Essay.objects.update(status=Essay.Status.DRAFT)
    assert client.get(f"/notes/{mine.public_id}/").status_code == 404
    assert Note.objects.filter(pk=mine.pk).exists()


# The wrong method


@pytest.mark.parametrize("action", ["restore/", "replies/"])
def test_restoring_and_replying_refuse_get(client, mine, action):
    assert client.get(f"/notes/{mine.public_id}/{action}").status_code == 405


def test_a_note_is_not_written_by_posting_to_its_page(client, mine):
    assert client.post(f"/notes/{mine.public_id}/").status_code == 405


# Bad input


@pytest.mark.parametrize("body", ["x" * 5001, "a\0b", "[a" * 2000])
def test_an_invalid_edit_changes_nothing_and_keeps_what_was_typed(client, mine, body):
    response = client.post(
        f"/notes/{mine.public_id}/edit/", {"body": body, "seen": version_stamp(mine)}
    )
    assert response.status_code == 422
    form = dom.of(response).one("[id=note-form]")
    assert form.all("p.form-error")
    assert body.replace("\0", "")[:100] in form.one("textarea").text.replace("\0", "")
    mine.refresh_from_db()
    assert mine.body == "Mine alone."


@pytest.mark.parametrize("audience", ["", "everybody", "\0"])
def test_an_unknown_audience_is_refused(client, mine, audience):
    response = client.post(f"/notes/{mine.public_id}/audience/", {"audience": audience})
    assert response.status_code == 422
    assert dom.of(response).all("p.form-error")


@pytest.mark.parametrize("query", ["page=x", "page=-1", "page=", "page=%00"])
def test_a_page_number_that_is_not_a_number_is_refused(client, mine, query):
    assert client.get(f"/notes/{mine.public_id}/?{query}").status_code == 400
    assert client.get(f"/her/fresh/?{query}").status_code == 400


def test_a_page_past_the_end_is_not_found(client, mine):
    assert client.get(f"/notes/{mine.public_id}/?page=0").status_code == 404
    assert client.get("/her/fresh/?page=99").status_code == 404
