"""Importing a text at the desk: paste or upload it, check its passages, save a draft."""

import re
from html import unescape
from itertools import pairwise

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.models import Gloss
from essays.models import Essay, Passage, Work
from tests import cast
from tests.desk_pages import page_text
from tests.importing_pages import ADD, DRAFT, ESSAY, fields, import_text, save

pytestmark = pytest.mark.django_db

CUT = "/admin/essays/essay/add/passages/"
TEXT = "/admin/essays/essay/add/text/"
MB = 1024 * 1024


@pytest.fixture
def elsa(client: Client):
    elsa = cast.editor()
    client.force_login(elsa)
    return elsa


def upload(client: Client, data: bytes, name="essay.txt", **given):
    return client.post(ADD, {"text": "", "upload": SimpleUploadedFile(name, data), **given})


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


def recut(client: Client, page: str, **changes) -> str:
    response = client.post(CUT, {**fields(page), **changes})
    assert response.status_code == 200
    return response.content.decode()


def sources(page: str) -> list[str]:
    return fields(page)["source"]


def with_source(page: str, place: int, source: str) -> dict:
    given = sources(page)
    given[place] = source
    return {"source": given}


def nothing_saved() -> bool:
    models = (Essay, Passage, Gloss, Work, LogEntry)
    return not any(model.objects.exists() for model in models)


# It works


def test_the_passages_of_a_text_are_previewed_before_anything_is_saved(client, elsa):
    page = import_text(client)
    given = fields(page)
    assert (given["title"], given["dek"]) == (
        ["The Weight of Light"],
        ["About a film that nobody saw"],
    )
    assert given["slug"] == ["the-weight-of-light"]
    assert given["kind"] == ["prose", "prose", "prose", "figure", "prose"]
    assert given["runs_on"] == ["1"]
    assert given["words"] == ["for eleven years", "she leaves the lamp on"]
    assert "for eleven years.</p>" in page and 'alt="A lamp"' in page
    assert "5 passages, 2 glosses from footnotes</p>" in page
    assert nothing_saved()


def test_a_draft_is_saved_with_its_passages_and_glosses(client, elsa):
    page = recut(client, import_text(client), veil="3")
    response = save(client, page, **{"work-0-name": "The Lamp (1999)", "work-0-kind": "film"})
    essay = Essay.objects.get()
    assert response.url == f"/admin/essays/essay/{essay.pk}/change/"
    assert (essay.slug, essay.title, essay.status) == (
        *("the-weight-of-light", "The Weight of Light"),
        "draft",
    )
    passages = list(essay.passages.current())
    assert [passage.kind for passage in passages] == ["prose", "prose", "prose", "figure", "prose"]
    assert [passage.runs_on for passage in passages] == [False, True, False, False, False]
    assert "[^" not in "".join(passage.source for passage in passages)
    glosses = list(essay.glosses.all())
    assert [(one.key, one.words, one.source, one.passage) for one in glosses] == [
        ("footnote-years", "for eleven years", "The novel says *twelve*.", passages[0]),
        ("footnote-end", "she leaves the lamp on", "And nobody comes.", passages[4]),
    ]
    assert not any(one.links.exists() for one in glosses)
    lamp = Work.objects.get()
    assert (lamp.title, lamp.year, lamp.slug) == ("The Lamp", 1999, "the-lamp")
    assert (essay.veil_after, essay.veil_work) == (passages[3], lamp)
    assert essay.veil_text and list(essay.works.all()) == [lamp]
    summary = "5 passages, 2 glosses from footnotes"
    assert f"is a draft of {summary}." in [str(one) for one in response.wsgi_request._messages][0]
    assert LogEntry.objects.get().change_message == f"Brought in: {summary}."
    assert {one.history_user for one in essay.history.all()} == {elsa}
    assert essay.revisions.get().by == elsa


def test_the_shipped_essay_is_imported_verbatim(client, elsa):
    document = (cast.HER / "essay.md").read_text().split("---\n", 2)[2]
    paragraphs = [line for line in document.split("\n") if line and line[0] != "{"]
    text = "\n".join(['"Her" Is Not About the Future', "My thoughts (with spoilers)", *paragraphs])
    response = upload(client, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    page = response.content.decode()
    assert save(client, page).status_code == 302
    assert [passage.text for passage in Passage.objects.current()] == paragraphs
    assert Essay.objects.get().title == '"Her" Is Not About the Future'


def test_passages_are_merged_split_and_emptied(client, elsa):
    page = import_text(client, "Title\n\nOne. And more.\n\nTwo.\n\nThree.\n\nFour.")
    page = recut(client, page, merge="1", veil="0")
    assert sources(page) == ["One. And more.", "Two. Three.", "Four."]
    assert fields(page)["veil"] == ["0"]
    page = recut(client, page, **with_source(page, 0, "One.\r\n\r\nAnd more."))
    assert sources(page) == ["One.", "And more.", "Two. Three.", "Four."]
    assert fields(page)["veil"] == ["1"]
    page = recut(client, page, **with_source(page, 1, " "))
    assert sources(page) == ["One.", "Two. Three.", "Four."]
    assert fields(page)["veil"] == ["0"]


def test_merging_passages_across_the_veil_uncovers_nothing(client, elsa):
    page = import_text(client, "Title\n\nOne.\n\nTwo.\n\nThree.")
    assert fields(recut(client, page, merge="1", veil="1"))["veil"] == ["0"]
    merged = recut(client, page, merge="0", veil="0")
    assert fields(merged)["veil"] == [""]
    assert "Choose again where it stands." in unescape(merged)


def test_kinds_keys_and_fences_of_a_text_are_kept(client, elsa):
    text = (
        "---\ntitle: Salt\n---\n::: {#verse .epigraph}\nOne\n\nTwo\n:::\n\n## Part\n\nEnd. {#end}"
    )
    page = recut(client, import_text(client, text))
    assert save(client, page).status_code == 302
    passages = [(one.kind, one.source) for one in Passage.objects.current()]
    assert passages == [("epigraph", "One\n\nTwo"), ("heading", "Part"), ("prose", "End.")]
    assert [one.key for one in Passage.objects.current()][::2] == ["verse", "end"]


def test_front_matter_fills_the_form(client, elsa):
    cast.her()
    text = (
        "---\ntitle: Again\ndate: 2014-02-28\nlanguage: de\ncolour: '#c4432f'\nworks: [her]\n"
        "veil: {after: 1, work: her, text: Halt.}\n---\nEins.\n\nZwei."
    )
    page = import_text(client, text)
    assert fields(page)["work-0-name"] == ["Her (2013)"]
    assert save(client, page).status_code == 302
    essay = Essay.objects.get(title="Again")
    assert (str(essay.date), essay.language, essay.colour) == ("2014-02-28", "de", "#c4432f")
    assert (essay.veil_after.number, essay.veil_work.slug, essay.veil_text) == (1, "her", "Halt.")
    assert list(essay.works.all()) == [Work.objects.get(slug="her")]


def test_first_lines_can_be_put_back_into_the_text(client, elsa):
    page = import_text(client, "A title\n\nA dek\n\nOne long line.\n\nTwo.")
    page = recut(client, page, put_back="1", veil="0")
    assert sources(page) == ["A title", "A dek", "One long line.", "Two."]
    assert fields(page)["veil"] == ["2"]
    assert "put_back" not in page


def test_an_editor_chooses_the_words_of_a_footnote(client, elsa):
    page = recut(client, import_text(client), words=["the hours", ""])
    assert fields(page)["words"] == ["the hours", ""]
    assert save(client, page).status_code == 302
    first, second = Gloss.objects.order_by("pk")
    assert (first.words, second.is_whole_passage) == ("the hours", True)


def test_a_chosen_place_among_several_is_the_one_nearest_to_the_mark(client, elsa):
    text = "Title\n\nThe sea, the sea[^1], and the sea again.\n\n[^1]: Which."
    page = import_text(client, text)
    assert save(client, page).status_code == 302
    gloss = Gloss.objects.get()
    assert (gloss.words, gloss.start) == ("the sea", 9)


def test_the_editor_can_go_back_to_the_text(client, elsa):
    page = import_text(client)
    back = client.post(TEXT, fields(page)).content.decode()
    text = unescape(re.search(r"<textarea name=\"text\"[^>]*>\n?(.*?)</textarea>", back, re.S)[1])
    again = import_text(client, text)
    for name in ("title", "dek", "source", "kind", "words", "footnote"):
        assert fields(again)[name] == fields(page)[name], name


def test_a_text_in_another_script_gets_an_address(client, elsa):
    page = import_text(client, "她\n\n第一段。\n\n第二段。")
    assert save(client, page).status_code == 302
    assert Essay.objects.get().slug == "essay"


def test_a_proposed_address_is_free_and_not_reserved(client, elsa):
    Essay.objects.create(slug="salt", title="Salt")
    assert fields(import_text(client, "Salt\n\nOne.\n\nTwo."))["slug"] == ["salt-2"]
    assert fields(import_text(client, "Themes\n\nOne.\n\nTwo."))["slug"] == ["themes-2"]


# Permissions


def test_strangers_and_moderators_import_nothing(client):
    for address in (ADD, CUT, DRAFT, TEXT):
        assert client.get(address).status_code == 302
        assert client.post(address, {"text": ESSAY}).url.startswith("/admin/login/")
    client.force_login(cast.moderator())
    for address in (ADD, CUT, DRAFT, TEXT):
        assert client.get(address).status_code == 403
        assert client.post(address, {"text": ESSAY}).status_code == 403
    assert nothing_saved()


def test_nothing_is_read_without_a_token(elsa):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(elsa)
    assert strict.post(ADD, {"text": ESSAY}).status_code == 403
    page = strict.get(ADD).content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
    good = strict.post(ADD, {"text": ESSAY, "csrfmiddlewaretoken": token})
    assert good.status_code == 200
    assert strict.post(DRAFT, fields(good.content.decode())).status_code == 403
    assert nothing_saved()


def test_addresses_that_only_accept_post_redirect_a_get_to_the_form(client, elsa):
    for address in (CUT, DRAFT, TEXT):
        assert client.get(address).url == ADD
    assert client.delete(ADD).status_code == 405


# Bad input


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x1a\n", "This is a picture. Save it as plain text"),
        (b"PK\x03\x04word", "This is a Word or OpenDocument file"),
        ("déjà vu".encode("latin-1"), "This file is not in UTF-8: line 1"),
        (b"", "There is no text here. Paste one, or choose a file."),
        (b"x" * (2 * MB + 1), "This file is larger than 2 MB."),
        (b"\xff\xfeA\0", "This file is in UTF-16."),
    ],
)
def test_a_file_that_is_not_text_is_refused_with_the_reason(client, elsa, data, says):
    assert says in page_text(upload(client, data), 422)
    assert nothing_saved()


# 300 characters that stand for 82 million.
ALIASES = "---\ntitle: x\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + below] * 9)}]\n" for below, name in pairwise("abcdefgh")
)
ALIASES += "smart: *h\n---\nText"
MANY_FIELDS = "".join(f"abc{n}: 1\n" for n in range(1, 1_500))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no text here."),
        ("One\0two", "A character that cannot be shown stands after “One”."),
        ("---\ntitle: x\nlayout: post\n---\nText", "Line 3: There is no field “layout”."),
        ("---\ntitle: [x\n---\nText", "Line 2: The front matter is not YAML"),
        ("# One\n\n:::\nTwo", "Line 3: This ::: is never closed."),
        ("# One {#themes}\n\nTwo", "“themes” names a place"),
        ("a\n\n" * 2001, "These are 2,001 passages"),
        (ALIASES, "Line 3: The front matter is not YAML: a value that begins with & needs quotes"),
        (f"---\ntitle: x\nsmart: [{'long, ' * 3000}]\n---\nText", "…” is neither true nor false"),
        (f"---\n{MANY_FIELDS}---\nText", "Line 2: There is no field “abc1”"),
    ],
)
def test_an_invalid_text_is_refused_and_stays_in_the_form(client, elsa, text, says):
    response = client.post(ADD, {"text": text})
    assert says in page_text(response, 422)
    assert len(response.content) < 20_000 + 2 * len(text)
    typed = re.search(r"<textarea name=\"text\"[^>]*>\n?(.*?)</textarea>", response.text, re.S)[1]
    assert unescape(typed).replace("\0", "") == text.replace("\0", "")
    assert nothing_saved()


def test_the_text_of_an_invalid_file_can_be_corrected_in_the_form(client, elsa):
    response = upload(client, b"---\ntitle: [x\n---\nText that came in a file", "essay.md")
    assert "Text that came in a file</textarea>" in response.text


def test_a_text_and_a_file_at_once_are_refused(client, elsa):
    response = upload(client, b"One.", text="Typed.")
    assert "Here are a text and a file. Take one of the two out." in page_text(response, 422)
    assert "Typed.</textarea>" in response.text


def test_two_megabytes_are_read_and_more_are_not(client, elsa):
    paragraph = "Salt is what the sea leaves behind. " * 28
    text = "\n\n".join([paragraph] * 1800)
    assert 1.7 * MB < len(text) < 2 * MB
    page = import_text(client, text, mode="plain")
    assert len(sources(page)) == 1800
    long = "x" * (3 * MB)
    response = client.post(ADD, {"text": long})
    assert "This text is larger than 2 MB." in page_text(response, 422)
    assert long in response.text
    assert "is much more than 2 MB" in page_text(client.post(ADD, {"text": "x" * (9 * MB)}), 413)
    assert "is much more than 2 MB" in page_text(client.post(CUT, {"n": ["1"] * 30_000}), 413)


def test_the_limit_is_lifted_for_nobody_else(client):
    many = {"n": ["1"] * 3000}
    assert client.post(CUT, many).url.startswith("/admin/login/")
    client.force_login(cast.moderator())
    assert client.post(CUT, many).status_code == 403
    client.force_login(cast.superuser())
    assert client.post(CUT, many).status_code == 200
    assert client.post("/admin/password_change/", many).status_code == 400


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"title": " "}, "An essay needs a title. Give it one."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"title": "One\x01"}, "A character that cannot be shown"),
        ({"slug": "themes"}, "“themes” names a place. Choose another."),
        ({"slug": "Not a slug!"}, "Enter a valid"),
        ({"slug": "salt"}, "There is an essay at this address already. Choose another."),
        ({"date": "yesterday"}, "Enter a valid date."),
        ({"language": "<en>"}, "Give the language as"),
        ({"colour": "red"}, "Give the colour as #rrggbb."),
        ({"veil": "0"}, "Name the work that the veil is for"),
        ({"work-0-name": "A", "work-1-name": "a"}, "A work is there twice."),
        ({"work-0-name": "Twins"}, "Several works have this name."),
        ({"work-0-name": "A", "work-0-year": "x"}, "Enter a whole number."),
    ],
)
def test_an_invalid_field_is_refused_and_the_form_keeps_what_was_typed(client, elsa, given, says):
    Essay.objects.create(slug="salt", title="Salt")
    for year in (1990, 1991):
        Work.objects.create(slug=f"twins-{year}", title="Twins", year=year)
    response = save(client, import_text(client), **{"authors": "Ana", **given})
    assert says in page_text(response, 422)
    again = fields(response.text)
    assert again["authors"] == ["Ana"]
    for name, value in given.items():
        if "\x01" not in value:
            assert again[name] == [value.strip() or value]
    assert again["source"][0].endswith("for eleven years[^years].")
    assert Essay.objects.count() == 1 and Work.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A[^1] b.\n\nTwo.", "The text has this mark, and no footnote of the name."),
        ("A *b*.\n\nTwo.\n\n[^1]: Lost.", "Put [^1] behind the words that it is about."),
        ("![](/a.png)\n\nTwo.", "Say below what this picture shows"),
        ("![A](https://x.example/a.png)\n\nTwo.", "A picture must lie on this site"),
        ("A[^1] b.\n\nTwo.\n\n[^1]: " + "x" * 5001, "at most 5,000 fit"),
        (f"One *a*.\n\n{'x' * 20_001}", "at most 20,000 fit"),
        ("One. {#one}\n\nTwo. {.epigraph}\n\n" + "> " * 9 + "deep", "stand too deep"),
    ],
)
def test_an_open_question_is_shown_at_its_passage_and_prevents_saving(client, elsa, text, says):
    page = import_text(client, f"# Title\n\n{text}")
    assert says in unescape(page)
    assert "1 to settle" in words_of(page)
    response = save(client, page)
    text_of_page = page_text(response, 422)
    assert says in text_of_page and "something in the text is still to be settled" in text_of_page
    assert fields(response.text)["source"] == sources(page)
    assert nothing_saved()


def test_open_questions_can_be_answered(client, elsa):
    text = "# Title\n\nA[^1] b[^2].\n\n![](/a.png)\n\nTwo.\n\n[^2]: Said.\n\n[^3]: Lost."
    page = import_text(client, text)
    assert "3 to settle" in words_of(page)
    labels = dict(zip(fields(page)["label"], fields(page)["footnote"], strict=True))
    assert labels == {"1": "", "2": "Said.", "3": "Lost."}
    page = recut(client, page, **{"shows-1": "A [grey] sea", "drop": ["3", "1"]})
    assert "to settle" not in words_of(page)
    assert save(client, page).status_code == 302
    assert Gloss.objects.get().words == "A b"
    assert 'alt="A [grey] sea"' in Passage.objects.get(kind="figure").html


def test_words_that_are_not_in_the_passage_are_refused_and_stay_in_the_form(client, elsa):
    response = save(
        client, import_text(client), words=["FOR eleven years", "she leaves the lamp on"]
    )
    assert "The passage says “for eleven years”." in page_text(response, 422)
    assert fields(response.text)["words"][0] == "FOR eleven years"
    assert nothing_saved()


def test_an_invalid_passage_stays_in_the_form(client, elsa):
    page = import_text(client)
    page = recut(client, page, **with_source(page, 1, ":::\nShe says {#x y}"))
    assert "This ::: is never closed." in page
    assert sources(page)[1] == ":::\nShe says {#x y}"
    page = recut(client, page, **with_source(page, 1, "She {#same}\n\nsays {#same}"))
    assert "The key “same” is on line 1 already." in unescape(page)


def test_the_same_form_sent_twice_makes_one_essay(client, elsa):
    page = import_text(client)
    assert save(client, page).status_code == 302
    assert "an essay at this address already" in page_text(save(client, page), 422)
    assert Essay.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"source": []},
        {"veil": "99999"},
        {"veil": "x", "veil_for": "9" * 30},
        {"kind": ["evil"] * 5, "key": ["../x"] * 5, "runs_on": ["-1", "9" * 40]},
        {"merge": ["3", "99", "x", "-1"], "mode": "other"},
        {"label": ["a"] * 3, "footnote": ["x"], "mark": ["zz"], "words": [], "guess": []},
        {"label": ["<b>"], "footnote": ["[^1]: <script>alert(1)</script>"]},
        {"work-TOTAL_FORMS": "x", "work-INITIAL_FORMS": ""},
        {"work-TOTAL_FORMS": "1000000"},
        {"shows-0": "x", "shows-3": "]](", "drop": ["(", "years"]},
        {"source": ["a\0b", "\x01", "\ud7ff", "{#a}", "[^"] * 3},
        {"source": ["word"] * 2001},
    ],
)
@pytest.mark.parametrize("address", [CUT, DRAFT, TEXT])
def test_a_form_that_was_tampered_with_breaks_nothing(client, elsa, address, given):
    response = client.post(address, {**fields(import_text(client)), **given})
    assert response.status_code in (200, 302, 422)
    assert "<script>alert" not in response.text


def test_hostile_markdown_goes_out_clean(client, elsa):
    text = (
        "# <img src=x onerror=alert(1)>\n\n<script>alert(1)</script> words[^1] "
        "[a](javascript:alert(1)) <b onclick=alert(1)>b</b>\n\nEnd. </textarea><script>x</script>"
        "\n\n[^1]: <script>alert(2)</script> said"
    )
    page = import_text(client, text)
    assert "<script>alert" not in page and "onclick" not in page.replace("&lt;b onclick", "")
    assert "<script>x" not in page and "javascript:alert(1)&quot;" not in page
    assert page.count("<script") == len(re.findall(r"<script[^>]* src=", page))


def test_an_empty_form_says_what_is_missing(client, elsa):
    for address in (ADD, DRAFT):
        assert client.post(address).status_code == 422
    assert client.post(CUT).status_code == 200
    assert nothing_saved()


def test_a_failure_while_saving_leaves_nothing_behind(client, elsa):
    page = import_text(client)
    # The form accepts an invalid key, and `revising` refuses it.
    response = save(client, page, key=["Not-A-Key", "", "", "", ""], **{"work-0-name": "The Lamp"})
    assert "“Not-A-Key” cannot be a key." in page_text(response, 422)
    assert nothing_saved()
