"""The passages of an essay at the desk: their list, their order, and the page of each."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations import revising
from annotations.models import Audience, Note, Standing
from essays.models import Essay, Passage, PassageRevision, Revision
from tests import cast
from tests.desk_pages import desk_url, fields_of, form_fields, page_text, passage
from tests.written_notes import note, reader_of

pytestmark = pytest.mark.django_db

ORDER = ["epigraph", "bookkeeping", "the-scale", "columns", "third-column", "four-hundred"]


@pytest.fixture
def essay() -> Essay:
    return cast.second()


@pytest.fixture
def elsa(client, essay):
    elsa = cast.editor()
    client.force_login(elsa)
    return elsa


def at(key: str) -> Passage:
    return passage(key, "salt-ledger")


def list_url(essay: Essay) -> str:
    return f"/admin/essays/essay/{essay.pk}/passages/"


def keys(essay: Essay) -> list[str]:
    return list(essay.passages.current().values_list("key", flat=True))


def order_sent(client, essay: Essay) -> str:
    return fields_of(client.get(list_url(essay)), "order-form")["order"]


# The list


def test_the_list_shows_every_passage_in_order_with_its_facts(client, essay, elsa):
    page = client.get(list_url(essay))
    rows = re.findall(r'data-number="(\d+)"', page.text)
    assert rows == [str(number) for number in range(1, 9)]
    assert (
        "film line" in page_text(page)
        and "runs on" in page_text(page)
        and "1 gloss" in page_text(page)
    )
    edge = page.text.index("The veil stands here")
    assert page.text.index("The one thing she trusts") < edge < page.text.index("What the columns")
    assert client.get(f"/admin/essays/essay/{essay.pk}/change/").text.count('id="passages"') == 1


def test_a_passage_moves_by_a_button_and_keeps_its_key(client, essay, elsa):
    sent = {"number": 7, "order": order_sent(client, essay)}
    response = client.post(desk_url(at("solvent"), "move"), sent, follow=True)
    assert "Saved." in page_text(response)
    assert keys(essay)[6:] == ["solvent", "attention"]
    assert at("solvent").version == 1 and at("solvent").number == 7
    assert response.redirect_chain[-1][0].endswith(f"#passage-{at('solvent').pk}")
    assert LogEntry.objects.get().change_message == "Moved from 8 to 7."


def test_numbers_typed_into_the_list_set_the_order(client, essay, elsa):
    sent = fields_of(client.get(list_url(essay)), "order-form")
    sent[f"number-{at('attention').pk}"] = "5"
    sent[f"number-{at('columns').pk}"] = "8"
    client.post(list_url(essay), sent)
    assert keys(essay)[3:] == ["attention", "third-column", "four-hundred", "solvent", "columns"]


def test_the_script_is_answered_with_the_list_alone(client, essay, elsa):
    sent = {"number": 7, "order": order_sent(client, essay)}
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    response = client.post(desk_url(at("solvent"), "move"), sent, headers=headers)
    assert response.status_code == 200
    assert response.text.lstrip().startswith("<section") and 'data-message="Saved.' in response.text


def test_an_order_that_was_changed_meanwhile_moves_nothing_and_says_so(client, essay, elsa):
    sent = {"number": 7, "order": order_sent(client, essay)}
    revising.move(at("attention"), 5)
    before = keys(essay)
    response = client.post(desk_url(at("solvent"), "move"), sent)
    assert response.status_code == 409
    assert "The order of the passages was changed meanwhile" in page_text(response)
    assert keys(essay) == before


def test_a_passage_is_put_in_between_two(client, essay, elsa):
    place = f"{list_url(essay)}new/"
    page = client.get(place, {"after": "bookkeeping"})
    assert "after passage 2" in page_text(page)
    sent = {**fields_of(page, "writing"), "source": "A *new* thought about salt."}
    preview = client.post(place, {**sent, "again": "1"})
    assert "<em>new</em>" in preview.text and len(keys(essay)) == 8
    client.post(place, sent)
    assert len(keys(essay)) == 9
    made = essay.passages.get(number=3)
    assert made.text == "A new thought about salt." and keys(essay)[1] == "bookkeeping"
    client.post(place, {"source": "Before all.", "kind": "prose"})
    assert essay.passages.get(number=1).text == "Before all."


def test_an_empty_line_splits_a_passage(client, essay, elsa):
    place = desk_url(at("bookkeeping"), "split")
    sent = fields_of(client.get(place), "writing")
    refused = client.post(place, sent)
    assert refused.status_code == 422 and "Put an empty line where" in page_text(refused)
    source = sent["source"].replace(" Its keeper", "\n\nIts keeper")
    response = client.post(place, {**sent, "source": source})
    assert response.status_code == 200
    client.post(place, fields_of(response))
    assert keys(essay)[1] == "bookkeeping" and len(keys(essay)) == 9
    assert essay.passages.get(number=3).text.startswith("Its keeper, Marit")


def test_what_was_cut_is_listed_and_comes_back_with_its_key(client, essay, elsa):
    gate = client.post(desk_url(at("columns"), "cut"), {"version": 1})
    assert gate.status_code == 200
    client.post(desk_url(at("columns"), "cut"), fields_of(gate))
    assert "columns" not in keys(essay)
    page = client.get(list_url(essay))
    assert "Cut from the essay (1)" in page_text(page)
    assert "Bring it back from the list" in page_text(client.get(desk_url(at("columns"))))
    sent = {"version": at("columns").version, "number": 4}
    client.post(desk_url(at("columns"), "bring-back"), sent)
    assert at("columns").number == 4 and keys(essay)[:4] == ORDER[:4]


def test_a_passage_is_merged_with_the_one_after_it_alone(client, essay, elsa):
    pair = f"{at('attention').pk}:1:1"
    assert client.post(desk_url(at("columns"), "merge"), {"pair": pair}).status_code == 409
    assert len(keys(essay)) == 8


# The page of a passage


def test_the_page_shows_what_readers_get(client, elsa):
    cast.her()
    page = client.get(desk_url(passage("a-story")))
    assert re.search(r'<figure>\s*<blockquote class="text" data-text>', page.text)
    assert "Samantha" in page_text(page) and 'class="gloss' in page.text
    public = client.get("/her/a-story/")
    words = re.search(r'<blockquote class="text" data-text>.*?</blockquote>', public.text, re.S)[0]
    assert words in page.text


def test_the_preview_renders_what_was_typed_and_saves_nothing(client, essay, elsa):
    place = f"{list_url(essay)}preview/"
    sent = {"source": 'She "weighs" *it*.', "kind": "prose", "passage": at("solvent").pk}
    page = client.post(place, sent)
    assert "She “weighs” <em>it</em>." in page.text
    assert "would lose" in page_text(page)
    bad = client.post(place, {**sent, "source": "![x](/a.png)"})
    assert bad.status_code == 200 and "A picture needs a passage to itself" in page_text(bad)
    assert at("solvent").version == 1


def test_kind_and_continuation_can_be_changed_without_changing_the_text(client, essay, elsa):
    place = desk_url(at("bookkeeping"))
    sent = fields_of(client.get(place), "writing")
    assert "Saved." in page_text(
        client.post(place, {**sent, "kind": "epigraph", "runs_on": "on"}, follow=True)
    )
    assert (at("bookkeeping").kind, at("bookkeeping").runs_on) == ("epigraph", True)
    history = page_text(client.get(desk_url(at("bookkeeping"), "history")))
    assert "prose became epigraph" in history and "runs on now" in history


@pytest.mark.parametrize("sent", [{"title": "Another title"}, {"smart": ""}])
def test_saving_the_essays_form_updates_the_search_once(client, essay, elsa, sent):
    page = f"/admin/essays/essay/{essay.pk}/change/"
    values = form_fields(client.get(page).text, "essay_form") | sent
    with CaptureQueriesContext(connection) as queries:
        assert client.post(page, values).status_code == 302
    reads = [one["sql"] for one in queries if 'FROM "annotations_searchentry"' in one["sql"]]
    assert len([sql for sql in reads if sql.startswith("SELECT")]) == 1
    saved = Essay.objects.get(pk=essay.pk)
    assert (saved.title, saved.smart) == (values["title"], values["smart"] != "")
    assert saved.counter > essay.counter


def test_typography_is_changed_for_the_whole_essay_at_once(client, essay, elsa):
    place = f"{list_url(essay)}typography/"
    typed = {key: at(key).source for key in keys(essay)}
    assert client.post(place, {}).status_code == 302
    assert not Essay.objects.get(pk=essay.pk).smart
    assert at("epigraph").text.startswith('"Whatever')
    assert {key: at(key).source for key in keys(essay)} == typed


def test_readers_learn_of_a_change_at_once(client, essay, elsa):
    counter = Essay.objects.get(pk=essay.pk).counter
    place = desk_url(at("columns"))
    client.post(place, {**fields_of(client.get(place), "writing"), "source": "# The columns"})
    assert Essay.objects.get(pk=essay.pk).counter > counter


# Permissions and methods


def test_strangers_readers_and_moderators_change_nothing(client, essay):
    addresses = [
        *(desk_url(at("solvent"), name) for name in ("change", "split", "merge", "cut", "move")),
        *(list_url(essay), f"{list_url(essay)}new/", f"{list_url(essay)}preview/"),
    ]
    for user, status in [(None, 302), (cast.reader(), 302), (cast.moderator(), 403)]:
        client.logout()
        if user:
            client.force_login(user)
        for address in addresses:
            assert client.post(address, {"source": "x"}).status_code == status, address
    assert client.get(list_url(essay)).status_code == 200
    assert "Set the order" not in client.get(list_url(essay)).text
    assert client.get(desk_url(at("solvent"), "history")).status_code == 200


def test_a_get_request_changes_nothing(client, essay, elsa):
    for name in ("merge", "cut", "bring-back", "move", "versions/1/bring-back"):
        assert client.get(desk_url(at("solvent"), name)).status_code == 405
    assert client.get(f"{list_url(essay)}preview/").status_code == 405
    assert client.get("/admin/essays/passage/9999/change/").status_code == 404
    assert client.post("/admin/essays/passage/9999/cut/").status_code == 404


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("move", {}),
        ("move", {"number": "0", "order": "x"}),
        ("move", {"number": "many"}),
        ("merge", {"pair": "1:2"}),
        ("cut", {"version": "soon"}),
        ("bring-back", {"number": 99, "version": 1}),
    ],
)
def test_invalid_input_gets_a_message_and_changes_nothing(client, essay, elsa, name, sent):
    before = list(Passage.objects.order_by("pk").values())
    response = client.post(desk_url(at("solvent"), name), sent)
    assert response.status_code == 422 and 'class="errornote"' in response.text
    assert list(Passage.objects.order_by("pk").values()) == before


# The number of queries


def many_passages(essay: Essay, number: int) -> None:
    revision = Revision.objects.create(essay=essay)
    made = [
        Passage(essay=essay, key=f"more-{n}", number=8 + n, version=1, source=f"Word {n}.")
        for n in range(1, number + 1)
    ]
    for one in made:
        one.text, one.html = one.source, f"<p>{one.source}</p>"
    Passage.objects.bulk_create(made)
    PassageRevision.objects.bulk_create(
        PassageRevision(
            passage=one,
            revision=revision,
            version=1,
            number=one.number,
            source=one.source,
            html=one.html,
            text=one.text,
        )
        for one in made
    )


def many_notes(essay: Essay, number: int) -> None:
    reader = reader_of(cast.reader())
    here = essay.passages.get(key="bookkeeping")
    like = Note(essay=essay, reader=reader, audience=Audience.PUBLIC, standing=Standing.SHOWN)
    revising.attach(like, here, 0, 0)
    names = ("passage", "start", "end", "original", "original_start", "original_end")
    place = {name: getattr(like, name) for name in names}
    Note.objects.bulk_create(
        Note(
            essay=essay,
            reader=reader,
            body="x",
            audience=like.audience,
            standing=like.standing,
            published_at=timezone.now(),
            **place,
        )
        for _ in range(number)
    )


def test_the_list_takes_no_more_queries_with_more_passages_and_notes(client, essay, elsa):
    client.get(list_url(essay))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(list_url(essay))
    many_passages(essay, 192)
    many_notes(essay, 10_000)
    with CaptureQueriesContext(connection) as many:
        page = client.get(list_url(essay))
    assert page.text.count("data-number=") == 200 and "10000 notes" in page_text(page)
    assert len(many) == len(few)


def test_private_notes_are_not_counted(client, elsa):
    her = cast.her()
    note(reader_of(cast.reader()), "mine", key="unseen")
    rows = rows_of(client, her)
    assert rows
    assert "note" not in re.sub(r"notes? for|Notes to|notes that", "", rows)


def rows_of(client, essay: Essay) -> str:
    return " ".join(re.findall(r'<p class="facts">.*?</p>', client.get(list_url(essay)).text))
