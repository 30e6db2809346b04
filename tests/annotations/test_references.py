import pytest

from annotations.text.references import linked, numbers_in

ADDRESSES = {"7": "/her/#a-choice"}
SEVEN = '<a href="/her/#a-choice">#7</a>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>See #7.</p>", f"<p>See {SEVEN}.</p>"),
        ("<p>#7, #7</p>", f"<p>{SEVEN}, {SEVEN}</p>"),
        ("<p>a &amp; <em>#7</em> &lt;b&gt;</p>", f"<p>a &amp; <em>{SEVEN}</em> &lt;b&gt;</p>"),
        ("<p>#8 has no address</p>", "<p>#8 has no address</p>"),
    ],
)
def test_a_number_with_an_address_is_a_link(html, expected):
    assert linked(html, ADDRESSES) == expected


@pytest.mark.parametrize("words", ["a#7", "##7", "#7th", "#07", "#", "/#7", "# 7", "#123456"])
def test_other_uses_of_the_number_sign_are_not_references(words):
    html = f"<p>{words}</p>"
    assert numbers_in(html) == set()
    assert linked(html, {"7": "/x", "07": "/x", "123456": "/x"}) == html


def test_no_link_is_put_inside_a_link():
    html = '<p><a href="https://example.org/">#7</a></p>'
    assert numbers_in(html) == set()
    assert linked(html, ADDRESSES) == html


def test_an_address_cannot_break_out_of_its_attribute():
    assert '"><b>' not in linked("<p>#7</p>", {"7": '"><b>'})
