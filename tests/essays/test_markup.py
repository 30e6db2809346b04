import inspect
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.markup import MarkupError, render_gloss, render_note, render_passage


def passage(source, kind="prose", *, smart=False):
    return render_passage(source, kind, smart=smart)


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.text, self.tags = "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize(
    "source",
    [
        "No, it's okay. It's okay. Isn't that interesting?",
        "“Her” is not about the future - and oftentimes pain -- that…",
        "A.I. in 1966: 3 * 4, snake_case, 50% & more; I <3 it, a < b > c",
        "1966",
        "#1 of its kind",
        "Q&A, AT&T; R&D",
        "two  spaces, a no-break\u00a0space, 𝒳, e\u0301, עברית",
        "[sic] and (so) on [1]",
    ],
)
def test_the_text_of_a_plain_paragraph_is_its_source_to_the_character(source):
    assert passage(source).text == source


def test_a_paragraph_is_one_block():
    assert passage("Plain *words*.\n").html == "<p>Plain <em>words</em>.</p>"


def test_smart_typography_is_optional():
    assert passage('It\'s "so" -- ...').text == 'It\'s "so" -- ...'
    assert passage('It\'s "so" -- ...', smart=True).text == "It’s “so” – …"


def test_entities_are_the_characters_they_stand_for():
    assert passage("&mdash; &#8212; &lt;b&gt; \\*").text == "— — <b> *"


def test_the_texts_of_two_blocks_are_separate_lines():
    assert passage("The end.\n\nNext.").text == "The end.\nNext."
    assert passage("> One.\n\nTwo.").text == "One.\nTwo."
    assert passage("- a\n- b\n    - c\n- d").text == "a\nb\nc\nd"
    assert passage("<ul><li>a </li><li>\n b</li>\n</ul>").text == "a\nb"
    assert passage("line one  \nline two").text == "line one\nline two"


def test_all_line_ends_are_equivalent():
    assert passage("a\r\nb\r\n\r\nc\rd") == passage("a\nb\n\nc\nd")


def test_a_heading_has_no_block_markup():
    assert passage("## 1966. The *year*", "heading").html == "1966. The <em>year</em>"
    assert passage("> - Two\nlines", "heading").html == "&gt; - Two lines"


def test_a_figure_is_a_picture_and_its_words():
    figure = passage('![A window](/media/w.jpg "Dusk"){width=60}\n\nBelow it', "figure")
    assert Page(figure.html).tags == [
        ("p", {}),
        ("img", {"src": "/media/w.jpg", "alt": "A window", "title": "Dusk", "width": "60"}),
        ("p", {}),
    ]
    assert figure.text == "Below it"
    assert passage("![A window](/w.jpg)", "figure").text == ""


@pytest.mark.parametrize(
    ("source", "kind", "says"),
    [
        ("![](/w.jpg)", "figure", "Say what the picture shows"),
        ("![A window](https://else.example/w.jpg)", "figure", "on this site"),
        ("![A window](//else.example/w.jpg)", "figure", "on this site"),
        ("![A window](data:image/png;base64,AAAA)", "figure", "on this site"),
        ("only words", "figure", "one picture"),
        ("![a](/w.jpg) ![b](/w.jpg)", "figure", "one picture"),
        ("words ![a](/w.jpg)", "prose", "kind “figure”"),
        ('<img src="/w.jpg" alt="a">', "epigraph", "kind “figure”"),
        ("", "prose", "no words"),
        ("<!-- note -->", "prose", "no words"),
        ("  \n ", "heading", "no words"),
        ("one two\x00three", "prose", "after “one two”"),
        ("\ud800", "prose", "at its beginning"),
        ("one \ufffe", "prose", "after “one”"),
        ("one &#129; two", "prose", "after “one”"),
        ("[" * 101, "prose", "square brackets"),
        ("> " * 900, "prose", "too deep"),
        ("x" * 20_001, "prose", "20,001 characters"),
    ],
)
def test_an_invalid_passage_is_refused_with_a_message(source, kind, says):
    with pytest.raises(MarkupError, match=says):
        passage(source, kind)


@pytest.mark.parametrize(
    "target",
    [
        "//else.example/",
        "/\\else.example/",
        "/&#x2f;else.example/",
        "\\\\else.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#10;script:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "https:else.example",
        "https://",
        "https://good.example@else.example/",
        "page.html",
        "?q",
        "",
    ],
)
@pytest.mark.parametrize("render", [passage, render_gloss, render_note])
def test_a_link_with_an_unsafe_target_becomes_plain_text(render, target):
    for source in (f"[words]({target})", f"[words](<{target}>)", f'<a href="{target}">words</a>'):
        rendered = render(source)
        assert "a" not in [tag for tag, _ in Page(rendered.html).tags]
        assert "words" in rendered.text


@pytest.mark.parametrize(
    "target",
    [
        *("https://a.example/b?c=d&e#f", "http://a.example", "mailto:a@b.example"),
        *("/her/one/", "/", "#one", "#"),
    ],
)
def test_a_link_with_a_safe_target_is_kept(target):
    expected = ("a", {"href": target})
    assert expected in Page(passage(f"[words]({target})").html).tags
    assert expected in Page(render_gloss(f"[words]({target})").html).tags


@pytest.mark.parametrize("source", ["a [](/x) b", "a [*&nbsp;*](/x) b", "a <a href='/x'> </a>b"])
def test_a_link_without_text_is_removed(source):
    assert "a" not in [tag for tag, _ in Page(passage(source).html).tags]


def test_links_in_notes_are_nofollow():
    assert Page(render_note("[x](https://a.example/)").html).tags[1] == (
        "a",
        {"href": "https://a.example/", "rel": "nofollow ugc noopener"},
    )


def test_unsafe_html_is_removed_from_a_passage():
    rendered = passage(
        'a <b onclick="x()" style="color:red" class="c" id="i">bold</b> <script>no()</script>'
        '<iframe src="/x"></iframe><input name="a"><svg/onload=x()> z'
    )
    assert Page(rendered.html).tags == [("p", {}), ("b", {})]
    assert rendered.text == "a bold no() z"


def test_a_gloss_is_one_paragraph():
    assert (
        render_gloss(" 1966. His *book*,\nnot ours. \n").html
        == "1966. His <em>book</em>, not ours."
    )
    with pytest.raises(MarkupError, match="one paragraph"):
        render_gloss("One.\n \nTwo.")
    with pytest.raises(MarkupError, match="no words"):
        render_gloss(" ")


def test_a_note_has_emphasis_lists_and_quotes_and_keeps_its_lines():
    assert render_note("*a* **b**\nc").html == "<p><em>a</em> <strong>b</strong><br>\nc</p>"
    assert render_note("- a\n- b").html == "<ul><li>a</li>\n<li>b</li></ul>"
    assert render_note("> so").html == "<blockquote><p>so</p></blockquote>"
    assert render_note('It\'s "so"').text == "It’s “so”"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# one", "# one"),
        ("a <script>x()</script> b", "a <script>x()</script> b"),
        ("<b>x</b> &amp;", "<b>x</b> &"),
        ("`x`", "`x`"),
        ("**so**\n\n    x", "so\nx"),
        ("![a](/x.png)", "![a](/x.png)"),
        ("*****", "*****"),
    ],
)
def test_unsupported_markup_in_a_note_is_shown_as_typed(source, text):
    assert render_note(source).text == text
    assert "img" not in [tag for tag, _ in Page(render_note(source).html).tags]


@pytest.mark.parametrize(
    "mark",
    [
        *("[", "[a", "![]()", "[](", "[a](", "*[A]: b\n", "# a\n", "```\n", "a\n---\n", "<a "),
        *("<![CDATA[", "<!--", "&", "*a ", "**a ", "***a ", "*a **b ", "_a ", "- ", "> ", "1. "),
        *("- a\n", "- a\n\n", "a\n\n", "> - a\n", "    - a\n", '"', "'", "-", "\\*", "`", "``a`"),
        *("http://a ", "<http://", "<a@b", "{: a", "[a]: b\n", "[a](<", "- " * 7 + "\n"),
    ],
)
def test_a_note_with_too_many_marks_is_refused(mark):
    for source in ((mark * 5_000)[:5_000], mark * 100, "x " * 1_000 + mark * 50):
        try:
            render_note(source)
        except MarkupError as error:
            assert str(error).endswith(".")
            continue
        assert source.count("[") <= 100
        assert source.count("\n") <= 500
        assert source.count("*") + source.count("_") <= 300
        assert source.count("`") <= 200
        assert source.count("<") <= 200
        assert source.count("\\") <= 300
        assert not re.search(r"^(?:[-+*>][ ]+){5}", source, re.MULTILINE)


OPEN_OR_MANY = {
    "[" * 9 + "a": "8 square brackets stand open at once",
    "![a](" + "[" * 9: "8 square brackets stand open at once",
    "<b " * 41: "40 “<” signs stand open at once",
    "a--" * 800 + "'" * 701: "1,500 quotes, apostrophes, “--” and “...” are too many",
    "&" * 1_001: "1,000 “&” signs are too many",
    "&#" + "1" * 5_000 + ";": "“&#11111111…” stands for no character",
}


@pytest.mark.parametrize("source", OPEN_OR_MANY, ids=range(len(OPEN_OR_MANY)))
def test_a_text_that_would_be_slow_to_parse_is_refused(source):
    with pytest.raises(MarkupError, match=re.escape(OPEN_OR_MANY[source])):
        passage(source + " a" * 1_000)


@pytest.mark.parametrize(
    "source", ["[a](/b) " * 50, "[" * 8 + "]" * 8, "\\[" * 20, "<b>a</b> " * 50]
)
def test_brackets_that_are_closed_or_escaped_may_be_many(source):
    assert passage(source).text


def test_a_link_that_is_not_closed_within_2500_characters_is_shown_as_typed():
    for length, links in [(2_400, 1), (2_600, 0)]:
        source = f"[a](/{'b' * length})"
        assert passage(source).html.count("<a ") == links
        assert (passage(source).text == source) == (not links)


def test_a_recursion_error_becomes_a_clear_message():
    def at_depth(frames):
        return at_depth(frames - 1) if frames else passage("*One*\n\n> two")

    messages = set()
    for spare in range(12, 40):
        try:
            at_depth(sys.getrecursionlimit() - len(inspect.stack(0)) - spare)
        except MarkupError as error:
            messages.add(str(error))
        except RecursionError:
            continue
    assert messages == {"This is nested too deep to show. Use fewer levels."}


def test_rendering_is_thread_safe():
    sources = [f"Words *{n}* [{n}](/{n}/)" for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        rendered = list(pool.map(render_note, sources))
    assert rendered == [render_note(source) for source in sources]


BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre", "hr"}
INLINE = {"em", "strong", "a", "b", "br", "code"}
SOURCES = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                *(
                    "*",
                    "**",
                    "_",
                    "[a](/b)",
                    "[",
                    "](",
                    "<b>",
                    "</b>",
                    "<p>",
                    "<ul><li>",
                    "<pre>\n",
                ),
                *(
                    "\n",
                    "\n\n",
                    "    ",
                    "- ",
                    "1. ",
                    "> ",
                    "# ",
                    "&amp;",
                    "&nbsp;",
                    "&#13;",
                    "<br>",
                ),
                *("`", '"', "'", "{: .a }", "<a href='/'>", "</a>", "<!--", "<![CDATA[", "\\"),
            ]
        ),
    ),
    max_size=12,
).map("".join)


@given(SOURCES, st.sampled_from(["prose", "heading", "epigraph", "gloss", "note"]), st.booleans())
def test_the_text_is_what_a_browser_reads_and_every_tag_is_an_allowed_one(source, kind, smart):
    try:
        if kind == "gloss":
            rendered = render_gloss(source)
        elif kind == "note":
            rendered = render_note(source)
        else:
            rendered = passage(source, kind, smart=smart)
    except MarkupError:
        return
    page = Page(rendered.html)
    assert unescape(nh3.clean(rendered.html, tags=set())) == page.text == rendered.text
    assert "\r" not in rendered.html
    assert {tag for tag, _ in page.tags} <= BLOCKS | INLINE
    assert kind not in {"heading", "gloss"} or not BLOCKS & {tag for tag, _ in page.tags}
    assert {name for _, attributes in page.tags for name in attributes} <= {"href", "rel"}
