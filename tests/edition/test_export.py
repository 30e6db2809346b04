"""The export of a notebook: complete, in standard formats, and safe to open."""

import csv
import io
import json

import pytest

from annotations import revising
from annotations.models import Note
from annotations.notes import export
from annotations.revising import Draft
from essays.models import Essay
from tests import cast
from tests.written_notes import be, guest, note, note_on, reader_of, reply, write_essay

pytestmark = pytest.mark.django_db
FORMATS = ["md", "json", "csv"]


@pytest.fixture
def her():
    return cast.her()


@pytest.fixture
def rosa(client, her):
    user = cast.reader()
    client.force_login(user)
    return reader_of(user)


def take(client, format: str) -> str:
    response = client.get(f"/notebook/export/{format}/")
    assert response.status_code == 200
    return response.getvalue().decode()


def annotations(client) -> list[dict]:
    return json.loads(take(client, "json"))["first"]["items"]


def rows(client) -> list[dict]:
    text = take(client, "csv")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


@pytest.mark.parametrize("format", FORMATS)
def test_a_download_has_a_file_name_and_is_private(client, rosa, format):
    response = client.get(f"/notebook/export/{format}/")
    response.getvalue()  # An answer that is read to its end closes its file.
    assert response["Content-Disposition"].startswith('attachment; filename="notebook-')
    assert response["Content-Disposition"].endswith(f'.{format}"')
    assert "Cookie" in response["Vary"]
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("format", FORMATS)
def test_it_has_my_notes_and_replies_and_none_of_others(client, rosa, her, format):
    theirs = note(guest(), "Words of another", public=True)
    note_on(her, rosa, "Best Picture", "Mine of then")
    reply(theirs, rosa, "Mine in answer")
    note(rosa, "Deleted words").remove()
    text = take(client, format)
    assert "Best Picture" in text
    assert "Mine of then" in text
    assert "Mine in answer" in text
    assert "Words of another" not in text
    assert "Deleted words" not in text


@pytest.mark.parametrize("format", FORMATS)
def test_a_guest_can_export_and_a_stranger_is_redirected_to_the_notebook(client, her, format):
    assert client.get(f"/notebook/export/{format}/").headers["Location"] == "/notebook/"
    someone = guest()
    note(someone, "Of a guest")
    assert "Of a guest" in take(be(client, someone), format)


def test_an_unknown_format_is_404_and_post_is_refused(client, rosa):
    assert client.get("/notebook/export/pdf/").status_code == 404
    assert client.post("/notebook/export/md/").status_code == 405


def test_markdown_is_grouped_by_essay_and_passage_in_reading_order(client, rosa):
    essay = write_essay("sea", ["The *sea* is 2 \\* wide.", "A boat is old."], title="The # [sea]")
    note_on(essay, rosa, "boat", "About **boats**", colour="blue")
    note_on(essay, rosa, "sea", "Salt")
    note_on(essay, rosa, "2 * wide")
    text = take(client, "md")
    assert text.index("## The \\# \\[sea\\]") < text.index("### Passage 1") < text.index("> sea")
    assert text.index("> sea") < text.index("> 2 \\* wide") < text.index("### Passage 2")
    assert text.index("### Passage 2") < text.index("> boat") < text.index("About **boats**")
    assert text.count("### Passage 1") == 1
    assert "— blue note, only you, " in text
    assert "— amber highlight, only you, " in text


def test_markdown_quotes_every_line_of_the_words(client, rosa):
    essay = write_essay("verse", ["First line  \nsecond line"])
    words = essay.passages.get().text
    note_on(essay, rosa, words, "x")
    assert "\n> First line\n> second line\n" in take(client, "md")


def test_json_ld_has_the_selectors_of_the_words_as_code_points(client, rosa):
    essay = write_essay("film", ["🎬🎬 A film, and then a film."])
    start = len("🎬🎬 A ")
    note_on(essay, rosa, "film", "Which?", colour="green")
    [one] = annotations(client)
    target = one["target"]
    assert one["motivation"] == "commenting"
    assert one["body"] == {"type": "TextualBody", "value": "Which?", "format": "text/markdown"}
    assert target["source"].endswith(essay.passages.get().get_absolute_url())
    quote, position = target["selector"]
    assert quote == {
        "type": "TextQuoteSelector",
        "exact": "film",
        "prefix": "🎬🎬 A ",
        "suffix": quote["suffix"],
    }
    assert quote["suffix"].startswith(", and")
    assert position == {"type": "TextPositionSelector", "start": start, "end": start + 4}
    assert (one["sv:state"], one["sv:audience"], one["sv:colour"]) == ("kept", "private", "green")


def test_json_ld_distinguishes_highlights_whole_passages_and_replies(client, rosa, her):
    note_on(her, rosa, "Best Picture")
    whole = note(rosa, "On all of it")
    theirs = note(guest(), "Ask", public=True)
    reply(theirs, rosa, "Answer")
    highlight, comment, answer = annotations(client)
    assert highlight["motivation"] == "highlighting"
    assert "body" not in highlight
    assert comment["target"].endswith(whole.passage.get_absolute_url())
    assert answer["motivation"] == "replying"
    assert answer["target"].endswith(theirs.get_absolute_url())


def test_json_ld_has_the_state_of_the_words(client, rosa):
    essay = write_essay(
        "sea", ["The sea is wide and the boat is old.", "Another day, another boat."]
    )
    note_on(essay, rosa, "the boat is old", "Changed")
    note_on(essay, rosa, "Another day", "Gone")
    drafts = [Draft("The sea is wide and the boat is very old."), Draft("Rain all week long.")]
    revising.revise(essay, drafts)
    by_body = {one["body"]["value"]: one for one in annotations(client)}
    changed, removed = by_body["Changed"], by_body["Gone"]
    assert changed["sv:state"] == "changed"
    assert changed["sv:exactAsWritten"] == "the boat is old"
    quote, position = changed["target"]["selector"]
    text = essay.passages.get(number=1).text
    assert quote["exact"] == text[position["start"] : position["end"]] == "the boat is very old"
    assert removed["sv:state"] == "orphaned"
    assert [one["type"] for one in removed["target"]["selector"]] == ["TextQuoteSelector"]
    assert removed["target"]["selector"][0]["exact"] == "Another day"


def test_json_ld_is_an_annotation_collection(client, rosa):
    collection = json.loads(take(client, "json"))
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert collection["first"]["type"] == "AnnotationPage"
    assert collection["first"]["items"] == []


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_the_table_is_a_formula(client, rosa, formula):
    Note.objects.filter(pk=note(rosa, "x").pk).update(body=formula)
    [row] = rows(client)
    assert row["text"] == f"'{formula}"


def test_quoted_words_and_titles_in_the_table_are_not_formulas(client, rosa):
    essay = write_essay("sums", ["=HYPERLINK(1) and more"], title="=TITLE()")
    note_on(essay, rosa, "=HYPERLINK(1)")
    [row] = rows(client)
    assert row["words"] == "'=HYPERLINK(1)"
    assert row["essay"] == "'=TITLE()"


def test_the_table_keeps_commas_quotes_and_line_ends(client, rosa):
    body = 'She said “a, b"\nand then\n\nleft; 日本 🎬'
    note(rosa, body)
    [row] = rows(client)
    assert row["text"] == body
    assert row["kind"] == "note"
    assert (row["key"], row["audience"], row["colour"]) == ("fresh", "private", "amber")
    assert take(client, "csv").splitlines(keepends=True)[0].endswith("\r\n")


def test_a_note_on_a_retired_passage_is_in_every_format(client, rosa):
    essay = write_essay("sea", ["The sea is wide.", "A boat."])
    retired = note_on(essay, rosa, "A boat", "Gone with its passage")
    revising.retire(essay.passages.get(number=2))
    Essay.objects.update(status="draft")
    retired.refresh_from_db()
    assert retired.passage.number is None
    for format in FORMATS:
        assert "Gone with its passage" in take(client, format)
    assert "### A passage that was cut" in take(client, "md")
    assert rows(client)[0]["passage"] == ""


def fill(her, reader, count: int) -> None:
    first = note(reader, "x")
    copies = [
        Note(
            essay=her, reader=reader, body=f"Note {number}", passage=first.passage,
            original=first.original, start=0, end=0, original_start=0, original_end=0,
        )
        for number in range(count)
    ]  # fmt: skip
    Note.objects.bulk_create(copies, batch_size=500)


@pytest.mark.parametrize("format", FORMATS)
def test_thousands_of_notes_take_no_more_queries(
    client, rosa, her, django_assert_max_num_queries, format
):
    note(rosa, "x")
    with django_assert_max_num_queries(10) as few:
        take(client, format)
    fill(her, rosa, 3000)
    with django_assert_max_num_queries(len(few)):
        text = take(client, format)
    assert "Note 0" in text
    assert "Note 2999" in text


def test_the_download_of_everything_takes_few_queries(rosa, her, django_assert_max_num_queries):
    fill(her, rosa, 200)
    note(guest(), "Not mine", public=True)
    with django_assert_max_num_queries(4):
        everything = export.everything_of(rosa)
    assert len(everything["notes"]) == 201
    assert "Not mine" not in json.dumps(everything)
