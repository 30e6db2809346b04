import json
import re
import subprocess
import sys
from html import unescape
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from annotations import revising
from annotations.models import GlossLink, Quotation, SearchEntry, Theme
from annotations.revising import Draft
from annotations.search import Query, matching, reindex
from edition.pages.search_results import PASSAGE_RELATED, QUOTATION_RELATED
from edition.pages.veil import behind_veil, veil_over
from essays.models import Essay, Passage, Work
from tests import cast, dom, postgres, written_notes
from tests.server import ROOT, environment

SCRIPT = "<script>alert(1)</script>"
STRANGE = [
    "Un café naïve à Zürich, 1e5 0x1f 3d v1.2 user@example.org/path and/or well-known",
    f"`{SCRIPT} & co` किताब पढ़ना, 日本語の本, שָׁלוֹם עולם, e\u0301clair, ½ cup, \ue000private\ue001",
    "The cat’s pyjamas isn't theirs; CATS sat, don’t they. " + "filler words here. " * 40 + "Omega",
]


def write(slug: str, texts, **fields) -> Essay:
    """A published essay with these passages."""
    essay = Essay.objects.create(slug=slug, **{"title": slug, "status": "published", **fields})
    revising.revise(essay, [Draft(text, "prose") for text in texts])
    return essay


def ask(client, asked: str, **parameters) -> str:
    response = client.get("/search/", {"q": asked, **parameters})
    assert response.status_code == 200
    return dom.flat(response.text)


def hits(html: str) -> list[str]:
    """The URLs of the results, in order."""
    return re.findall(r'<li[^>]*>\s*(?:<h3>)?<a href="([^"]+)"', main(html))


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def lit(html: str) -> list[str]:
    return [unescape(words) for words in re.findall(r"<mark>(.*?)</mark>", html)]


@pytest.fixture
def her(db):
    return cast.her()


@pytest.fixture
def strange(db):
    return write("strange", STRANGE)


def test_a_passage_is_found_by_its_words_with_its_number_and_its_place(client, her):
    html = ask(client, "best picture oscars")
    assert hits(html) == ["/her/#opening"]
    assert lit(html) == ["Best Picture", "Oscars"]
    assert '<b><span class="sr">Passage </span>1</b>' in html
    assert "Found: 1 passage." in html


def test_all_words_have_to_be_there(client, her):
    assert hits(ask(client, "oscars costanza")) == []


def test_an_essay_is_found_by_its_title_its_dek_its_works_and_who_made_them(client, db):
    cast.second()
    for asked in ("weighing light", "accounts keeping salt", "vestby", "1978", "aldow"):
        assert "/salt-ledger/" in hits(ask(client, asked)), asked


def test_a_theme_is_found_by_its_name_and_by_its_definition(client, her):
    theme = Theme.objects.get(slug="programming")
    for asked in (theme.name, theme.definition):
        assert theme.get_absolute_url() in hits(ask(client, asked))


def test_a_quotation_is_found_by_its_speaker_and_by_its_words(client, her):
    place = Quotation.objects.get(slug="costanza-on-going-in").get_absolute_url()
    assert place in hits(ask(client, "Frank Costanza"))
    assert place in hits(ask(client, "“like to go in fresh”"))


SAME_WORDS = [
    ("isn’t", "isn't"),
    ("isn't", "isn't"),
    ("don't", "don’t"),
    ("cafe", "café"),
    ("CAFÉ", "café"),
    ("zurich", "Zürich"),
    ("eclair", "e\u0301clair"),
    ("cat", "cat’s"),
    ("cat's", "cat’s"),
    ("filler word", "filler words"),
    ("שלום", "שָׁלוֹם"),
    ("日本", "日本"),
    ("किताब", "किताब"),
    ("well known", "well-known"),
    ("user@example.org", "user@example.org"),
    ("script alert", "script>alert"),
]


def test_case_accents_endings_and_typography_make_no_difference(client, strange):
    for asked, found in SAME_WORDS:
        html = ask(client, asked)
        assert len(hits(html)) == 1, asked
        assert lit(html) and found in unescape(re.sub("</?mark>", "", html)), asked


def test_words_in_quotation_marks_stand_side_by_side(client, her):
    assert hits(ask(client, "past story")) == ["/quotations/1/", "/her/#a-story"]
    assert hits(ask(client, '"story past"')) == []
    assert lit(ask(client, "“just a story”"))[-1] == "just a story"


def test_words_that_are_met_nowhere_count_as_beginnings(client, her):
    html = ask(client, "costan")
    assert "these have" not in html and "words that begin so" in html
    assert lit(html) == ["Costanza", "Costanza"]
    assert "begin so" not in ask(client, "costanza")


def test_results_behind_a_veil_follow_it_and_nothing_else_tells_of_them(client, her):
    html = ask(client, "Samantha consciousness")
    page, head = main(html), html[: html.index("</head>")]
    assert "/her/#the-present" in hits(html)
    assert page.index("a reflection of what it is") > page.index('class="veil"')
    for words in ("piece of software", "the-present", "a reflection of"):
        assert words not in page[: page.index('class="veil"')]
        assert words not in head
    assert '<meta name="description"' not in head


def test_free_results_come_first_and_a_veil_before_the_others(client, her):
    passages = main(ask(client, "her")).split("<h2>Passages</h2>")[1]
    free, veiled = passages.split("<h2>Past the spoilers</h2>")
    assert hits(f"<main{free}</main>") == ["/her/#opening"]
    numbers = re.findall(r"Passage </span>(\d+)", veiled)
    assert numbers == sorted(numbers, key=int) and "4" in numbers
    assert veiled.index('class="veil"') < veiled.index('class="veiled"')


def test_a_quotation_that_stands_behind_a_veil_is_veiled(client, her):
    html = ask(client, "temporary visitors")
    assert "<h2>Quotations</h2>" not in html
    watts = Quotation.objects.get(slug="watts-on-the-universe").get_absolute_url()
    assert hits(html) == [watts, "/her/#excerpt"]
    assert html.index('class="veiled"') < html.index(watts)


# With the veils closed a page says the same whatever is behind them


def outside(html: str, asked: str) -> list:
    """A page without what is behind a veil and without the words that were typed."""
    typed = rf'(value="|<bdi>|<title>Search: |\?q=){asked}(?=["<& ])'
    return list(_outside(dom.parse(re.sub(typed, r"\1", html))))


def _outside(element: dom.Element):
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif "veiled" not in child.classes:
            yield (child.name, child.attributes)
            yield from _outside(child)


def behind(html: str) -> list[str]:
    """What each veil hides."""
    return [" ".join(one.text.split()) for one in dom.parse(html).all(".veiled")]


def hidden_entries():
    """The index entries of both essays, which both have a veil."""
    entries = SearchEntry.objects.select_related(*PASSAGE_RELATED, *QUOTATION_RELATED)
    return [
        entry
        for entry in entries
        if (passage := entry.passage or (entry.quotation and entry.quotation.passage))
        and veil_over(passage)
    ]


def words_behind_veils() -> list[str]:
    """Words that are not a prefix of any free word."""
    hidden = hidden_entries()
    rest = SearchEntry.objects.exclude(pk__in=[entry.pk for entry in hidden])
    free = " ".join(f"{entry.title} {entry.text}" for entry in rest).split()
    texts = [entry.passage.text for entry in hidden if entry.passage]
    words = {word for text in texts for word in re.findall(r"\b[a-z]+\b", text)}
    return sorted(
        word for word in words if not any(one.startswith(Query.of(word).runs[0]) for one in free)
    )


def test_a_word_that_is_only_behind_a_veil_is_answered_as_one_that_is_nowhere(client, her):
    cast.second()
    nowhere = ask(client, "quagga")
    assert behind(nowhere) == ["Nothing behind it has all of that."] * 2
    words = words_behind_veils()
    assert len(words) > 200 and {"lonely", "lamp"} <= set(words)
    for word in ["lonely", "lamp", *words[::12]]:
        html = ask(client, word)
        assert outside(html, word) == outside(nowhere, "quagga"), word
        assert behind(html) != behind(nowhere), word


def test_what_is_free_is_answered_alike_whatever_is_behind_a_veil(client, her):
    cast.second()
    words = ("her", "story", "choice", "experien", "reflec", "frank", "salt", "the")
    before = {word: ask(client, word) for word in words}
    SearchEntry.objects.filter(pk__in=[entry.pk for entry in hidden_entries()]).delete()
    for word in words:
        html = ask(client, word)
        assert outside(html, word) == outside(before[word], word)
        assert behind(html) == ["Nothing behind it has all of that."] * 2


def veiled_essay(free: int, hidden: int, name: str = "long") -> Essay:
    essay = write(name, [f"A zebra, the {n}th of them." for n in range(1, free + hidden + 1)])
    work = Work.objects.create(slug=f"film-of-{name}", title="Film")
    Essay.objects.filter(pk=essay.pk).update(
        veil_work=work, veil_after=essay.passages.get(number=free)
    )
    return essay


def test_what_is_behind_a_veil_makes_no_more_pages(client, db):
    veiled_essay(20, 55)
    html = ask(client, "zebra")
    assert "Found: 20 passages." in html and 'href="?q=zebra&amp;page=2"' not in html
    assert client.get("/search/", {"q": "zebra", "page": 2}).status_code == 404
    [said] = behind(html)
    assert said.startswith("Found behind it: 55 places.")
    assert said.endswith("These are the 50 that fit best. Add a word to find others.")
    assert len(hits(html)) == 20 + 50


def test_veils_stand_on_the_first_page_and_share_the_room_behind_them(client, db):
    for name in ("one", "two"):
        veiled_essay(11, 30, name)
    assert [len(re.findall("zebra", said)) for said in behind(ask(client, "zebra"))] == [25, 25]
    assert behind(ask(client, "zebra", page=2)) == []


def test_beginnings_of_words_are_tried_on_each_side_of_a_veil_by_itself(client, db):
    essay = veiled_essay(1, 1)
    free, hidden = essay.passages.current()
    revising.edit(free, "A zebrafish.")
    html = ask(client, "zebra")
    assert "Nothing that is free to read has exactly these words; this has" in html
    assert behind(html)[0].startswith("Found behind it: 1 place.")
    revising.edit(free, "A zebra.")
    revising.edit(hidden, "A zebrafish.")
    html = ask(client, "zebra")
    assert "Found: 1 passage." in html
    assert behind(html)[0].startswith("Nothing behind it has exactly these words; this has")


def test_only_published_essays_have_their_veils_there(client, her):
    said = Quotation.objects.get(slug="watts-on-the-universe")
    gloss = cast.second().glosses.first()
    GlossLink.objects.create(gloss=gloss, quotation=said, relation="echo", reason="Leaves.")
    Essay.objects.filter(pk=her.pk).update(status="draft")
    html = ask(client, "temporary visitors")
    assert hits(html) == []
    assert behind(html) == ["Nothing behind it has all of that."]
    assert 'data-work="her"' not in html


def test_without_a_veil_nothing_is_said_of_any(client, strange):
    html = ask(client, "quagga")
    assert "Nothing here has all of that: <bdi>quagga</bdi>." in html
    assert "spoilers" not in main(html).lower()


def test_the_search_and_the_pages_agree_on_what_a_veil_hides(her):
    cast.second()
    after, _ = her.veil_after, her.veil_work
    states = [{}, {"veil_work": None}, {"veil_after": None}, {"veil_after": after}]
    seen = set()
    for number, state in enumerate(states):
        Essay.objects.filter(pk=her.pk).update(**state)
        if number == 3:
            Essay.objects.filter(pk=her.pk).update(veil_work=Work.objects.first())
            Passage.objects.filter(pk=after.pk).update(number=None)
        entries = SearchEntry.objects.filter(passage__essay=her).select_related(*PASSAGE_RELATED)
        hidden = set(entries.filter(behind_veil("passage")).values_list("pk", flat=True))
        assert hidden == {entry.pk for entry in entries if veil_over(entry.passage)}, state
        seen.add(len(hidden))
    assert seen == {0, 12, 15}


def test_a_draft_is_not_found_nor_what_only_it_shows(client, her):
    Essay.objects.update(status="draft")
    for asked in ("future", "samantha", "costanza", "consciousness", "programming"):
        assert "Nothing here has" in ask(client, asked)


def test_what_an_edit_wrote_is_found_and_what_it_took_away_is_not(client, her):
    revising.edit(her.passages.get(key="opening"), "Whatever a zebra sees.")
    assert hits(ask(client, "zebra")) == ["/her/#opening"]
    assert hits(ask(client, "oscars")) == []


def test_a_retired_passage_is_not_found(client, her):
    revising.retire(her.passages.get(key="opening"))
    assert hits(ask(client, "oscars")) == []
    assert not SearchEntry.objects.filter(passage__number=None, passage__isnull=False).exists()


def test_a_failed_edit_leaves_the_index_as_it_was(client, her):
    with pytest.raises(revising.RevisingError):
        revising.merge(her.passages.get(key="opening"), her.passages.get(key="opening"))
    assert hits(ask(client, "oscars")) == ["/her/#opening"]


def test_a_theme_or_work_that_changes_its_name_is_found_by_the_new_one(client, her):
    theme = Theme.objects.get(slug="programming")
    theme.name = "Zebras"
    theme.save()
    work = Work.objects.get(slug="seinfeld")
    work.title = "Quagga"
    work.save()
    reindex(works=[work], themes=[theme])
    assert theme.get_absolute_url() in hits(ask(client, "zebra"))
    assert len(hits(ask(client, "quagga"))) == 1


def test_a_quotation_that_no_essay_shows_is_not_found(client, her):
    work = Work.objects.get(slug="her")
    reindex(
        quotations=[Quotation.objects.create(slug="z", text="A zebra in the attic.", work=work)]
    )
    assert matching(Query.of("zebra")).count() == 1
    assert hits(ask(client, "zebra")) == []


def test_a_quotation_is_found_no_more_once_its_passage_is_retired(client, strange):
    work = Work.objects.create(slug="attic", title="Attic")
    passage = strange.passages.get(number=1)
    said = Quotation.objects.create(slug="z", text="Un café naïve", work=work, passage=passage)
    reindex(strange)
    assert said.get_absolute_url() in hits(ask(client, "naive"))
    revising.retire(passage)
    assert matching(Query.of("naive")).count() == 1
    assert hits(ask(client, "naive")) == []


def test_a_quotation_that_is_only_cited_is_found(client, her):
    work = Work.objects.get(slug="her")
    said = Quotation.objects.create(slug="z", text="A zebra in the attic.", work=work)
    gloss = her.glosses.first()
    GlossLink.objects.create(gloss=gloss, quotation=said, relation="echo", reason="Stripes.")
    reindex(her)
    assert hits(ask(client, "zebra")) == [said.get_absolute_url()]


def test_an_essay_that_is_deleted_leaves_the_index(db):
    essay = Essay.objects.create(slug="empty", title="A zebra", status="published")
    reindex(essay)
    assert matching(Query.of("zebra")).count() == 1
    essay.delete()
    assert matching(Query.of("zebra")).count() == 0


def test_the_command_writes_the_whole_index_anew(client, her, capsys):
    before = set(SearchEntry.objects.values_list("title", "text"))
    SearchEntry.objects.filter(passage__isnull=False).delete()
    SearchEntry.objects.filter(theme__isnull=False).update(title="zebra")
    call_command("index")
    assert "27 entries" in capsys.readouterr().out
    assert set(SearchEntry.objects.values_list("title", "text")) == before
    assert hits(ask(client, "oscars")) == ["/her/#opening"]
    assert hits(ask(client, "zebra")) == []


@pytest.fixture
def long_essay(db):
    return write("long", [f"A zebra, the {n}th of them." for n in range(1, 46)])


def test_passages_come_twenty_a_page(client, long_essay):
    places = [hits(ask(client, "zebra", page=page)) for page in (1, 2, 3)]
    assert [len(page) for page in places] == [20, 20, 5]
    assert len({place for page in places for place in page}) == 45
    assert 'href="?q=zebra&amp;page=2"' in ask(client, "zebra")
    assert "Found: 45 passages." in ask(client, "zebra", page=3)


def test_only_the_first_page_lists_what_is_not_a_passage(client, long_essay):
    Essay.objects.update(title="Zebras")
    reindex(long_essay)
    assert "<h2>Essays</h2>" in ask(client, "zebra")
    assert "<h2>Essays</h2>" not in ask(client, "zebra", page=2)


def test_more_essays_than_fit_are_owned_up_to(client, db):
    for n in range(21):
        write(f"essay-{n}", ["Words."], title=f"Zebra {n}")
    html = ask(client, "zebra")
    assert len(hits(html)) == 20
    assert "Found: 21 essays." in html and "These are the 20 that fit best." in html


@pytest.mark.parametrize("page", ["4", "0", "-1", "x", "", "1e3", "9" * 5000, "\0", "½"])
def test_a_page_that_is_not_there_says_so_and_leads_to_the_first(client, long_essay, page):
    response = client.get("/search/", {"q": "zebra", "page": page})
    assert response.status_code == 404
    assert "There is no such page" in response.text
    assert 'href="?q=zebra"' in response.text


def test_a_search_costs_the_same_however_much_it_finds(
    client, long_essay, her, django_assert_max_num_queries
):
    for asked in ("zebra", "the", "oscars"):
        with django_assert_max_num_queries(16):
            ask(client, asked)


@pytest.mark.parametrize("asked", ["", "   ", "\n"])
def test_with_nothing_asked_there_is_a_form_and_a_line_of_help(client, db, asked):
    html = ask(client, asked)
    assert 'name="q" value=""' in html and "looks through the essays" in html
    assert "<title>Search · " in html


@pytest.mark.parametrize("asked", ["😀", "*", "“”", '"', "---", "()", "_"])
def test_what_holds_no_word_is_told_so(client, db, asked):
    assert "There is no word in that." in ask(client, asked)


def test_nothing_found_says_what_to_do_next(client, her):
    html = main(ask(client, "quagga"))
    assert "Nothing that is free to read has all of that: <bdi>quagga</bdi>. Try fewer" in html
    assert 'href="/themes/"' in html


HOSTILE = [
    "'",
    'she" OR "1',
    "oscars*",
    "NEAR(oscars picture)",
    "-oscars",
    "title:oscars",
    "{title text}: oscars",
    "oscars AND",
    "^oscars",
    "oscars & | ! <-> :*",
    "'; DROP TABLE essays_essay; --",
    "%s %(q)s {} {0}",
    "\u202eoscars\u202c",
    "مرحبا بالعالم",
    "oscars 😀",
    "\ue000oscars\ue001",
    "\ufffe\uffff oscars",
    "a " * 100,
    "x" * 200,
]


def test_nothing_typed_is_an_operator_or_breaks_the_search(client, her):
    found = {asked: hits(ask(client, asked)) for asked in HOSTILE}
    assert {asked for asked in HOSTILE if found[asked] == ["/her/#opening"]} == {
        *("oscars*", "-oscars", "oscars AND", "^oscars", "oscars & | ! <-> :*"),
        *("\u202eoscars\u202c", "oscars 😀", "\ue000oscars\ue001", "\ufffe\uffff oscars"),
    }
    assert Essay.objects.count() == 1


def test_what_was_typed_and_what_was_found_are_escaped(client, strange):
    asked = f'alert "{SCRIPT}"'
    html = ask(client, asked)
    assert hits(html) and "<script>alert" not in html
    assert "&lt;<mark>script" in html
    assert "<title>Search: alert &quot;&lt;script&gt;" in html
    assert "<script>alert" not in ask(client, f"quagga {SCRIPT}")


def test_private_characters_in_a_text_are_no_marks(client, strange):
    html = ask(client, "private")
    assert lit(html) == ["private"] and "\ue000<mark>" in html


@pytest.mark.parametrize(
    ("asked", "said"), [("x" * 201, "at most 200 characters"), ("os\0cars", "Type the words again")]
)
def test_what_cannot_be_asked_is_refused_and_stays_in_the_form(client, db, asked, said):
    response = client.get("/search/", {"q": asked})
    assert response.status_code == 400
    assert said in response.text
    assert f'value="{asked.replace("\0", "")}"' in response.text
    assert 'aria-describedby="q-error"' in response.text


def test_bytes_that_are_no_text_do_no_harm(client, her):
    for raw in ("%ED%A0%80oscars", "%FFoscars", "oscars%ED%BF%BF", "%oscars"):
        response = client.get(f"/search/?q={raw}")
        assert response.status_code == 200
        assert hits(response.text) == ["/her/#opening"]


def test_unknown_parameters_are_ignored_and_the_last_q_counts(client, her):
    html = client.get("/search/?q=zebra&x=1&q=oscars&page=1&kind=%00").text
    assert hits(html) == ["/her/#opening"]


def test_a_search_is_not_for_other_search_engines_and_starts_no_session(client, her):
    response = client.get("/search/", {"q": "oscars"})
    assert '<meta name="robots" content="noindex">' in response.text
    assert not response.cookies


def test_a_search_only_reads(client, db):
    assert client.head("/search/?q=oscars").status_code == 200
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)("/search/").status_code == 405


def test_a_long_text_is_cut_between_words_around_what_was_asked(strange):
    text = strange.passages.get(number=3).text
    [before, start, found] = Query.of("omega").excerpt(text)
    assert (before.text, found.text, found.lit) == ("…", "Omega", True)
    assert f" {start.text}Omega" in text and 250 < len(start.text) < 330
    [*_, last, after] = Query.of("pyjamas").excerpt(text)
    assert after.text == "…" and f"{last.text} " in text


TEXTS = st.text("ab é'’\"-日\u0301\ue000<", max_size=700)


@given(TEXTS, TEXTS)
def test_a_lit_text_is_the_text_and_what_is_lit_was_asked(text, asked):
    query = Query.of(asked)
    assert "".join(piece.text for piece in query.light(text)) == text
    excerpt = "".join(piece.text for piece in query.excerpt(text))
    assert excerpt.removeprefix("…").removesuffix("…") in text
    known = {stem for run in query.runs for stem in run}
    for piece in query.light(text):
        if piece.lit:
            assert {stem for run in Query.of(piece.text).runs for stem in run} <= known


@given(TEXTS.filter(lambda text: Query.of(text).runs))
def test_a_text_is_lit_from_end_to_end_by_its_own_words(text):
    spans = Query.of(text).spans(text)
    assert spans
    assert spans == sorted(spans)


ON_THE_OTHER_DATABASE = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from tests.edition import test_search
call_command("migrate", verbosity=0)
print(json.dumps(test_search.everything_found()))
call_command("migrate", "annotations", "0001", verbosity=0)
call_command("migrate", verbosity=0)
"""


def everything_found() -> dict[str, list]:
    """The results in three essays for every word of two of them and every hostile line."""
    client = Client(headers={"host": "localhost"})
    cast.her()
    cast.second()
    write("strange", STRANGE)
    revising.retire(Passage.objects.get(key="opening"))
    for key in ("fresh", "a-choice"):
        written_notes.note(
            written_notes.guest(), "A *zebra* café, naïve and well-known.", key=key, public=True
        )
    texts = Passage.objects.exclude(essay__slug="her").values_list("text", flat=True)
    words = {word for text in texts for word in text.split()}
    found = {}
    for asked in [*sorted(words), *HOSTILE, "costan", "“story we tell”", "Frank Costanza"]:
        html = client.get(f"/search/?q={quote(asked)}").text
        found[asked] = [sorted(hits(html)), sorted(lit(html)), "begin so" in html]
    return found


@pytest.fixture
def other_database(db):
    """What tells a site to use PostgreSQL where the tests use SQLite, and SQLite where not."""
    if connection.vendor == "postgresql":
        yield {}
    else:
        with postgres.running() as url:
            yield {"DATABASE_URL": url}


def test_postgresql_finds_what_sqlite_finds(other_database, tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", ON_THE_OTHER_DATABASE],
        cwd=ROOT,
        env=environment(tmp_path, DEBUG="1", **other_database),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    there, here = json.loads(run.stdout), everything_found()
    assert sum(bool(places) for places, *_ in here.values()) > 150
    assert {asked: found for asked, found in there.items() if found != here[asked]} == {}
