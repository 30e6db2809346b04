"""The editors' list of glosses that lost their words, and the page that re-attaches one."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from annotations import revising
from annotations.models import Gloss, GlossChange
from essays.models import Essay, Passage
from readers.models import User
from tests import cast
from tests.desk_pages import page_text

pytestmark = pytest.mark.django_db

CUT = " I have rarely been so absorbed by subtraction."
LOST = "/admin/annotations/gloss/?words=orphaned"


@pytest.fixture
def essay() -> Essay:
    return cast.second()


@pytest.fixture
def elsa(client: Client) -> User:
    elsa = cast.editor()
    client.force_login(elsa)
    return elsa


def passage(key: str) -> Passage:
    return Passage.objects.get(essay__slug="salt-ledger", key=key)


def gloss(key: str = "subtraction") -> Gloss:
    return Gloss.objects.select_related("passage").get(key=key)


def edit(key: str, old: str, new: str, **options):
    assert old in passage(key).source
    return revising.edit(passage(key), passage(key).source.replace(old, new), **options)


def reattach_url(key: str = "subtraction") -> str:
    return f"/admin/annotations/gloss/{gloss(key).pk}/reattach/"


def get(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def form_of(page: str, number: int = -1) -> dict[str, str]:
    """The hidden fields of a POST form of the page; the last form is the one for typed words."""
    form = re.findall(r'<form method="post".*?</form>', page, re.DOTALL)[number]
    fields = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', form)
    return {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def choose(client: Client, page: str = "", **given):
    page = page or get(client, reattach_url())
    return client.post(reattach_url(), {**form_of(page), **given})


def nothing_reattached() -> bool:
    return not GlossChange.objects.filter(revision=None).exists()


# It works


def test_the_list_links_to_each_gloss_that_lost_its_words(client, essay, elsa):
    edit("bookkeeping", CUT, "")
    assert f'href="{LOST}"' in get(client, "/admin/")
    page = get(client, LOST)
    assert ">Glosses that lost their words</h1>" in page
    assert f'href="{reattach_url()}"' in page
    assert f'href="{reattach_url("against")}"' not in page
    assert "absorbed by subtraction" in page


def test_one_click_accepts_a_candidate(client, essay, elsa):
    edit("bookkeeping", "so absorbed by subtraction", "so very bored by additions")
    Gloss.objects.filter(key="subtraction").update(
        state="orphaned",
        start=None,
        end=None,
        candidates=[
            {"passage": passage("solvent").pk, "start": 3, "end": 16, "score": 0.7},
            {"passage": passage("bookkeeping").pk, "start": 0, "end": 15, "score": 0.6},
        ],
    )
    page = get(client, reattach_url())
    assert page.count("Put it on these words") == 3
    # The style keeps line breaks, which are the passage's own.
    assert re.search(r"Passage 2: <mark\s*>The Salt Ledger</mark> is a film", page)
    response = client.post(reattach_url(), form_of(page, 1))
    assert response.url == LOST
    saved = gloss()
    assert (saved.words, saved.exact, saved.state) == ("The Salt Ledger",) * 2 + ("kept",)
    assert (saved.passage.key, saved.original.version) == ("bookkeeping", 2)
    page = get(client, response.url)
    assert "“subtraction” is now about “The Salt Ledger”, in passage 2." in page


def test_words_are_typed_without_a_script(client, essay, elsa):
    edit("bookkeeping", CUT, "")
    page = get(client, f"{reattach_url()}?passage=solvent")
    assert form_of(page)["passage"] == "solvent"
    assert choose(client, page, words=" the scale level\r\n").status_code == 302
    assert (gloss().words, gloss().passage.key) == ("the scale level", "solvent")


def test_words_that_a_script_selected_are_taken_by_their_place(client, essay, elsa):
    text = passage("bookkeeping").text
    start = text.rindex("so")
    assert text.index("so") < start
    choose(client, words="so", start=start, end=start + 2)
    assert (gloss().start, gloss().end) == (start, start + 2)


def test_offsets_count_code_points(client, essay, elsa):
    edit("bookkeeping", "*The Salt Ledger* is", "🧂🧂 It is")
    text = passage("bookkeeping").text
    start = text.index("sells salt")
    choose(client, words="sells salt", start=start, end=start + 10)
    assert gloss().words == "sells salt"


def test_typed_words_win_over_a_selection(client, essay, elsa):
    choose(client, words="does sums", start=0, end=3)
    assert gloss().words == "does sums"


def test_one_of_several_occurrences_can_be_chosen(client, essay, elsa):
    text = passage("bookkeeping").text
    assert text.count("so") == 2
    choose(client, words="so", occurrence=2)
    assert gloss().start == text.rindex("so")


def test_a_gloss_can_be_about_the_whole_passage(client, essay, elsa):
    response = choose(client, whole="on")
    assert gloss().is_whole_passage
    assert "is now about the whole of passage 2." in get(client, response.url)


def test_a_gloss_that_is_not_lost_goes_back_to_its_own_page(client, essay, elsa):
    edit_page = f"/admin/annotations/gloss/{gloss().pk}/change/"
    assert reattach_url() in get(client, edit_page)
    assert choose(client, words="does sums").url == edit_page


def test_pages_show_the_new_words_and_the_log_says_who_chose_them(client, essay, elsa):
    before = Essay.objects.get(pk=essay.pk).counter
    choose(client, words="does sums")
    assert Essay.objects.get(pk=essay.pk).counter > before
    log = get(client, f"/admin/annotations/gloss/{gloss().pk}/history/")
    assert "does sums" in log and "Elsa Editor" in log


def test_the_page_lists_what_each_revision_did_to_the_words(client, essay, elsa):
    edit("bookkeeping", "absorbed by subtraction", "absorbed by plain subtraction", by=elsa)
    edit("bookkeeping", CUT.replace("by sub", "by plain sub"), "")
    choose(client, words="does sums")
    table = get(client, reattach_url()).split("What happened to its words")[1]
    rows = [row_texts(row) for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1:]]
    assert [row[1:] for row in rows] == [
        [
            *("Re-attached", "absorbed by subtraction (2 bookkeeping)"),
            *("does sums (2 bookkeeping)", "as written"),
        ],
        ["An editor", "absorbed by plain subtraction (2 bookkeeping)", "Gone", "gone"],
        [
            *("Elsa Editor", "absorbed by subtraction (2 bookkeeping)"),
            *("absorbed by plain subtraction (2 bookkeeping)", "changed since"),
        ],
    ]


def row_texts(row: str) -> list[str]:
    cells = re.findall(r"<td>(.*?)</td>", row, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", "", cell).split()) for cell in cells]


# Permissions


def test_a_reader_and_a_stranger_are_sent_to_sign_in(client, essay):
    response = client.get(reattach_url())
    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")
    client.force_login(cast.reader())
    assert client.get(reattach_url()).status_code == 302
    assert client.post(reattach_url(), {"words": "does sums"}).status_code == 302
    assert nothing_reattached()


def test_a_user_who_may_only_view_glosses_may_not_re_attach_them(client, essay):
    walter = User.objects.create_user("walter", is_staff=True)
    walter.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(walter)
    assert client.get(reattach_url()).status_code == 403
    assert client.post(reattach_url(), {"words": "does sums"}).status_code == 403
    assert nothing_reattached()


def test_a_gloss_that_is_not_there_cannot_be_re_attached(client, essay, elsa):
    assert client.get("/admin/annotations/gloss/99999/reattach/").status_code == 404


def test_nothing_is_re_attached_without_a_token(essay, elsa):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(elsa)
    assert choose(strict, words="does sums").status_code == 403
    assert nothing_reattached()


def test_other_methods_are_refused(client, essay, elsa):
    assert client.delete(reattach_url()).status_code == 405


# Bad input


def test_words_that_are_not_in_the_passage_are_refused_and_stay_in_the_form(client, essay, elsa):
    response = choose(client, words="absorbed by <division>")
    assert "These words are not in the passage. Copy them from it" in page_text(response, 422)
    assert "absorbed by &lt;division&gt;</textarea>" in response.content.decode()
    assert nothing_reattached()


def test_words_in_another_case_are_refused_with_the_closest_phrase(client, essay, elsa):
    response = choose(client, words="DOES SUMS")
    assert "The passage says “does sums”." in page_text(response, 422)


def test_words_that_occur_twice_need_a_number(client, essay, elsa):
    response = choose(client, words="so")
    assert "The passage says this 2 times." in page_text(response, 422)
    response = choose(client, words="so", occurrence=3)
    assert "Give a number from 1 to 2." in page_text(response, 422)
    assert 'value="3"' in response.content.decode()
    assert nothing_reattached()


def test_an_empty_form_is_refused(client, essay, elsa):
    assert "Say which words, or choose the whole passage." in page_text(choose(client), 422)


@pytest.mark.parametrize(
    "given",
    [
        {"version": "9" * 40},
        {"version": "x"},
        {"version": ""},
        {"passage": "no-such-key"},
        {"passage": ""},
        {"original": ""},
        {"start": "9" * 40, "end": "1"},
        {"start": "-3", "end": "4"},
        {"start": "400", "end": "4000"},
        {"words": "\0"},
        {"occurrence": "many"},
    ],
)
def test_a_form_that_was_tampered_with_changes_nothing(client, essay, elsa, given):
    response = choose(client, **{"words": "does no sums", **given})
    assert response.status_code == 422
    assert nothing_reattached()


def test_an_impossible_span_changes_nothing(client, essay, elsa):
    response = choose(client, words="", start=400, end=4000)
    assert "There are no such words in this passage." in page_text(response, 409)
    assert nothing_reattached()


def test_an_unknown_passage_is_reported(client, essay, elsa):
    page = get(client, f"{reattach_url()}?passage=no-such-key")
    assert "That passage is not in the essay today." in page
    assert form_of(page)["passage"] == "bookkeeping"


def test_a_passage_that_was_cut_meanwhile_is_refused(client, essay, elsa):
    page = get(client, f"{reattach_url()}?passage=solvent")
    revising.retire(passage("solvent"))
    response = choose(client, page, words="the scale level")
    assert "This passage is not in the essay today. Choose another." in page_text(response, 422)
    assert nothing_reattached()


# Two editors at once


def test_an_edit_of_the_passage_meanwhile_is_shown(client, essay, elsa):
    page = get(client, reattach_url())
    edit("bookkeeping", "she does sums", "she does long sums")
    response = choose(client, page, words="does sums")
    text = page_text(response, 409)
    assert "The passage was changed while you were choosing." in text
    assert "she does [added: long ]sums" in text
    again = response.content.decode()
    assert "does sums</textarea>" in again
    assert form_of(again)["version"] == "2"
    assert nothing_reattached()
    assert choose(client, again, words="does long sums").status_code == 302
    assert gloss().words == "does long sums"


def test_a_candidate_in_a_passage_that_changed_meanwhile_is_refused(client, essay, elsa):
    page = get(client, reattach_url())
    edit("bookkeeping", "two hours", "three hours")
    response = client.post(reattach_url(), {**form_of(page), "start": 0, "end": 3})
    assert "[removed: two][added: three]" in page_text(response, 409)
    assert nothing_reattached()


def test_the_second_of_two_editors_learns_what_the_first_chose(client, essay, elsa):
    page = get(client, reattach_url())
    choose(client, page, words="does sums")
    response = choose(client, page, words="sells salt")
    text = page_text(response, 409)
    assert "Somebody else re-attached this gloss while you were choosing" in text
    assert "it is now about “does sums”" in text
    assert gloss().words == "does sums"
    assert choose(client, response.content.decode(), words="sells salt").status_code == 302


def test_an_edit_that_leaves_the_glosss_words_alone_does_not_stop_a_choice(client, essay, elsa):
    page = get(client, f"{reattach_url()}?passage=solvent")
    edit("bookkeeping", "*The Salt Ledger* is", "As I said, *The Salt Ledger* is")
    assert choose(client, page, words="the scale level").status_code == 302
    assert gloss().words == "the scale level"


# The rest of the desk


def test_the_text_of_a_passage_is_not_changed_past_revising(client, essay, elsa):
    url = f"/admin/essays/passage/{passage('solvent').pk}/change/"
    assert client.post(url, {"source": "Mine."}).status_code == 422
    assert client.get("/admin/essays/passage/add/").status_code == 403
    assert "Mine." not in passage("solvent").source


def test_every_list_of_the_desk_opens(client, essay, elsa):
    for model in ("annotations/gloss", "annotations/theme", "annotations/quotation"):
        get(client, f"/admin/{model}/")
    for model in ("essays/essay", "essays/passage", "essays/work"):
        get(client, f"/admin/{model}/")


def test_the_page_takes_few_queries(client, essay, elsa, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get(reattach_url())
