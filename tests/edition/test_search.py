import json
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from annotations import revising
from annotations.models import GlossLink, Quotation, SearchEntry, Theme
from annotations.search import Query, matching, reindex
from edition.pages.search_results import PASSAGE_RELATED, QUOTATION_RELATED
from edition.pages.veil import behind_veil, veil_over
from essays.models import Essay, Passage, Work
from tests import cast
from tests.search_pages import (
    HOSTILE,
    SCRIPT,
    STRANGE,
    all_results,
    behind,
    hits,
    main,
    marked_words,
    outside,
    search,
)
from tests.server import output_of
from tests.written_notes import write_essay


@pytest.fixture
def her(db):
    return cast.her()


@pytest.fixture
def strange(db):
    return write_essay("strange", STRANGE)


def test_a_passage_is_found_by_its_words_with_its_number_and_its_place(client, her):
    html = search(client, "best picture oscars")
    assert hits(html) == ["/her/#opening"]
    assert marked_words(html) == ["Best Picture", "Oscars"]
    assert '<b><span class="sr">Passage </span>1</b>' in html
    assert "Found: 1 passage." in html


def test_a_result_has_all_words_of_the_query(client, her):
    assert hits(search(client, "oscars costanza")) == []


def test_an_essay_is_found_by_its_title_its_dek_its_works_and_who_made_them(client, db):
    cast.second()
    for query in ("weighing light", "accounts keeping salt", "vestby", "1978", "aldow"):
        assert "/salt-ledger/" in hits(search(client, query)), query


def test_a_theme_is_found_by_its_name_and_by_its_definition(client, her):
    theme = Theme.objects.get(slug="programming")
    for query in (theme.name, theme.definition):
        assert theme.get_absolute_url() in hits(search(client, query))


def test_a_quotation_is_found_by_its_speaker_and_by_its_words(client, her):
    place = Quotation.objects.get(slug="costanza-on-going-in").get_absolute_url()
    assert place in hits(search(client, "Frank Costanza"))
    assert place in hits(search(client, "“like to go in fresh”"))


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
    for query, marked in SAME_WORDS:
        html = search(client, query)
        assert len(hits(html)) == 1, query
        assert marked_words(html) and marked in unescape(re.sub("</?mark>", "", html)), query


def test_words_in_quotation_marks_must_be_adjacent(client, her):
    assert hits(search(client, "past story")) == ["/quotations/1/", "/her/#a-story"]
    assert hits(search(client, '"story past"')) == []
    assert marked_words(search(client, "“just a story”"))[-1] == "just a story"


def test_words_without_a_match_are_taken_as_prefixes(client, her):
    html = search(client, "costan")
    assert "words that begin so" in html
    assert marked_words(html) == ["Costanza", "Costanza"]
    assert "begin so" not in search(client, "costanza")


def test_results_behind_a_veil_are_only_behind_it(client, her):
    html = search(client, "Samantha consciousness")
    page, head = main(html), html[: html.index("</head>")]
    assert "/her/#the-present" in hits(html)
    assert page.index("a reflection of what it is") > page.index('class="veil"')
    for words in ("piece of software", "the-present", "a reflection of"):
        assert words not in page[: page.index('class="veil"')]
        assert words not in head
    assert '<meta name="description"' not in head


def test_free_results_come_before_the_veil(client, her):
    passages = main(search(client, "her")).split("<h2>Passages</h2>")[1]
    free, veiled = passages.split("<h2>Past the spoilers</h2>")
    assert hits(f"<main{free}</main>") == ["/her/#opening"]
    numbers = re.findall(r"Passage </span>(\d+)", veiled)
    assert numbers == sorted(numbers, key=int) and "4" in numbers
    assert veiled.index('class="veil"') < veiled.index('class="veiled"')


def test_a_quotation_that_stands_behind_a_veil_is_veiled(client, her):
    html = search(client, "temporary visitors")
    assert "<h2>Quotations</h2>" not in html
    watts = Quotation.objects.get(slug="watts-on-the-universe").get_absolute_url()
    assert hits(html) == [watts, "/her/#excerpt"]
    assert html.index('class="veiled"') < html.index(watts)


# With closed veils, a page is the same whatever is behind them


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


def test_a_word_only_behind_a_veil_looks_like_one_without_results(client, her):
    cast.second()
    nowhere = search(client, "quagga")
    assert behind(nowhere) == ["Nothing behind it has all of that."] * 2
    words = words_behind_veils()
    assert len(words) > 200 and {"lonely", "lamp"} <= set(words)
    for word in ["lonely", "lamp", *words[::12]]:
        html = search(client, word)
        assert outside(html, word) == outside(nowhere, "quagga"), word
        assert behind(html) != behind(nowhere), word


def test_free_results_do_not_depend_on_what_is_behind_a_veil(client, her):
    cast.second()
    words = ("her", "story", "choice", "experien", "reflec", "frank", "salt", "the")
    before = {word: search(client, word) for word in words}
    SearchEntry.objects.filter(pk__in=[entry.pk for entry in hidden_entries()]).delete()
    for word in words:
        html = search(client, word)
        assert outside(html, word) == outside(before[word], word)
        assert behind(html) == ["Nothing behind it has all of that."] * 2


def veiled_essay(free: int, hidden: int, name: str = "long") -> Essay:
    essay = write_essay(name, [f"A zebra, the {n}th of them." for n in range(1, free + hidden + 1)])
    work = Work.objects.create(slug=f"film-of-{name}", title="Film")
    Essay.objects.filter(pk=essay.pk).update(
        veil_work=work, veil_after=essay.passages.get(number=free)
    )
    return essay


def test_results_behind_a_veil_do_not_add_pages(client, db):
    veiled_essay(20, 55)
    html = search(client, "zebra")
    assert "Found: 20 passages." in html and 'href="?q=zebra&amp;page=2"' not in html
    assert client.get("/search/", {"q": "zebra", "page": 2}).status_code == 404
    [text] = behind(html)
    assert text.startswith("Found behind it: 55 places.")
    assert text.endswith("These are the 50 that fit best. Add a word to find others.")
    assert len(hits(html)) == 20 + 50


def test_veils_are_on_the_first_page_and_share_its_limit(client, db):
    for name in ("one", "two"):
        veiled_essay(11, 30, name)
    assert [len(re.findall("zebra", text)) for text in behind(search(client, "zebra"))] == [25, 25]
    assert behind(search(client, "zebra", page=2)) == []


def test_prefixes_are_tried_on_each_side_of_a_veil_separately(client, db):
    essay = veiled_essay(1, 1)
    free, hidden = essay.passages.current()
    revising.edit(free, "A zebrafish.")
    html = search(client, "zebra")
    assert "Nothing that is free to read has exactly these words; this has" in html
    assert behind(html)[0].startswith("Found behind it: 1 place.")
    revising.edit(free, "A zebra.")
    revising.edit(hidden, "A zebrafish.")
    html = search(client, "zebra")
    assert "Found: 1 passage." in html
    assert behind(html)[0].startswith("Nothing behind it has exactly these words; this has")


def test_an_unpublished_essay_has_no_veil_in_the_results(client, her):
    quotation = Quotation.objects.get(slug="watts-on-the-universe")
    gloss = cast.second().glosses.first()
    GlossLink.objects.create(gloss=gloss, quotation=quotation, relation="echo", reason="Leaves.")
    Essay.objects.filter(pk=her.pk).update(status="draft")
    html = search(client, "temporary visitors")
    assert hits(html) == []
    assert behind(html) == ["Nothing behind it has all of that."]
    assert 'data-work="her"' not in html


def test_without_a_veil_spoilers_are_not_mentioned(client, strange):
    html = search(client, "quagga")
    assert "Nothing here has all of that: <bdi>quagga</bdi>." in html
    assert "spoilers" not in main(html).lower()


def test_the_search_and_the_pages_agree_on_what_a_veil_hides(her):
    cast.second()
    after, _ = her.veil_after, her.veil_work
    states = [{}, {"veil_work": None}, {"veil_after": None}, {"veil_after": after}]
    numbers_hidden = set()
    for number, state in enumerate(states):
        Essay.objects.filter(pk=her.pk).update(**state)
        if number == 3:
            Essay.objects.filter(pk=her.pk).update(veil_work=Work.objects.first())
            Passage.objects.filter(pk=after.pk).update(number=None)
        entries = SearchEntry.objects.filter(passage__essay=her).select_related(*PASSAGE_RELATED)
        hidden = set(entries.filter(behind_veil("passage")).values_list("pk", flat=True))
        assert hidden == {entry.pk for entry in entries if veil_over(entry.passage)}, state
        numbers_hidden.add(len(hidden))
    assert numbers_hidden == {0, 12, 15}


def test_a_draft_and_its_annotations_are_not_found(client, her):
    Essay.objects.update(status="draft")
    for query in ("future", "samantha", "costanza", "consciousness", "programming"):
        assert "Nothing here has" in search(client, query)


def test_after_an_edit_new_words_are_found_and_old_ones_are_not(client, her):
    revising.edit(her.passages.get(key="opening"), "Whatever a zebra sees.")
    assert hits(search(client, "zebra")) == ["/her/#opening"]
    assert hits(search(client, "oscars")) == []


def test_a_retired_passage_is_not_found(client, her):
    revising.retire(her.passages.get(key="opening"))
    assert hits(search(client, "oscars")) == []
    assert not SearchEntry.objects.filter(passage__number=None, passage__isnull=False).exists()


def test_a_failed_edit_leaves_the_index_as_it_was(client, her):
    with pytest.raises(revising.RevisingError):
        revising.merge(her.passages.get(key="opening"), her.passages.get(key="opening"))
    assert hits(search(client, "oscars")) == ["/her/#opening"]


def test_a_renamed_theme_or_work_is_found_by_its_new_name(client, her):
    theme = Theme.objects.get(slug="programming")
    theme.name = "Zebras"
    theme.save()
    work = Work.objects.get(slug="seinfeld")
    work.title = "Quagga"
    work.save()
    reindex(works=[work], themes=[theme])
    assert theme.get_absolute_url() in hits(search(client, "zebra"))
    assert len(hits(search(client, "quagga"))) == 1


def test_a_quotation_that_no_essay_shows_is_not_found(client, her):
    work = Work.objects.get(slug="her")
    reindex(
        quotations=[Quotation.objects.create(slug="z", text="A zebra in the attic.", work=work)]
    )
    assert matching(Query.of("zebra")).count() == 1
    assert hits(search(client, "zebra")) == []


def test_a_quotation_of_a_retired_passage_is_not_found(client, strange):
    work = Work.objects.create(slug="attic", title="Attic")
    passage = strange.passages.get(number=1)
    quotation = Quotation.objects.create(slug="z", text="Un café naïve", work=work, passage=passage)
    reindex(strange)
    assert quotation.get_absolute_url() in hits(search(client, "naive"))
    revising.retire(passage)
    assert matching(Query.of("naive")).count() == 1
    assert hits(search(client, "naive")) == []


def test_a_quotation_that_is_only_cited_is_found(client, her):
    work = Work.objects.get(slug="her")
    quotation = Quotation.objects.create(slug="z", text="A zebra in the attic.", work=work)
    gloss = her.glosses.first()
    GlossLink.objects.create(gloss=gloss, quotation=quotation, relation="echo", reason="Stripes.")
    reindex(her)
    assert hits(search(client, "zebra")) == [quotation.get_absolute_url()]


def test_an_essay_that_is_deleted_leaves_the_index(db):
    essay = Essay.objects.create(slug="empty", title="A zebra", status="published")
    reindex(essay)
    assert matching(Query.of("zebra")).count() == 1
    essay.delete()
    assert matching(Query.of("zebra")).count() == 0


def test_the_command_rebuilds_the_index(client, her, capsys):
    before = set(SearchEntry.objects.values_list("title", "text"))
    SearchEntry.objects.filter(passage__isnull=False).delete()
    SearchEntry.objects.filter(theme__isnull=False).update(title="zebra")
    call_command("index")
    assert "27 entries" in capsys.readouterr().out
    assert set(SearchEntry.objects.values_list("title", "text")) == before
    assert hits(search(client, "oscars")) == ["/her/#opening"]
    assert hits(search(client, "zebra")) == []


@pytest.fixture
def long_essay(db):
    return write_essay("long", [f"A zebra, the {n}th of them." for n in range(1, 46)])


def test_a_page_has_twenty_passages(client, long_essay):
    places = [hits(search(client, "zebra", page=page)) for page in (1, 2, 3)]
    assert [len(page) for page in places] == [20, 20, 5]
    assert len({place for page in places for place in page}) == 45
    assert 'href="?q=zebra&amp;page=2"' in search(client, "zebra")
    assert "Found: 45 passages." in search(client, "zebra", page=3)


def test_only_the_first_page_lists_what_is_not_a_passage(client, long_essay):
    Essay.objects.update(title="Zebras")
    reindex(long_essay)
    assert "<h2>Essays</h2>" in search(client, "zebra")
    assert "<h2>Essays</h2>" not in search(client, "zebra", page=2)


def test_the_page_says_when_there_are_more_essays_than_it_lists(client, db):
    for n in range(21):
        write_essay(f"essay-{n}", ["Words."], title=f"Zebra {n}")
    html = search(client, "zebra")
    assert len(hits(html)) == 20
    assert "Found: 21 essays." in html and "These are the 20 that fit best." in html


@pytest.mark.parametrize("page", ["4", "0", "-1", "x", "", "1e3", "9" * 5000, "\0", "½"])
def test_a_missing_page_links_to_the_first(client, long_essay, page):
    response = client.get("/search/", {"q": "zebra", "page": page})
    assert response.status_code == 404
    assert "There is no such page" in response.text
    assert 'href="?q=zebra"' in response.text


def test_a_search_takes_few_queries_however_much_it_finds(
    client, long_essay, her, django_assert_max_num_queries
):
    for query in ("zebra", "the", "oscars"):
        with django_assert_max_num_queries(16):
            search(client, query)


@pytest.mark.parametrize("query", ["", "   ", "\n"])
def test_an_empty_query_gets_a_form_with_help(client, db, query):
    html = search(client, query)
    assert 'name="q" value=""' in html and "looks through the essays" in html
    assert "<title>Search · " in html


@pytest.mark.parametrize("query", ["😀", "*", "“”", '"', "---", "()", "_"])
def test_a_query_without_a_word_gets_a_message(client, db, query):
    assert "There is no word in that." in search(client, query)


def test_a_page_without_results_says_what_to_try(client, her):
    html = main(search(client, "quagga"))
    assert "Nothing that is free to read has all of that: <bdi>quagga</bdi>. Try fewer" in html
    assert 'href="/themes/"' in html


def test_operators_and_hostile_input_have_no_effect(client, her):
    results = {query: hits(search(client, query)) for query in HOSTILE}
    assert {query for query in HOSTILE if results[query] == ["/her/#opening"]} == {
        *("oscars*", "-oscars", "oscars AND", "^oscars", "oscars & | ! <-> :*"),
        *("\u202eoscars\u202c", "oscars 😀", "\ue000oscars\ue001", "\ufffe\uffff oscars"),
    }
    assert Essay.objects.count() == 1


def test_the_query_and_the_results_are_escaped(client, strange):
    query = f'alert "{SCRIPT}"'
    html = search(client, query)
    assert hits(html) and "<script>alert" not in html
    assert "&lt;<mark>script" in html
    assert "<title>Search: alert &quot;&lt;script&gt;" in html
    assert "<script>alert" not in search(client, f"quagga {SCRIPT}")


def test_private_use_characters_in_a_text_are_not_taken_for_marks(client, strange):
    html = search(client, "private")
    assert marked_words(html) == ["private"] and "\ue000<mark>" in html


@pytest.mark.parametrize(
    ("query", "message"),
    [("x" * 201, "at most 200 characters"), ("os\0cars", "Type the words again")],
)
def test_an_invalid_query_is_refused_and_stays_in_the_form(client, db, query, message):
    response = client.get("/search/", {"q": query})
    assert response.status_code == 400
    assert message in response.text
    assert f'value="{query.replace("\0", "")}"' in response.text
    assert 'aria-describedby="q-error"' in response.text


def test_invalid_utf_8_in_a_query_is_ignored(client, her):
    for raw in ("%ED%A0%80oscars", "%FFoscars", "oscars%ED%BF%BF", "%oscars"):
        response = client.get(f"/search/?q={raw}")
        assert response.status_code == 200
        assert hits(response.text) == ["/her/#opening"]


def test_unknown_parameters_are_ignored_and_the_last_q_counts(client, her):
    html = client.get("/search/?q=zebra&x=1&q=oscars&page=1&kind=%00").text
    assert hits(html) == ["/her/#opening"]


def test_a_results_page_is_not_indexed_and_sets_no_cookie(client, her):
    response = client.get("/search/", {"q": "oscars"})
    assert '<meta name="robots" content="noindex">' in response.text
    assert not response.cookies


def test_a_search_refuses_other_methods(client, db):
    assert client.head("/search/?q=oscars").status_code == 200
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)("/search/").status_code == 405


def test_an_excerpt_of_a_long_text_is_cut_between_words(strange):
    text = strange.passages.get(number=3).text
    [before, start, match] = Query.of("omega").excerpt(text)
    assert (before.text, match.text, match.lit) == ("…", "Omega", True)
    assert f" {start.text}Omega" in text and 250 < len(start.text) < 330
    [*_, last, after] = Query.of("pyjamas").excerpt(text)
    assert after.text == "…" and f"{last.text} " in text


TEXTS = st.text("ab é'’\"-日\u0301\ue000<", max_size=700)


@given(TEXTS, TEXTS)
def test_marking_keeps_the_text_and_marks_only_words_of_the_query(text, typed):
    query = Query.of(typed)
    assert "".join(piece.text for piece in query.light(text)) == text
    excerpt = "".join(piece.text for piece in query.excerpt(text))
    assert excerpt.removeprefix("…").removesuffix("…") in text
    known = {stem for run in query.runs for stem in run}
    for piece in query.light(text):
        if piece.lit:
            assert {stem for run in Query.of(piece.text).runs for stem in run} <= known


@given(TEXTS.filter(lambda text: Query.of(text).runs))
def test_a_text_as_its_own_query_gets_marks_in_order(text):
    spans = Query.of(text).spans(text)
    assert spans
    assert spans == sorted(spans)


BACK_AND_FORTH = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("migrate", "annotations", "0001", verbosity=0)
call_command("migrate", verbosity=0)
print("done")
"""


def test_the_index_can_be_removed_and_made_again(tmp_path, site_database):
    assert output_of(BACK_AND_FORTH, tmp_path, **site_database.variables) == "done"


ON_SQLITE = """
import json
import django
django.setup()
from django.core.management import call_command
from tests import search_pages
call_command("migrate", verbosity=0)
print(json.dumps(search_pages.all_results()))
"""


@pytest.mark.skipif(connection.vendor == "sqlite", reason="PostgreSQL is compared with SQLite.")
@pytest.mark.django_db
def test_postgresql_finds_what_sqlite_finds(tmp_path):
    with ThreadPoolExecutor() as pool:
        output = pool.submit(output_of, ON_SQLITE, tmp_path, DEBUG="1")
        here = all_results()
        there = json.loads(output.result())
    assert sum(bool(places) for places, *_ in here.values()) > 150
    assert {query: results for query, results in there.items() if results != here[query]} == {}
