"""Importing a text: format, passages, footnotes and pictures."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.importing import CutPassage, CuttingError, UnreadableText, bring
from essays.importing.decode import MAX_BYTES, decode, readable
from essays.importing.footnotes import marks_in, take_footnotes, without
from essays.importing.import_text import as_written, joined, recut
from essays.importing.pictures import lacks_words, with_words
from essays.importing.place_marks import place_marks, words_before
from essays.importing.plain_text import escaped
from essays.markup import render_passage

HER = Path(__file__).parent.parent.parent / "content" / "her" / "essay.md"
LONG = "This goes on. " * 20


def sources(text, *args, **options):
    return [passage.source for passage in bring(text, *args, **options).passages]


def words_of_footnotes(source, kind="prose", smart=False):
    """Which words each footnote of a passage is about."""
    rendered, placed = place_marks(source, kind, smart=smart)
    return [(one.label, rendered.text[one.start : one.end]) for one in placed]


# Files and characters


def test_a_file_is_utf_8_with_or_without_a_byte_order_mark():
    assert decode("“Her”".encode()) == decode("“Her”".encode("utf-8-sig")) == "“Her”"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7", "This is a PDF."),
        (b"PK\x03\x04...", "a Word or OpenDocument file"),
        ("Wort".encode("utf-16"), "in UTF-16"),
        (b"text\0text", "no text file"),
        (b"\x89PNG\r\n", "a picture"),
        ("one\ntwo\nd\u00e9j\u00e0 vu".encode("latin-1"), "not in UTF-8: line 3"),
        (b"x" * (MAX_BYTES + 1), "larger than 2 MB"),
    ],
)
def test_a_file_that_is_not_text_is_refused_with_the_reason(data, says):
    with pytest.raises(UnreadableText, match=says) as raised:
        decode(data)
    assert str(raised.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (" \r\n ", "no text here"),
        ("it ends\0here", "cannot be shown stands after “it ends”"),
        ("half \ud83d a pair", "cannot be shown"),
        ("lost � here", "was lost on its way, and � stands for it after “lost”"),
        ("ä" * (MAX_BYTES // 2 + 1), "larger than 2 MB"),
    ],
)
def test_text_with_invalid_characters_is_refused_with_a_message(text, says):
    with pytest.raises(UnreadableText, match=says):
        readable(text)


def test_line_ends_and_spaces_are_normalised():
    assert readable("\ufeffa\r\nb\rc\x0bd") == "a\nb\nc d"


# Plain text


def test_an_essay_with_one_paragraph_per_line_has_title_dek_and_passages():
    document = HER.read_text().split("---\n", 2)[2]
    paragraphs = [line for line in document.split("\n") if line and line[0] != "{"]
    text = "\n".join(['"Her" Is Not About the Future', "My thoughts (with spoilers)", *paragraphs])
    brought = bring(text)
    assert (brought.mode, brought.title) == ("plain", '"Her" Is Not About the Future')
    assert brought.dek == "My thoughts (with spoilers)"
    assert [passage.source for passage in brought.passages] == paragraphs
    ends = [passage.source.endswith(":") for passage in brought.passages]
    assert [passage.runs_on for passage in brought.passages] == ends


def test_wrapped_lines_are_one_passage():
    assert sources("A title\n\nOne line\nand another.\n\nTwo.") == [
        "One line\nand another.",
        "Two.",
    ]


def test_the_editor_decides_where_a_passage_begins():
    assert sources("One.\nTwo.", a_line_each=True) == ["One.", "Two."]
    assert sources(f"{LONG}\n{LONG}", a_line_each=False) == [f"{LONG.strip()}\n{LONG.strip()}"]


def test_a_text_that_begins_with_a_sentence_has_no_title():
    brought = bring("It was late.\n\nIt was dark.")
    assert (brought.title, brought.first_lines) == ("", ())
    assert len(brought.passages) == 2


def test_a_text_of_one_line_has_no_title():
    assert bring("A line").title == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Words.\n\n" + "[^1]: A footnote.\n" * 2 + "[^x]: y\n", ""),
        ("Words.\n\n" + "\n".join(f"[^{n}]: a" for n in range(1_001)), "1,001 footnotes"),
        ("Words.\n\n" + "- a\n" * 20_001, "20,001 marks"),
        ("*Words* [here](/there).\n\n" * 1_500 + "[^1]: " + "`a` " * 8_000, "20,500 marks"),
        ("Words.\n\n" + "A * B - C.\n" * 19_999, ""),
    ],
)
def test_a_text_with_too_many_footnotes_or_marks_is_refused(text, says):
    try:
        bring(text, "markdown")
    except UnreadableText as error:
        assert says and says in str(error)
    else:
        assert not says


def test_too_many_passages_are_refused():
    with pytest.raises(UnreadableText, match="These are 2,500 passages"):
        bring("word\n\n" * 2500)


@pytest.mark.parametrize(
    "text",
    [
        *("* * *", "1. First", "- Hello", "# not a heading", "> said", "a_b_c", "AT&T &amp; co"),
        *("<b>x</b>", "[link](http://x.example)", "[^1]", "{#key .film-line}", "`code`", "\\*"),
        *("a -- b", "Title\n=====", "![x](/y.png)", "~~~", "[x]: http://y.example", "+1", "&#65;"),
    ],
)
def test_a_plain_text_is_verbatim_whatever_is_in_it(text):
    assert render_passage(escaped(text), "prose", smart=False).text == text


@given(st.text(st.sampled_from("ab 1.#>+-*_`[](){}!<>&;:\\|~=^\"'/\n"), max_size=40))
def test_cutting_a_plain_text_and_joining_it_gives_the_same_words(text):
    if not text.strip():
        return
    document = bring(text, "plain", a_line_each=False)
    texts = [document.title, document.dek] + [
        render_passage(escaped(passage.source), passage.kind, smart=False).text
        for passage in document.passages
    ]
    assert " ".join(texts).split() == text.split()


# Markdown


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        *(("# Head\n\nText", "markdown"), ("A *word* here", "markdown"), ("a[^1]", "markdown")),
        *(("---\ntitle: x\n---\nText", "markdown"), ("[a](/b)", "markdown")),
        *(("2 * 3 * 4", "plain"), ("snake_case_name", "plain"), ("- Hello.\n\n- You!", "plain")),
    ],
)
def test_markdown_is_distinguished_from_plain_text(text, mode):
    assert bring(text).mode == mode


def test_the_first_heading_is_the_title_and_later_ones_are_passages():
    brought = bring("# On *Salt*[^1]\n\nOne.\n\n## Part two\n\nThree.")
    assert (brought.title, brought.first_lines) == ("On Salt", ("On *Salt*[^1]",))
    kinds = [(passage.kind, passage.source) for passage in brought.passages]
    assert kinds == [("prose", "One."), ("heading", "Part two"), ("prose", "Three.")]


def test_headings_may_be_underlined_and_lines_between_sections_are_left_out():
    brought = bring("Title\n=====\n\nOne.\n\n***\n\nTwo\n---\n\nThree.", "markdown")
    assert brought.title == "Title"
    assert [passage.kind for passage in brought.passages] == ["prose", "heading", "prose"]
    assert brought.notices == ("Lines that only part sections (---) were left out: 1.",)


def test_front_matter_is_read_and_needs_no_title():
    brought = bring("---\ndek: Below\n---\n# Title\n\nOne.\n")
    assert (brought.front, brought.title) == ({"dek": "Below"}, "Title")
    assert bring("---\ntitle: x\n---\n# One\n\nTwo.").passages[0].kind == "heading"
    with pytest.raises(CuttingError, match="Line 3: The front matter is not YAML"):
        bring("---\ntitle: x\ndek: a: b\n---\nText")


def test_reference_links_become_inline_links():
    text = "Title\n\nSee [the *book*][b], [The B][] and [no][such] [1].\n\nTwo.\n\n"
    brought = bring(f'{text}[B]: http://x.example/b "So"\n[the b]: </b>\n', "markdown")
    assert [passage.source for passage in brought.passages] == [
        'See [the *book*](http://x.example/b "So"), [The B](/b) and [no][such] [1].',
        "Two.",
    ]


def test_a_picture_among_words_becomes_a_figure_of_its_own():
    passages = bring("Before ![A door](/d.png) after.\n\n![A window](/w.png)\nBelow it.").passages
    assert [(one.kind, one.source) for one in passages] == [
        ("prose", "Before"),
        ("figure", "![A door](/d.png)"),
        ("prose", "after."),
        ("figure", "![A window](/w.png)\nBelow it."),
    ]


def test_a_picture_without_alternative_text_can_be_given_one():
    assert lacks_words("![](/a.png)") and not lacks_words("![A sea](/a.png)")
    described = with_words("![ ](/a.png)", "A [still]\nsea")
    assert render_passage(described, "figure", smart=False).html.count('alt="A [still] sea"') == 1


# Footnotes


def test_footnotes_are_taken_out_and_folded_to_a_paragraph():
    lines = "One.[^1]\n\n[^1]: First\nline.\n\n    More.\n\n[^two]: Second.\nTwo.[^two]".split("\n")
    rest, footnotes, twice = take_footnotes(lines)
    assert footnotes == {"1": "First line. More.", "two": "Second. Two.[^two]"}
    assert (len(rest), rest[0], set(rest[1:]), twice) == (len(lines), "One.[^1]", {""}, [])


def test_a_duplicate_footnote_is_reported():
    brought = bring("One.[^1]\n\nTwo.\n\n[^1]: A\n[^1]: B")
    assert brought.footnotes == {"1": "A"}
    assert brought.notices == ("Footnote 1 is there twice; the second stands in the text.",)
    assert brought.passages[-1].source == "[^1]: B"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("She waits, for eleven years[^1].", "for eleven years"),
        ("It is a small, sad film.[^1] Then", "sad film"),
        ("He said “not yet”[^1] and left", "not yet"),
        ("as *The Book*[^1] has it", "The Book"),
        ("as [he *says*](http://x.example)[^1] here", "he says"),
        ("alludes to it by way of all the sentient systems[^1]", "sentient systems"),
        ("costs 3.5 crowns [^1], she says", "costs 3.5 crowns"),
        ("[^1] At the beginning", ""),
        ("- a\n- b[^1]", "b"),
        ("🧂🧂 salt[^1]", "🧂🧂 salt"),
    ],
)
def test_a_footnote_is_about_the_words_before_its_mark(source, words):
    assert words_of_footnotes(source) == [("1", words)]


def test_adjacent_marks_are_about_the_same_words_and_are_removed():
    assert words_of_footnotes("the sea[^1][^2] rose [^3].") == [
        ("1", "the sea"),
        ("2", "the sea"),
        ("3", "the sea rose"),
    ]
    assert place_marks("the sea [^1], it", "prose", smart=False)[0].text == "the sea, it"


def test_marks_in_code_or_escaped_are_ignored():
    assert marks_in("a\\[^1] `[^2]` ``x` [^3]`` b[^4]")[0].label == "4"


def test_removing_a_footnote_removes_its_marks():
    assert without("a[^1] b[^2] c [^1].", "1") == "a b[^2] c."


@given(st.text(st.sampled_from("ab ,.—”*_\n"), max_size=30), st.integers(0, 30))
def test_words_before_a_place_end_there_without_spaces(text, at):
    start, end = words_before(text, min(at, len(text)))
    assert 0 <= start <= end <= min(at, len(text))
    assert text[start:end] == text[start:end].strip()


@given(
    st.lists(st.sampled_from(["word", "*it*", "“so”", "--", "end.", "`x`", "[a](/b)"]), min_size=1),
    st.booleans(),
    st.data(),
)
def test_marks_do_not_change_the_rest_of_a_passage(words, smart, data):
    words = ["So", *words]
    marked = [word + data.draw(st.sampled_from(["", "[^1]", "[^n]"])) for word in words]
    rendered, placed = place_marks(" ".join(marked), "prose", smart=smart)
    assert rendered == render_passage(" ".join(words), "prose", smart=smart)
    assert len(placed) == " ".join(marked).count("[^")


# Editing the passages


def test_an_empty_line_splits_and_the_first_part_keeps_the_key():
    given = CutPassage("one", "film-line", True, "No.\n\nYes.", 1)
    first, second = recut(given, "markdown")
    assert (first.key, first.kind, first.runs_on) == ("one", "film-line", False)
    assert (second.key, second.kind, second.runs_on) == (None, "film-line", True)
    assert [part.source for part in recut(given, "plain")] == ["No.", "Yes."]


def test_an_emptied_passage_is_removed():
    assert recut(CutPassage(None, "prose", False, " \n", 1), "markdown") == []
    assert recut(CutPassage(None, "prose", False, "", 1), "plain") == []


@pytest.mark.parametrize(
    ("first", "second", "mode", "source"),
    [
        (("prose", "One."), ("prose", "Two."), "markdown", "One. Two."),
        (("prose", "One."), ("prose", "Two."), "plain", "One. Two."),
        (("heading", "One"), ("prose", "Two."), "markdown", "One Two."),
        (("prose", "- a"), ("prose", "Then."), "markdown", "- a\n\nThen."),
        (("figure", "![a](/b)"), ("prose", "Below."), "markdown", "![a](/b)\nBelow."),
    ],
)
def test_a_joined_passage_is_not_split_again(first, second, mode, source):
    one, two = (CutPassage(None, kind, False, words, 1) for kind, words in (first, second))
    merged = joined(one, two, mode)
    assert merged.source == source
    (again,) = recut(CutPassage(None, merged.kind, False, as_written(merged, mode), 1), mode)
    assert (again.source, again.kind) == (source, merged.kind)


@given(
    st.lists(
        st.sampled_from(
            [
                "Words",
                "- item",
                "    deep",
                "# Head",
                "![a](/b)",
                "",
                "",
                "1. first",
                "x[^1]",
                "---",
            ]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_cutting_again_changes_nothing(lines):
    try:
        brought = bring("\n".join(lines), "markdown")
    except (UnreadableText, CuttingError):
        return
    for passage in brought.passages:
        again = recut(
            CutPassage(
                None, passage.kind, passage.runs_on, as_written(passage, "markdown"), passage.line
            ),
            "markdown",
        )
        assert [(one.source, one.kind) for one in again] == [(passage.source, passage.kind)]
