"""The editors' desk: a gloss made, changed and deleted where its text is."""

import json

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations import revising
from annotations.models import Gloss, GlossLink, Theme
from essays.models import Essay, Passage
from readers.models import User
from tests import cast
from tests.desk_pages import expect_text, form_fields

pytestmark = pytest.mark.django_db

ADD = "/admin/annotations/gloss/add/"
ASK = "/admin/annotations/gloss"


@pytest.fixture
def essay() -> Essay:
    return cast.second()


@pytest.fixture
def elsa(client: Client) -> User:
    elsa = cast.editor()
    client.force_login(elsa)
    return elsa


def passage(key: str = "bookkeeping") -> Passage:
    return Passage.objects.get(essay__slug="salt-ledger", key=key)


def gloss(key: str = "subtraction") -> Gloss:
    return Gloss.objects.select_related("passage", "essay").get(key=key)


def change(key: str = "subtraction") -> str:
    return f"/admin/annotations/gloss/{gloss(key).pk}/change/"


def adding(key: str = "bookkeeping", **query: str) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{ADD}?passage={passage(key).pk}&{asked}"


def send(client: Client, url: str, page: str = "", **given):
    """Send the form of a page with something in it changed."""
    page = page or client.get(url).content.decode()
    return client.post(url, {**form_fields(page, "gloss-form"), **given})


def link(number: int, **given: str) -> dict[str, str]:
    return {f"links-{number}-{name}": value for name, value in given.items()}


# It works


def test_the_passages_page_shows_the_text_with_its_glosses_and_leads_to_each(client, essay, elsa):
    page = client.get(f"/admin/essays/passage/{passage().pk}/change/").content.decode()
    assert ">absorbed by subtraction</mark>" in page
    assert change() in page


def test_words_that_came_with_the_address_stand_in_the_form(client, essay, elsa):
    page = client.get(adding(words="does+sums")).content.decode()
    assert form_fields(page, "gloss-form")["words"] == "does sums"
    assert "The passage says these words once." in page


def test_a_gloss_is_made_with_links_of_every_kind_and_readers_see_it(client, essay, elsa):
    before = Essay.objects.get(pk=essay.pk).counter
    response = send(
        client,
        adding(words="does+sums"),
        source="Said *twice*.",
        **{"links-TOTAL_FORMS": "4"},
        **link(0, name="accounts", relation="echo", reason="It counts."),
        **link(1, name="salt-ledger", relation="source", reason="Its film."),
        **link(2, name="7", relation="contrast", reason="Then not.", phrase=""),
        **link(3, name="the-keepers-rule", relation="context", reason="A rule."),
    )
    assert response.status_code == 302, expect_text(response, 302)
    made = gloss("does-sums")
    assert (made.words, made.state, made.html) == ("does sums", "kept", "Said <em>twice</em>.")
    assert [one.kind for one in made.links.all()] == ["theme", "work", "passage", "quotation"]
    assert made.links.all()[2].passage.number == 7
    assert Essay.objects.get(pk=essay.pk).counter > before
    assert "Said <em>twice</em>." in client.get("/salt-ledger/").content.decode()


def test_its_history_says_who_made_it_and_who_changed_it(client, essay, elsa):
    send(client, adding(words="does+sums"), source="One.")
    send(client, change("does-sums"), source="Two.")
    said = list(gloss("does-sums").history.values_list("source", "history_user"))
    assert said == [("Two.", elsa.pk), ("One.", elsa.pk)]


def test_a_form_that_changes_nothing_writes_no_history(client, essay, elsa):
    before = gloss().history.count(), GlossLink.history.count()
    assert send(client, change()).status_code == 302
    assert (gloss().history.count(), GlossLink.history.count()) == before
    assert not gloss().changes.exists()


def test_other_words_re_attach_it_and_that_is_told(client, essay, elsa):
    assert send(client, change(), words="does sums", source="Better.").status_code == 302
    found = gloss()
    assert (found.words, found.exact, found.source) == ("does sums", "does sums", "Better.")
    assert [one.old_words for one in found.changes.all()] == ["absorbed by subtraction"]


def test_a_phrase_that_stands_there_twice_keeps_its_place(client, essay, elsa):
    start = gloss("nine-seconds").start
    send(client, change("nine-seconds"), source="Slower.")
    assert (gloss("nine-seconds").start, gloss("nine-seconds").source) == (start, "Slower.")
    send(client, change("nine-seconds"), occurrence="1")
    assert gloss("nine-seconds").start < start


def test_selected_words_are_taken_by_their_place(client, essay, elsa):
    start = passage().text.rindex("so")
    url = adding(words="so", start=str(start), end=str(start + 2))
    assert form_fields(client.get(url).content.decode(), "gloss-form")["occurrence"] == "2"
    send(client, url, source="Even so.")
    assert gloss("so").start == start


def test_offsets_count_code_points(client, essay, elsa):
    revising.edit(passage(), passage().source.replace("*The Salt Ledger* is", "🧂🧂 It is"))
    start = passage().text.index("sells salt")
    send(client, adding(), source="Salt.", words="sells salt", start=start, end=start + 10)
    assert gloss("sells-salt").words == "sells salt"


def test_a_gloss_can_be_about_the_whole_passage(client, essay, elsa):
    send(client, adding("solvent"), whole="on", source="All of it.")
    assert gloss("solvent").is_whole_passage


def test_keys_are_made_apart(client, essay, elsa):
    for said in ("Sums.", "More sums."):
        send(client, adding(words="does+sums"), source=said)
    send(client, adding(words="does+sums"), source="Other sums.", key="own-key")
    assert gloss("does-sums").words == gloss("does-sums-2").words == gloss("own-key").words


def test_links_are_reordered_changed_and_taken_away(client, essay, elsa):
    first, second = gloss().links.all()
    response = send(
        client,
        change(),
        **link(0, ORDER="2", reason="Another reason."),
        **link(1, ORDER="1"),
    )
    assert response.status_code == 302
    assert [one.pk for one in gloss().links.all()] == [second.pk, first.pk]
    assert gloss().links.last().reason == "Another reason."
    send(client, change(), **link(0, DELETE="on"))
    assert [one.pk for one in gloss().links.all()] == [first.pk]


def test_saving_leads_back_to_where_the_editor_came_from(client, essay, elsa):
    for back in ("/salt-ledger/#bookkeeping", change("rule")):
        url = f"{change()}?next={back.replace('#', '%23')}"
        assert send(client, url, source=f"Back to {back}.").url == back
    elsewhere = f"{change()}?next=https://evil.example/"
    assert (
        send(client, elsewhere).url == f"/admin/essays/passage/{gloss().passage_id}/change/#glosses"
    )


def test_a_deleted_gloss_leaves_the_pages_and_its_text(client, essay, elsa):
    send(client, change(), words="does sums")
    url = f"/admin/annotations/gloss/{gloss().pk}/delete/?next=/salt-ledger/"
    pk, before = gloss().pk, Essay.objects.get(pk=essay.pk).counter
    assert "Are you sure" in client.get(url).content.decode()
    response = client.post(url, {"post": "yes"})
    assert (response.status_code, response.url) == (302, "/salt-ledger/")
    assert not Gloss.objects.filter(pk=pk).exists()
    assert Essay.objects.get(pk=essay.pk).counter > before
    assert "subtraction" in client.get("/salt-ledger/").content.decode()
    assert Gloss.history.filter(id=pk, history_type="-").get().history_user == elsa


def test_a_way_back_to_what_was_deleted_leads_to_the_list(client, essay, elsa):
    url = f"/admin/annotations/gloss/{gloss().pk}/delete/?next=/glosses/{gloss().pk}/"
    assert client.post(url, {"post": "yes"}).url == "/admin/annotations/gloss/"


def test_several_deleted_at_once_are_counted_on_their_essays(client, essay, elsa):
    before = Essay.objects.get(pk=essay.pk).counter
    chosen = {"action": "delete_selected", "_selected_action": gloss().pk, "post": "yes"}
    client.post("/admin/annotations/gloss/", chosen)
    assert not Gloss.objects.filter(key="subtraction").exists()
    assert Essay.objects.get(pk=essay.pk).counter > before


# While typing


def said(client: Client, **asked) -> str:
    return expect_text(client.get(f"{ASK}/words/", {"passage": passage().pk, **asked}), 200)


def test_what_the_passage_says_is_told_while_words_are_typed(client, essay, elsa):
    assert said(client, words="does sums", place="") == (
        "The passage says these words once. Its key will be does-sums unless you give another."
    )
    assert said(client, words="DOES SUMS") == (
        "These words are not in the passage. The passage says “does sums”."
    )
    twice = said(client, words="so")
    assert twice.startswith("These words stand here twice: which?")
    assert "have rarely been so absorbed by" in twice
    assert said(client, words="") == ""
    assert said(client, whole="on") == "The gloss is about the whole passage."
    assert "Choose more of them." in said(client, words="e")


def test_the_place_that_was_selected_is_chosen_among_several(client, essay, elsa):
    start = passage().text.rindex("so")
    asked = {"passage": passage().pk, "words": "so", "start": start, "end": start + 2}
    page = client.get(f"{ASK}/words/", asked).content.decode()
    assert 'value="2" checked' in page and 'value="1" checked' not in page


def test_things_to_lead_to_are_found_by_what_is_typed(client, essay, elsa):
    def found(words: str) -> list[tuple[str, str]]:
        answer = client.get(f"{ASK}/targets/", {"essay": essay.pk, "q": words})
        return [(one["kind"], one["label"]) for one in json.loads(answer.content)["found"]]

    theme = Theme.objects.get(slug="accounts")
    assert found(theme.name[:4].upper())[0] == ("theme", theme.name)
    assert found("7")[0][1].startswith("Passage 7: ")
    assert "work" in {kind for kind, _ in found("salt ledger")}
    assert {kind for kind, _ in found("marit")} >= {"quotation"}
    assert found("") == found("no such words at all") == []
    one = client.get(f"{ASK}/targets/", {"essay": essay.pk, "value": f"theme:{theme.pk}"})
    assert json.loads(one.content)["found"][0]["label"] == theme.name


def test_the_gloss_is_shown_as_readers_will_see_it(client, essay, elsa):
    def shown(source: str) -> str:
        return client.post(f"{ASK}/preview/", {"source": source}).content.decode()

    assert "<em>so</em>" in shown("And *so* on")
    assert "<script" not in shown("<script>alert(1)</script>")
    assert 'class="lost"' in shown("![a picture](/there.png)")


# Who may


ASKED = ["words/?passage=1", "targets/?essay=1&q=a", "preview/", "worklist/", "add/"]


@pytest.mark.parametrize("place", ASKED)
def test_strangers_sign_in_and_moderators_are_refused(client, essay, place):
    url = f"{ASK}/{place}"
    assert client.get(url).status_code == 302
    client.force_login(cast.reader())
    assert client.post(url).status_code == 302
    client.force_login(cast.moderator())
    assert client.get(url).status_code in (403, 405)
    assert client.post(url).status_code in (403, 405)


def test_who_may_only_look_at_glosses_changes_and_deletes_none(client, essay):
    walter = User.objects.create_user("walter", is_staff=True)
    walter.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(walter)
    assert "gloss-form" not in client.get(change()).content.decode()
    assert client.post(change(), {"source": "Mine."}).status_code == 403
    assert client.post(change().replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert gloss().source == "A joke that the *last* shot collects on."


def test_nothing_is_saved_without_a_token(essay, elsa):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(elsa)
    assert send(strict, change(), source="Mine.").status_code == 403


@pytest.mark.parametrize(
    ("place", "method"), [("words", "post"), ("targets", "post"), ("preview", "get")]
)
def test_other_methods_are_refused(client, essay, elsa, place, method):
    assert getattr(client, method)(f"{ASK}/{place}/").status_code == 405


def test_a_gloss_that_is_not_there_has_no_form(client, essay, elsa):
    assert client.get("/admin/annotations/gloss/99999/change/").status_code == 302
    assert client.get(f"{ASK}/words/?passage=99999").status_code == 404
    assert client.get(f"{ASK}/targets/?essay=x&q=a").status_code == 404


def test_without_a_passage_one_is_chosen(client, essay, elsa):
    page = client.get(f"{ADD}?passage=99999").content.decode()
    assert f'<option value="{passage().pk}">' in page


# Bad input


def refused(client, url: str, says: str, **given):
    response = send(client, url, **given)
    assert says in expect_text(response, 422)
    return response.content.decode()


def test_missing_words_and_text_are_asked_for(client, essay, elsa):
    page = refused(client, adding(), "Say which words, or choose the whole passage.")
    assert "Write what the gloss says." in page


def test_a_phrase_that_is_not_there_is_told_and_stays_typed(client, essay, elsa):
    given = {"words": "absorbed by <division>", "source": "Typed."}
    page = refused(client, adding(), "These words are not in the passage.", **given)
    again = form_fields(page, "gloss-form")
    assert (again["words"], again["source"]) == ("absorbed by <division>", "Typed.")


def test_a_phrase_that_is_there_twice_asks_which_and_shows_both(client, essay, elsa):
    says = "These words stand here twice. Say which are meant."
    page = refused(client, adding(), says, words="so", source="Even so.")
    assert page.count('type="radio" name="occurrence"') == 2
    response = send(client, adding(), page, occurrence="2")
    assert response.status_code == 302
    assert gloss("so").start == passage().text.rindex("so")


def test_a_link_says_what_how_and_why(client, essay, elsa):
    given = {"words": "does sums", "source": "Sums."}
    page = refused(
        client, adding(), "Say how it relates.", **given, **link(0, name="accounts", reason="")
    )
    assert "Give the reason, in one sentence." in page
    assert form_fields(page, "gloss-form")["links-0-name"] == "accounts"
    refused(client, adding(), "Say what it leads to.", **given, **link(1, reason="Because."))
    assert not Gloss.objects.filter(key="does-sums").exists()


def test_a_name_that_nothing_bears_or_that_several_bear_is_told(client, essay, elsa):
    given = {"words": "does sums", "source": "Sums."}
    full = {"relation": "echo", "reason": "So."}
    refused(
        client,
        adding(),
        "Nothing here goes by “Wathcing”. Did you mean “Watching”?",
        **given,
        **link(0, name="Wathcing", **full),
    )
    page = refused(
        client,
        adding(),
        "Several things go by this. Choose one.",
        **given,
        **link(0, name="salt", **full),
    )
    choice = GlossLink.objects.exclude(work=None).first().work
    value = f"work:{choice.pk}"
    assert f'name="links-0-chosen" value="{value}"' in page
    assert send(client, adding(), page, **link(0, chosen=value)).status_code == 302
    assert gloss("does-sums").links.get().work == choice


def test_other_words_in_a_link_are_not_overruled_by_what_was_chosen_before(client, essay, elsa):
    assert gloss().links.first().theme.slug == "accounts"
    send(client, change(), **link(0, name="watching"))
    assert gloss().links.first().theme.slug == "watching"


def test_words_of_another_passage_are_checked(client, essay, elsa):
    says = "These words are not in that passage. The passage says “the scale level”."
    refused(client, change(), says, **link(1, phrase="The Scale Level"))
    only = "Only a link to a passage names words."
    refused(client, change(), only, **link(0, phrase="the scale level"))


def test_keys_that_do_not_fit_or_are_taken_are_told(client, essay, elsa):
    given = {"words": "does sums", "source": "Sums."}
    refused(client, adding(), "“Été 1” cannot be a name.", key="Été 1", **given)
    refused(client, adding(), "Another gloss of this essay has this key.", key="against", **given)
    refused(client, change(), "Another gloss of this essay has this key.", key="against")


def test_markdown_that_cannot_be_shown_is_told(client, essay, elsa):
    page = refused(client, change(), "Nothing is saved yet.", source="![a picture](/there.png)")
    assert "errorlist" in page


@pytest.mark.parametrize(
    "given",
    [
        {"version": "9" * 40},
        {"version": ""},
        {"passage": "no-such-key"},
        {"start": "-3", "end": "4"},
        {"words": "\0"},
        {"occurrence": "many", "words": "so"},
        {"links-TOTAL_FORMS": "many"},
        {"links-0-name": "\0"},
        {"links-0-relation": "none"},
    ],
)
def test_a_form_that_was_tampered_with_changes_nothing(client, essay, elsa, given):
    send(client, change(), source="Tampered.")
    before = gloss().source
    assert send(client, change(), **{"source": "Again.", **given}).status_code == 422
    assert gloss().source == before


def test_a_link_of_another_gloss_is_not_taken_along(client, essay, elsa):
    other = gloss("against").links.first()
    send(client, change(), **link(0, link=str(other.pk)))
    assert GlossLink.objects.get(pk=other.pk).gloss == gloss("against")


# Two editors at once


def test_the_second_of_two_editors_is_told_what_the_first_wrote(client, essay, elsa):
    page = client.get(change()).content.decode()
    send(client, change(), page, source="The first.")
    response = send(client, change(), page, source="The second.")
    assert "Somebody else changed this gloss while you were writing" in expect_text(response, 422)
    assert gloss().source == "The first."
    again = response.content.decode()
    assert form_fields(again, "gloss-form")["source"] == "The second."
    assert send(client, change(), again).status_code == 302
    assert gloss().source == "The second."


def test_a_text_that_changed_meanwhile_is_told_only_where_words_are_chosen(client, essay, elsa):
    new, old = (client.get(url).content.decode() for url in (adding(), change()))
    revising.edit(passage(), passage().source.replace("she does sums", "she does long sums"))
    assert send(client, change(), old, source="Still fine.").status_code == 302
    assert gloss().source == "Still fine."
    response = send(client, adding(), new, words="does sums", source="Sums.")
    assert "The passage was changed while you were choosing words." in expect_text(response, 422)
    assert "[added: </span>long " in response.content.decode()
    again = send(client, adding(), response.content.decode(), words="does long sums")
    assert again.status_code == 302


# The list


def test_the_list_is_narrowed_to_what_leads_nowhere(client, essay, elsa):
    page = client.get("/admin/annotations/gloss/?leads=none").content.decode()
    assert change("three-columns") in page and change("against") not in page


def test_the_list_and_the_form_cost_the_same_whatever_hangs_there(client, essay, elsa):
    def queries(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    urls = ["/admin/annotations/gloss/", change(), adding("solvent")]
    queries(urls[0])
    few = [queries(url) for url in urls]
    for number in range(40):
        made = Gloss(essay=essay, key=f"more-{number}", source="More.")
        revising.attach(made, passage("solvent"), number, number + 4)
        made.save()
    assert [queries(url) for url in urls] == few


def test_a_mistake_in_between_hides_nothing_of_what_the_first_wrote(client, essay, elsa):
    page = client.get(change()).content.decode()
    send(client, change(), page, source="The first.")
    wrong = send(client, change(), page, source="").content.decode()
    response = send(client, change(), wrong, source="The second.")
    assert "Somebody else changed this gloss while you were writing" in expect_text(response, 422)
    assert gloss().source == "The first."
