from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.highlight import Mark, highlight, lemma

WORDS = "<p>one two three four</p>"


def gloss(name, start, end, **rest):
    return Mark(name, start, end, f"/glosses/{name}/", "gloss", **rest)


def own(name, start, end, **rest):
    return Mark(name, start, end, f"/notes/{name}/", "own", **rest)


def public(name, start, end):
    return Mark(name, start, end, f"/notes/{name}/", "note")


class Outline(HTMLParser):
    """The text and links that a browser sees in a piece of HTML; checks that tags match."""

    def __init__(self, html):
        super().__init__()
        self.text, self.open, self.links, self.ids = "", [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "a":
            assert "a" not in self.open, "a link in a link"
            self.links.append(attributes["href"])
        self.ids += attributes.get("data-marks", "").split()
        if tag not in {"br", "img", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_a_gloss_is_a_link_around_its_words():
    result = highlight(WORDS, [gloss("12", 4, 7, classes=("theme",))])
    assert result.html == (
        '<p>one <a class="gloss theme" href="/glosses/12/" data-marks="12">two</a> three four</p>'
    )
    assert result.covered == {}


def test_a_nested_gloss_cuts_the_outer_one_into_slices_with_one_link_each():
    result = highlight(WORDS, [gloss("1", 0, 18), gloss("2", 4, 7)])
    assert result.html == (
        '<p><a class="gloss" href="/glosses/1/" data-marks="1">one </a>'
        '<a class="gloss" href="/glosses/2/" data-marks="2 1">two</a>'
        '<span class="gloss" data-marks="1"> three four</span></p>'
    )


def test_of_two_glosses_with_the_same_start_the_shorter_is_linked_first():
    result = highlight(WORDS, [gloss("1", 0, 18), gloss("2", 0, 3)])
    assert Outline(result.html).links == ["/glosses/2/", "/glosses/1/"]


def test_a_gloss_without_a_slice_is_listed_as_covered():
    result = highlight(WORDS, [gloss("1", 4, 7), gloss("2", 4, 7), gloss("3", 4, 7)])
    assert Outline(result.html).links == ["/glosses/1/"]
    assert result.covered == {"1": ("2", "3")}


def test_a_covered_gloss_is_listed_once():
    result = highlight(WORDS, [gloss("1", 0, 3), gloss("2", 3, 7), gloss("3", 0, 7)])
    assert Outline(result.html).links == ["/glosses/1/", "/glosses/2/"]
    assert result.covered == {"1": ("3",)}


def test_a_slice_without_a_link_has_the_classes_of_its_most_specific_gloss():
    html = "<p>one <em>two</em> three</p>"
    result = highlight(html, [gloss("1", 0, 13), gloss("2", 4, 13, classes=("theme",))])
    assert '<span class="gloss theme" data-marks="2 1"> three</span>' in result.html


def test_a_link_is_not_put_on_white_space():
    result = highlight("<p><em>one</em> <em>two</em></p>", [gloss("1", 3, 7)])
    assert result.html == (
        '<p><em>one</em><span class="gloss" data-marks="1"> </span>'
        '<em><a class="gloss" href="/glosses/1/" data-marks="1">two</a></em></p>'
    )


def test_slices_end_at_tags():
    result = highlight("<p>one <em>two</em> three</p>", [gloss("1", 0, 9)])
    assert result.html == (
        '<p><a class="gloss" href="/glosses/1/" data-marks="1">one </a>'
        '<em><span class="gloss" data-marks="1">two</span></em>'
        '<span class="gloss" data-marks="1"> t</span>hree</p>'
    )


def test_a_link_of_the_text_takes_no_link_inside():
    html = '<p>one <a href="/x">two</a> three</p>'
    result = highlight(html, [gloss("1", 4, 13), own("n1", 4, 7)])
    assert Outline(result.html).links == ["/x", "/glosses/1/"]


def test_space_between_blocks_is_not_wrapped():
    html = "<ul><li>one</li>\n<li>two</li></ul>"
    result = highlight(html, [gloss("1", 0, 7)])
    assert "</li>\n<li>" in result.html
    assert Outline(result.html).ids == ["1", "1"]


def test_your_own_highlight_shows_its_colour():
    result = highlight(WORDS, [own("n5", 4, 7, colour="rose")])
    assert result.html == (
        '<p>one <a class="note" href="/notes/n5/" data-marks="n5">'
        '<mark class="mine" data-colour="rose">two</mark></a> three four</p>'
    )


def test_where_a_gloss_and_notes_overlap_the_gloss_is_linked():
    result = highlight(WORDS, [own("n5", 4, 13), gloss("1", 4, 7)])
    assert result.html == (
        '<p>one <a class="gloss" href="/glosses/1/" data-marks="1 n5">'
        '<mark class="mine">two</mark></a>'
        '<a class="note" href="/notes/n5/" data-marks="n5"><mark class="mine"> three</mark></a>'
        " four</p>"
    )


def test_a_slice_of_several_notes_links_to_their_list():
    result = highlight(WORDS, [own("n1", 0, 7), public("n2", 4, 13)], marks_url="/her/one/marks/")
    assert Outline(result.html).links == ["/notes/n1/", "/her/one/marks/4-7/", "/notes/n2/"]
    assert '<mark class="mine"' in result.html
    assert '<mark class="public"' in result.html


def test_a_note_across_tags_is_one_link():
    result = highlight("<p>one <em>two</em> three</p>", [public("n1", 0, 13)])
    assert Outline(result.html).links == ["/notes/n1/"]
    assert Outline(result.html).ids == ["n1", "n1", "n1"]


def test_a_note_without_an_address_is_marked_without_a_link():
    result = highlight(WORDS, [Mark("n1", 0, 3, "", "own")])
    assert result.html.startswith('<p><mark class="mine" data-marks="n1">one</mark>')


def test_offsets_count_code_points_of_the_text_not_of_the_html():
    result = highlight("<p>a &lt; 𝒷 &amp;&nbsp;c</p>", [gloss("1", 4, 5), gloss("2", 6, 7)])
    assert '>𝒷</a> <a class="gloss" href="/glosses/2/" data-marks="2">&amp;</a>' in result.html


def test_marks_are_clipped_to_the_text():
    result = highlight(WORDS, [gloss("1", -4, 3), gloss("2", 14, 999), gloss("3", 7, 7)])
    assert Outline(result.html).links == ["/glosses/1/", "/glosses/2/"]
    assert result.covered == {}


def test_an_address_cannot_leave_its_attribute():
    mark = Mark('1"><script>', 0, 3, '/x" onclick="y', "gloss", classes=('"',))
    outline = Outline(highlight(WORDS, [mark]).html)
    assert outline.links == ['/x" onclick="y']
    assert outline.open == []


PIECES = ["one ", "two, ", "&amp; ", "&lt;b&gt;", "𝒷 é", "<br>\n", "&nbsp;"]
INLINE = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["em", "strong", "cite"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)
LINKED = st.one_of(
    INLINE, st.lists(INLINE, max_size=2).map(lambda p: f'<a href="/x">{"".join(p)}</a>')
)
PAGES = st.lists(st.lists(LINKED, min_size=1, max_size=4), min_size=1, max_size=3).map(
    lambda blocks: "\n".join(f"<p>{''.join(parts)}</p>" for parts in blocks)
)
SPANS = st.tuples(
    st.integers(-2, 45), st.integers(-2, 45), st.sampled_from(["gloss", "note", "own"])
)
MARKS = st.lists(SPANS, max_size=8).map(
    lambda spans: [Mark(f"m{n}", a, b, f"/m{n}/", kind) for n, (a, b, kind) in enumerate(spans)]
)


@given(PAGES, MARKS)
def test_marks_never_change_the_text_and_never_put_a_link_in_a_link(html, marks):
    assert Outline(highlight(html, marks).html).text == Outline(html).text


@given(PAGES, MARKS)
def test_every_gloss_is_linked_once_or_covered_once(html, marks):
    html = html.replace('<a href="/x">', "<q>").replace("</a>", "</q>")
    result = highlight(html, marks)
    outline = Outline(result.html)
    covered = [name for names in result.covered.values() for name in names]
    for mark in marks:
        if mark.kind == "gloss":
            words = outline.text[max(0, mark.start) : max(0, mark.end)].strip()
            places = outline.links.count(mark.href) + covered.count(mark.id)
            assert places == 1 if words else places <= 1
    assert all(outline.links.count(f"/{name}/") == 1 for name in result.covered)


@given(PAGES, MARKS)
def test_every_mark_with_words_is_in_the_page(html, marks):
    outline = Outline(highlight(html, marks).html)
    for mark in marks:
        assert (mark.id in outline.ids) or not outline.text[
            max(0, mark.start) : max(0, mark.end)
        ].strip()


@pytest.mark.parametrize(
    ("exact", "begins"),
    [
        ("the present", "the present"),
        ("the present.", "the present"),
        ("  the\n present ", "the present"),
        (
            "We do not “come into” this world; we come out of it",
            "We do not “come into” this world; we…",
        ),
        ("isolated “egos” inside bags of skin, said Watts", "isolated “egos” inside bags of skin…"),
        ("x" * 50, "x" * 36 + "…"),
        ("…", "…"),
        ("", ""),
    ],
)
def test_a_lemma_is_the_first_words(exact, begins):
    assert lemma(exact) == begins


@given(st.text(), st.integers(1, 50))
def test_a_lemma_is_never_longer_than_its_limit_and_an_ellipsis(exact, limit):
    assert len(lemma(exact, limit)) <= limit + 1
