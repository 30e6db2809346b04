"""The desk's pages to add, change and delete a gloss beside its text."""

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
GLOSS = "/admin/annotations/gloss"


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


def change_url(key: str = "subtraction") -> str:
    return f"/admin/annotations/gloss/{gloss(key).pk}/change/"


def add_url(key: str = "bookkeeping", **query: str) -> str:
    parameters = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{ADD}?passage={passage(key).pk}&{parameters}"


def send(client: Client, url: str, page: str = "", **given):
    """Send the form of a page with something in it changed."""
    page = page or client.get(url).content.decode()
    return client.post(url, {**form_fields(page, "gloss-form"), **given})


def link(number: int, **given: str) -> dict[str, str]:
    return {f"links-{number}-{name}": value for name, value in given.items()}


# It works


def test_the_page_of_a_passage_marks_its_glosses_and_links_to_each(client, essay, elsa):
    page = client.get(f"/admin/essays/passage/{passage().pk}/change/").content.decode()
    assert ">absorbed by subtraction</mark>" in page
    assert change_url() in page


def test_the_form_is_filled_with_the_words_from_the_address(client, essay, elsa):
    page = client.get(add_url(words="does+sums")).content.decode()
    assert form_fields(page, "gloss-form")["words"] == "does sums"
    assert "The passage says these words once." in page


def test_a_new_gloss_with_links_of_every_kind_appears_on_the_reading_page(client, essay, elsa):
    before = Essay.objects.get(pk=essay.pk).counter
    response = send(
        client,
        add_url(words="does+sums"),
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


def test_the_history_of_a_gloss_says_who_made_each_change(client, essay, elsa):
    send(client, add_url(words="does+sums"), source="One.")
    send(client, change_url("does-sums"), source="Two.")
    states = list(gloss("does-sums").history.values_list("source", "history_user"))
    assert states == [("Two.", elsa.pk), ("One.", elsa.pk)]


def test_a_form_that_changes_nothing_writes_no_history(client, essay, elsa):
    before = gloss().history.count(), GlossLink.history.count()
    assert send(client, change_url()).status_code == 302
    assert (gloss().history.count(), GlossLink.history.count()) == before
    assert not gloss().changes.exists()


def test_other_words_re_attach_the_gloss_and_the_change_is_recorded(client, essay, elsa):
    assert send(client, change_url(), words="does sums", source="Better.").status_code == 302
    saved = gloss()
    assert (saved.words, saved.exact, saved.source) == ("does sums", "does sums", "Better.")
    assert [one.old_words for one in saved.changes.all()] == ["absorbed by subtraction"]


def test_a_phrase_that_stands_there_twice_keeps_its_place(client, essay, elsa):
    start = gloss("nine-seconds").start
    send(client, change_url("nine-seconds"), source="Slower.")
    assert (gloss("nine-seconds").start, gloss("nine-seconds").source) == (start, "Slower.")
    send(client, change_url("nine-seconds"), occurrence="1")
    assert gloss("nine-seconds").start < start


def test_selected_words_are_taken_by_their_place(client, essay, elsa):
    start = passage().text.rindex("so")
    url = add_url(words="so", start=str(start), end=str(start + 2))
    assert form_fields(client.get(url).content.decode(), "gloss-form")["occurrence"] == "2"
    send(client, url, source="Even so.")
    assert gloss("so").start == start


def test_offsets_count_code_points(client, essay, elsa):
    revising.edit(passage(), passage().source.replace("*The Salt Ledger* is", "🧂🧂 It is"))
    start = passage().text.index("sells salt")
    send(client, add_url(), source="Salt.", words="sells salt", start=start, end=start + 10)
    assert gloss("sells-salt").words == "sells salt"


def test_a_gloss_can_be_about_the_whole_passage(client, essay, elsa):
    send(client, add_url("solvent"), whole="on", source="All of it.")
    assert gloss("solvent").is_whole_passage


def test_generated_keys_are_unique(client, essay, elsa):
    for text in ("Sums.", "More sums."):
        send(client, add_url(words="does+sums"), source=text)
    send(client, add_url(words="does+sums"), source="Other sums.", key="own-key")
    assert gloss("does-sums").words == gloss("does-sums-2").words == gloss("own-key").words


def test_links_are_reordered_changed_and_taken_away(client, essay, elsa):
    first, second = gloss().links.all()
    response = send(
        client,
        change_url(),
        **link(0, ORDER="2", reason="Another reason."),
        **link(1, ORDER="1"),
    )
    assert response.status_code == 302
    assert [one.pk for one in gloss().links.all()] == [second.pk, first.pk]
    assert gloss().links.last().reason == "Another reason."
    send(client, change_url(), **link(0, DELETE="on"))
    assert [one.pk for one in gloss().links.all()] == [first.pk]


def test_saving_leads_back_to_where_the_editor_came_from(client, essay, elsa):
    for back in ("/salt-ledger/#bookkeeping", change_url("rule")):
        url = f"{change_url()}?next={back.replace('#', '%23')}"
        assert send(client, url, source=f"Back to {back}.").url == back
    elsewhere = f"{change_url()}?next=https://evil.example/"
    assert (
        send(client, elsewhere).url == f"/admin/essays/passage/{gloss().passage_id}/change/#glosses"
    )


def test_a_deleted_gloss_leaves_the_text_of_the_essay_as_it_was(client, essay, elsa):
    send(client, change_url(), words="does sums")
    url = f"/admin/annotations/gloss/{gloss().pk}/delete/?next=/salt-ledger/"
    pk, before = gloss().pk, Essay.objects.get(pk=essay.pk).counter
    assert "will be deleted" in client.get(url).content.decode()
    response = client.post(url, {"post": "yes"})
    assert (response.status_code, response.url) == (302, "/salt-ledger/")
    assert not Gloss.objects.filter(pk=pk).exists()
    assert Essay.objects.get(pk=essay.pk).counter > before
    assert "subtraction" in client.get("/salt-ledger/").content.decode()
    assert Gloss.history.filter(id=pk, history_type="-").get().history_user == elsa


def test_after_deletion_a_next_address_within_the_gloss_leads_to_the_list(client, essay, elsa):
    url = f"/admin/annotations/gloss/{gloss().pk}/delete/?next=/glosses/{gloss().pk}/"
    assert client.post(url, {"post": "yes"}).url == "/admin/annotations/gloss/"


def test_deleting_several_glosses_bumps_the_counters_of_their_essays(client, essay, elsa):
    before = Essay.objects.get(pk=essay.pk).counter
    chosen = {"action": "delete_selected", "_selected_action": gloss().pk, "post": "yes"}
    client.post("/admin/annotations/gloss/", chosen)
    assert not Gloss.objects.filter(key="subtraction").exists()
    assert Essay.objects.get(pk=essay.pk).counter > before


# The answers while one types


def words_message(client: Client, **query) -> str:
    return expect_text(client.get(f"{GLOSS}/words/", {"passage": passage().pk, **query}), 200)


def test_the_form_says_while_one_types_whether_the_passage_has_the_words(client, essay, elsa):
    assert words_message(client, words="does sums", place="") == (
        "The passage says these words once. Its key will be does-sums unless you give another."
    )
    assert words_message(client, words="DOES SUMS") == (
        "These words are not in the passage. The passage says “does sums”."
    )
    twice = words_message(client, words="so")
    assert twice.startswith("These words stand here twice: which?")
    assert "have rarely been so absorbed by" in twice
    assert words_message(client, words="") == ""
    assert words_message(client, whole="on") == "The gloss is about the whole passage."
    assert "Choose more of them." in words_message(client, words="e")


def test_the_selected_occurrence_is_chosen_among_several(client, essay, elsa):
    start = passage().text.rindex("so")
    query = {"passage": passage().pk, "words": "so", "start": start, "end": start + 2}
    page = client.get(f"{GLOSS}/words/", query).content.decode()
    assert 'value="2" checked' in page and 'value="1" checked' not in page


def test_link_targets_are_suggested_by_what_is_typed(client, essay, elsa):
    def suggestions(words: str) -> list[tuple[str, str]]:
        answer = client.get(f"{GLOSS}/targets/", {"essay": essay.pk, "q": words})
        return [(one["kind"], one["label"]) for one in json.loads(answer.content)["matches"]]

    theme = Theme.objects.get(slug="accounts")
    assert suggestions(theme.name[:4].upper())[0] == ("theme", theme.name)
    assert suggestions("7")[0][1].startswith("Passage 7: ")
    assert "work" in {kind for kind, _ in suggestions("salt ledger")}
    assert {kind for kind, _ in suggestions("marit")} >= {"quotation"}
    assert suggestions("") == suggestions("no such words at all") == []
    one = client.get(f"{GLOSS}/targets/", {"essay": essay.pk, "value": f"theme:{theme.pk}"})
    assert json.loads(one.content)["matches"][0]["label"] == theme.name


def test_the_preview_shows_the_gloss_as_readers_will_see_it(client, essay, elsa):
    def preview(source: str) -> str:
        return client.post(f"{GLOSS}/preview/", {"source": source}).content.decode()

    assert "<em>so</em>" in preview("And *so* on")
    assert "<script" not in preview("<script>alert(1)</script>")
    assert 'class="lost"' in preview("![a picture](/there.png)")


# Permissions


EDITOR_PAGES = ["words/?passage=1", "targets/?essay=1&q=a", "preview/", "worklist/", "add/"]


@pytest.mark.parametrize("place", EDITOR_PAGES)
def test_strangers_sign_in_and_moderators_are_refused(client, essay, place):
    url = f"{GLOSS}/{place}"
    assert client.get(url).status_code == 302
    client.force_login(cast.reader())
    assert client.post(url).status_code == 302
    client.force_login(cast.moderator())
    assert client.get(url).status_code in (403, 405)
    assert client.post(url).status_code in (403, 405)


def test_a_user_who_may_only_view_glosses_changes_and_deletes_none(client, essay):
    walter = User.objects.create_user("walter", is_staff=True)
    walter.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(walter)
    assert "gloss-form" not in client.get(change_url()).content.decode()
    assert client.post(change_url(), {"source": "Mine."}).status_code == 403
    assert client.post(change_url().replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert gloss().source == "A joke that the *last* shot collects on."


def test_nothing_is_saved_without_a_token(essay, elsa):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(elsa)
    assert send(strict, change_url(), source="Mine.").status_code == 403


@pytest.mark.parametrize(
    ("place", "method"), [("words", "post"), ("targets", "post"), ("preview", "get")]
)
def test_other_methods_are_refused(client, essay, elsa, place, method):
    assert getattr(client, method)(f"{GLOSS}/{place}/").status_code == 405


def test_a_gloss_that_is_not_there_has_no_form(client, essay, elsa):
    assert client.get("/admin/annotations/gloss/99999/change/").status_code == 302
    assert client.get(f"{GLOSS}/words/?passage=99999").status_code == 404
    assert client.get(f"{GLOSS}/targets/?essay=x&q=a").status_code == 404


def test_without_a_passage_the_form_offers_all_passages(client, essay, elsa):
    page = client.get(f"{ADD}?passage=99999").content.decode()
    assert f'<option value="{passage().pk}">' in page


# Bad input


def expect_refusal(client, url: str, says: str, **given):
    response = send(client, url, **given)
    assert says in expect_text(response, 422)
    return response.content.decode()


def test_a_gloss_without_words_and_text_is_refused(client, essay, elsa):
    page = expect_refusal(client, add_url(), "Say which words, or choose the whole passage.")
    assert "Write what the gloss says." in page


def test_a_phrase_that_is_not_in_the_passage_is_refused_and_stays_in_the_form(client, essay, elsa):
    given = {"words": "absorbed by <division>", "source": "Typed."}
    page = expect_refusal(client, add_url(), "These words are not in the passage.", **given)
    again = form_fields(page, "gloss-form")
    assert (again["words"], again["source"]) == ("absorbed by <division>", "Typed.")


def test_for_a_phrase_that_occurs_twice_the_form_offers_both_places(client, essay, elsa):
    says = "These words stand here twice. Say which are meant."
    page = expect_refusal(client, add_url(), says, words="so", source="Even so.")
    assert page.count('type="radio" name="occurrence"') == 2
    response = send(client, add_url(), page, occurrence="2")
    assert response.status_code == 302
    assert gloss("so").start == passage().text.rindex("so")


def test_a_link_needs_a_target_a_relation_and_a_reason(client, essay, elsa):
    given = {"words": "does sums", "source": "Sums."}
    page = expect_refusal(
        client, add_url(), "Say how it relates.", **given, **link(0, name="accounts", reason="")
    )
    assert "Give the reason, in one sentence." in page
    assert form_fields(page, "gloss-form")["links-0-name"] == "accounts"
    expect_refusal(
        client, add_url(), "Say what it leads to.", **given, **link(1, reason="Because.")
    )
    assert not Gloss.objects.filter(key="does-sums").exists()


def test_an_unknown_or_ambiguous_name_of_a_target_is_refused(client, essay, elsa):
    given = {"words": "does sums", "source": "Sums."}
    full = {"relation": "echo", "reason": "So."}
    expect_refusal(
        client,
        add_url(),
        "Nothing here goes by “Wathcing”. Did you mean “Watching”?",
        **given,
        **link(0, name="Wathcing", **full),
    )
    page = expect_refusal(
        client,
        add_url(),
        "Several things go by this. Choose one.",
        **given,
        **link(0, name="salt", **full),
    )
    choice = GlossLink.objects.exclude(work=None).first().work
    value = f"work:{choice.pk}"
    assert f'name="links-0-chosen" value="{value}"' in page
    assert send(client, add_url(), page, **link(0, chosen=value)).status_code == 302
    assert gloss("does-sums").links.get().work == choice


def test_a_newly_typed_target_replaces_the_one_chosen_before(client, essay, elsa):
    assert gloss().links.first().theme.slug == "accounts"
    send(client, change_url(), **link(0, name="watching"))
    assert gloss().links.first().theme.slug == "watching"


def test_the_phrase_of_a_link_must_be_in_the_linked_passage(client, essay, elsa):
    says = "These words are not in that passage. The passage says “the scale level”."
    expect_refusal(client, change_url(), says, **link(1, phrase="The Scale Level"))
    only = "Only a link to a passage names words."
    expect_refusal(client, change_url(), only, **link(0, phrase="the scale level"))


def test_invalid_and_taken_keys_are_refused(client, essay, elsa):
    given = {"words": "does sums", "source": "Sums."}
    expect_refusal(client, add_url(), "“Été 1” cannot be a name.", key="Été 1", **given)
    expect_refusal(
        client, add_url(), "Another gloss of this essay has this key.", key="against", **given
    )
    expect_refusal(client, change_url(), "Another gloss of this essay has this key.", key="against")


def test_invalid_markdown_is_refused(client, essay, elsa):
    page = expect_refusal(
        client, change_url(), "Nothing is saved yet.", source="![a picture](/there.png)"
    )
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
    send(client, change_url(), source="Tampered.")
    before = gloss().source
    assert send(client, change_url(), **{"source": "Again.", **given}).status_code == 422
    assert gloss().source == before


def test_a_form_cannot_take_a_link_of_another_gloss(client, essay, elsa):
    other = gloss("against").links.first()
    send(client, change_url(), **link(0, link=str(other.pk)))
    assert GlossLink.objects.get(pk=other.pk).gloss == gloss("against")


# Two editors at once


def test_the_second_of_two_editors_sees_what_the_first_wrote(client, essay, elsa):
    page = client.get(change_url()).content.decode()
    send(client, change_url(), page, source="The first.")
    response = send(client, change_url(), page, source="The second.")
    assert "Somebody else changed this meanwhile" in expect_text(response, 409)
    assert gloss().source == "The first."
    again = response.content.decode()
    assert form_fields(again, "gloss-form")["source"] == "The second."
    assert send(client, change_url(), again).status_code == 302
    assert gloss().source == "The second."


def test_a_passage_changed_meanwhile_matters_only_if_words_are_chosen(client, essay, elsa):
    new, old = (client.get(url).content.decode() for url in (add_url(), change_url()))
    revising.edit(passage(), passage().source.replace("she does sums", "she does long sums"))
    assert send(client, change_url(), old, source="Still fine.").status_code == 302
    assert gloss().source == "Still fine."
    response = send(client, add_url(), new, words="does sums", source="Sums.")
    assert "The passage was changed while you were choosing words." in expect_text(response, 422)
    assert "[added: </span>long " in response.content.decode()
    again = send(client, add_url(), response.content.decode(), words="does long sums")
    assert again.status_code == 302


# The list


def test_the_list_can_be_filtered_to_glosses_without_links(client, essay, elsa):
    page = client.get("/admin/annotations/gloss/?leads=none").content.decode()
    assert change_url("three-columns") in page and change_url("against") not in page


def test_the_list_and_the_form_take_no_more_queries_with_more_glosses(client, essay, elsa):
    def queries(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    urls = ["/admin/annotations/gloss/", change_url(), add_url("solvent")]
    queries(urls[0])
    few = [queries(url) for url in urls]
    for number in range(40):
        made = Gloss(essay=essay, key=f"more-{number}", source="More.")
        revising.attach(made, passage("solvent"), number, number + 4)
        made.save()
    assert [queries(url) for url in urls] == few


def test_an_invalid_save_in_between_does_not_hide_what_the_first_editor_wrote(client, essay, elsa):
    page = client.get(change_url()).content.decode()
    send(client, change_url(), page, source="The first.")
    wrong = send(client, change_url(), page, source="").content.decode()
    response = send(client, change_url(), wrong, source="The second.")
    assert "Somebody else changed this meanwhile" in expect_text(response, 409)
    assert gloss().source == "The first."
