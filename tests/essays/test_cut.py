import datetime
from inspect import cleandoc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.importing import CutPassage, CuttingError, cut

FRONT = "---\ntitle: Made up\n---\n"


def passages(body, **rest):
    return cut(FRONT + cleandoc(body) + "\n", **rest).passages


def sources(body):
    return [passage.source for passage in passages(body)]


def test_blocks_between_blank_lines_are_passages():
    assert passages(
        """
        One line
        and another. {#one}


        She says:
        {#two-2 .runs-on}

        No, it's okay. {.film-line}
        """
    ) == (
        CutPassage("one", "prose", False, "One line\nand another.", 4),
        CutPassage("two-2", "prose", True, "She says:", 8),
        CutPassage(None, "film-line", False, "No, it's okay.", 11),
    )


def test_front_matter_is_yaml_with_line_numbers():
    document = cut('---\n# notes\ntitle: "Her: so"\ndate: 2014-03-01\nworks: [her]\n---\nText\n')
    assert document.front == {
        "title": "Her: so",
        "date": datetime.date(2014, 3, 1),
        "works": ["her"],
    }
    assert document.front_lines == {"title": 3, "date": 4, "works": 5}
    assert document.passages[0].line == 7


def test_a_line_of_hashes_is_a_heading_by_itself():
    one, two, three = passages("## Part two {#part-two}\nText below it.\n# Last\n")
    assert (one.kind, one.key, one.source) == ("heading", "part-two", "## Part two")
    assert (two.kind, two.source) == ("prose", "Text below it.")
    assert three.kind == "heading"


def test_a_block_that_opens_with_a_picture_is_a_figure():
    one, two, three = passages(
        """
        ![A window](/w.jpg "Dusk"){width=60 height=40} {#window}

        ![A door](/d.jpg)
        Below it.

        Words, then ![a door](/d.jpg)
        """
    )
    assert (one.kind, one.key) == ("figure", "window")
    assert one.source == '![A window](/w.jpg "Dusk"){width=60 height=40}'
    assert (two.kind, three.kind) == ("figure", "prose")


def test_a_list_with_indented_blocks_is_one_passage():
    assert sources("- a\n\n- b\n\n    more of b\n\nAfter") == [
        "- a\n\n- b\n\n    more of b",
        "After",
    ]
    assert sources("1. a\n\n2. b\n\n- c") == ["1. a\n\n2. b", "- c"]


def test_attributes_end_a_list():
    one, two = passages("- a {#aa}\n\n- b {#bb}")
    assert (one.key, two.key) == ("aa", "bb")


def test_a_fence_joins_several_blocks():
    one, two, three = passages(
        """
        Before.
        ::: {#verse .epigraph}

        One

        Two

        :::
        After.
        """
    )
    assert one.source == "Before."
    assert two == CutPassage("verse", "epigraph", False, "One\n\nTwo", 7)
    assert three.source == "After."


def test_attributes_may_stand_inside_a_fence_that_has_none():
    (one,) = passages(":::\nOne\n\nTwo {#two}\n:::")
    assert (one.key, one.source) == ("two", "One\n\nTwo")


@pytest.mark.parametrize(
    "body", ["*Angst*{lang=de}", "He wrote {so}", "in \\{#braces}", "`{#key}`", "a {}", "1966"]
)
def test_other_braces_belong_to_the_text(body):
    assert sources(body) == [body]


def test_crlf_and_a_byte_order_mark_make_no_difference():
    text = FRONT + "One {#one}\n\nTwo\n"
    assert cut("\ufeff" + text.replace("\n", "\r\n")) == cut(text)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "does not open with front matter"),
        ("Only text", 1, "does not open with front matter"),
        ("---\ntitle: x\n", 1, "does not end"),
        ("---\n---\nText", 1, "holds no entries"),
        ("---\n- a\n---\nText", 1, "holds no entries"),
        ("---\ndek: x\n---\nText", 1, "no title"),
        ("---\ndek: x\ntitle: 1984\n---\nText", 3, "no title"),
        ("---\ntitle: x\ndek: Her: so\n---\nText", 3, "not YAML"),
        ("---\ntitle: [x\n---\nText", 2, "not YAML"),
        ("---\ntitle: x\ndate: 2014-13-44\n---\nText", 1, "month"),
        ("---\ntitle: x\x00\n---\nText", 1, "not YAML"),
        ("---\ntitle: x\ndek: &a b\n---\nText", 3, "begins with & needs quotes"),
        ("---\ntitle: x\ndek: *a\n---\nText", 3, "begins with \\* needs quotes"),
        (f"---\ntitle: x\nworks: {'[' * 11}\n---\nText", 3, "more than 10 deep"),
        (f"---\ntitle: x\nworks:\n{'- ' * 11}\n---\nText", 4, "more than 10 deep"),
        (f"---\ntitle: x\ndek: {'a' * 20_000}\n---\nText", 1, "at most 20,000 fit"),
        (f"---\ntitle: x\ndate: {'1:' * 300}1.5\n---\nText", 1, "not YAML"),
        ("---\n!!set {title, x}\n---\nText", 2, "no title"),
        ("---\ntitle: x\ndek: a\ntitle: y\n---\nText", 4, "twice, first on line 2"),
        (FRONT, 3, "no text"),
        (FRONT + "One\n\nTwo {#T}", 6, "“T” cannot be a key"),
        (FRONT + "One {#one-that-is-far-too-long-to-be}", 4, "cannot be a key"),
        (FRONT + "One {#one}\n\nTwo\nlines {#one}", 6, "on line 4 already"),
        (FRONT + "One {#one #two}", 4, "“one” and “two”"),
        (FRONT + "One {#themes}", 4, "names a place"),
        (FRONT + "One\nline\n{.film}", 6, "“.film” means nothing"),
        (FRONT + "One {#one lang=de}", 4, "“lang=de” means nothing"),
        (FRONT + "One {.epigraph .figure}", 4, ".epigraph and .figure"),
        (FRONT + "# One {.epigraph}", 4, "is a heading"),
        (FRONT + "One\n\n{#one}\n\nTwo", 6, "stand alone"),
        (FRONT + "One\n\n:::\nTwo", 6, "never closed"),
        (FRONT + "::: {#one}\nOne\n::: {#two}\nTwo\n:::", 6, "inside the one that line 4 opened"),
        (FRONT + "::: epigraph\nOne\n:::", 4, "not in braces"),
        (FRONT + "::: {.film}\n\nOne\n:::", 4, "“.film” means nothing"),
        (FRONT + ":::\n\n:::", 4, "nothing between"),
        (FRONT + ":::\nOne\n\n## Two\n:::", 7, "heading cannot stand between"),
        (FRONT + "One {#one}\nTwo", 4, "here its text goes on"),
        (FRONT + "{#one}\nOne", 4, "here its text goes on"),
        (FRONT + "::: {#one}\nOne\n\nTwo {#two}\n:::", 7, "here its text goes on"),
    ],
)
def test_a_mistake_names_its_line_and_a_remedy(text, line, says):
    with pytest.raises(CuttingError, match=says) as raised:
        cut(text, reserved={"themes"})
    assert raised.value.line == line
    assert raised.value.remedy.endswith(".")
    assert str(raised.value) == f"Line {line}: {raised.value.message} {raised.value.remedy}"


@given(
    st.lists(
        st.sampled_from(
            [
                *("Words", "- item", "    deep", "## Head", "![a](/b)", ":::", "::: {.epigraph}"),
                *("", "", "{#one}", "End {#two .runs-on}", "{", "> quote", "1. first", "\t"),
            ]
        ),
        max_size=12,
    )
)
def test_no_line_is_lost_or_doubled_and_line_numbers_are_right(lines):
    try:
        document = cut(FRONT + "\n".join(lines))
    except CuttingError as error:
        assert 1 <= error.line <= 3 + len(lines)
        return
    source_lines = [line for passage in document.passages for line in passage.source.split("\n")]
    expected = [line.replace(" {#two .runs-on}", "") for line in lines if line[:3] != ":::"]
    expected = [line for line in expected if line.strip() and line != "{#one}"]
    assert [line.strip() for line in source_lines if line.strip()] == [
        line.strip() for line in expected
    ]
    for passage in document.passages:
        assert lines[passage.line - 4].startswith(passage.source.split("\n")[0].rstrip())
