"""Works, themes and quotations at the desk: made, changed, found, merged, deleted."""

import re
from html import unescape

import pytest

from annotations import revising
from annotations.catalogue import merge
from annotations.models import Gloss, GlossLink, Quotation, SearchEntry, Theme
from essays.models import Essay, Passage, Work
from tests import cast, dom

pytestmark = pytest.mark.django_db
THEMES = "/admin/annotations/theme/"
QUOTATIONS = "/admin/annotations/quotation/"
WORKS = "/admin/essays/work/"


@pytest.fixture
def her():
    return cast.her()


@pytest.fixture
def elsa(client, her):
    elsa = cast.editor()
    client.force_login(elsa)
    return elsa


def place(thing, page: str = "change/") -> str:
    return f"/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/{page}"


def theme(slug: str = "choice") -> Theme:
    return Theme.objects.get(slug=slug)


def costanza() -> Quotation:
    return Quotation.objects.get(slug="costanza-on-going-in")


def counter() -> int:
    return Essay.objects.get(slug="her").counter


def quotation_fields(**fields) -> dict:
    one = costanza()
    kept = {"text": one.text, "speaker": one.speaker, "place": "", "work": one.work_id}
    return {**kept, "passage": one.passage_id, **fields}


def listed(client, at: str) -> set[int]:
    found = re.findall(r'href="[^"]*/(\d+)/change/[^"]*"', client.get(at).text)
    return {int(pk) for pk in found}


# Making and changing


def test_a_theme_is_made_with_an_address_of_its_name_and_found(client, elsa):
    sent = {"name": "Being watched", "definition": "Who looks, and who is looked at.", "slug": ""}
    assert client.post(f"{THEMES}add/", sent).status_code == 302
    made = theme("being-watched")
    assert SearchEntry.objects.filter(theme=made).exists()
    assert made.history.get().history_user == elsa


def test_a_quotation_is_made_from_all_that_a_passage_says(client, elsa):
    passage = Passage.objects.get(key="opening")
    before = counter()
    sent = {"text": "", "work-typed": "Her (2013)", "work": "", "passage": passage.pk}
    assert client.post(f"{QUOTATIONS}add/", sent).status_code == 302
    made = Quotation.objects.get(passage=passage)
    assert (made.text, made.work.slug) == (passage.text, "her")
    assert made.slug.startswith("her-")
    assert counter() > before


def test_a_work_has_an_address_that_is_free(client, elsa):
    sent = {"title": "Her", "kind": "film", "creator": "", "credit": "", "year": "", "slug": ""}
    assert client.post(f"{WORKS}add/", sent).status_code == 302
    assert Work.objects.filter(slug="her-2").exists()


def test_a_new_address_keeps_the_old_one_leading_there(client, elsa):
    sent = {"name": "Choosing", "definition": "It is ours.", "slug": "choosing"}
    assert client.post(place(theme()), sent).status_code == 302
    answer = client.get("/themes/choice/")
    assert (answer.status_code, answer.url) == (301, "/themes/choosing/")
    assert client.get("/her/themes/choice/").url == "/her/themes/choosing/"
    sent["slug"] = "choice"
    assert client.post(place(theme("choosing")), sent).status_code == 302
    assert client.get("/themes/choice/").status_code == 200
    assert client.get("/themes/choosing/").url == "/themes/choice/"


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("growth", "“Learning to grow” has this address."),
        ("themes", "names a place"),
        ("fear-of-pain", "an address of “Learning to grow” and still leads there"),
        ("Not One", "small letters, digits and hyphens"),
    ],
)
def test_an_address_that_cannot_be_is_refused_with_what_was_typed(client, elsa, slug, says):
    merge.merge(theme("fear-of-pain"), theme("growth"))
    sent = {"name": "Choice, again", "definition": "As typed.", "slug": slug}
    answer = client.post(place(theme()), sent)
    assert answer.status_code == 200
    assert says in unescape(answer.text)
    assert "Choice, again" in answer.text and "As typed." in answer.text
    assert theme().name == "Choice"


def test_words_that_their_passage_does_not_say_are_refused_with_the_nearest(client, elsa):
    sent = quotation_fields(text="I like to walk in Fresh!")
    answer = client.post(place(costanza()), sent)
    said = "Passage 3 does not say this. The nearest that it says: “I like to go in Fresh!”"
    assert said in unescape(answer.text)
    assert "I like to walk in Fresh!" in answer.text
    sent = quotation_fields(text="i like to go in fresh!")
    assert "The passage says “I like to go in Fresh!”" in unescape(
        client.post(place(costanza()), sent).text
    )
    assert costanza().text == "I like to go in Fresh!"


def test_a_quotation_needs_words_or_a_passage_that_stands(client, elsa):
    sent = quotation_fields(text="", passage="")
    assert "Write the words, or name the passage" in client.post(place(costanza()), sent).text
    cut = Passage.objects.get(key="opening")
    revising.retire(cut)
    sent = quotation_fields(passage=cut.pk)
    assert "This passage was cut." in client.post(place(costanza()), sent).text


def test_a_quotation_that_leaves_its_passage_counts_there(client, elsa):
    GlossLink.objects.filter(quotation=costanza()).delete()
    before = counter()
    assert client.post(place(costanza()), quotation_fields(passage="")).status_code == 302
    assert costanza().passage is None
    assert counter() > before


def test_the_page_of_a_quotation_that_differs_shows_how(client, elsa):
    Quotation.objects.filter(pk=costanza().pk).update(text="I like to walk in Fresh!")
    page = dom.of(client.get(place(costanza())))
    assert page.one("section.differs").one("del").text == "[removed: walk]"
    assert page.one("section.differs").one("ins").text == "[added: go]"
    assert (
        client.post(
            place(costanza()), quotation_fields(text=costanza().text, speaker="George’s father")
        ).status_code
        == 302
    )


# What is typed without a script


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Nothing of the kind", "Nothing here goes by “Nothing of the kind”."),
        ("her", ""),
        ("e", "Several go by this. Type one of them in full:"),
    ],
)
def test_a_thing_is_named_by_typing(client, elsa, typed, says):
    sent = {**quotation_fields(work=""), "work-typed": typed}
    answer = client.post(place(costanza()), sent)
    if not says:
        assert answer.status_code == 302
        assert costanza().work.slug == "her"
    else:
        assert says in unescape(answer.text)
        assert dom.of(answer).one("[name=work-typed]")["value"] == typed


def test_what_fits_is_offered_while_one_types(client, elsa):
    found = client.get("/admin/find/", {"kind": "passage", "q": "Costanza"}).json()["found"]
    assert [one["label"][:40] for one in found] == [
        "“Her” Is Not About the Future, passage 3:"[:40]
    ]
    assert client.get("/admin/find/", {"kind": "work", "q": ""}).json() == {"found": []}
    for asked in ({}, {"kind": "note", "q": "x"}, {"kind": "user", "q": "e"}):
        assert client.get("/admin/find/", asked).status_code == 404


def test_nothing_is_offered_to_strangers_and_to_those_without_the_right(client, her):
    asked = {"kind": "work", "q": "her"}
    assert client.get("/admin/find/", asked).status_code == 302
    nobody = cast.editor()
    nobody.groups.clear()
    client.force_login(nobody)
    assert client.get("/admin/find/", asked).status_code == 403


# Where it is cited, and the lists


def test_a_page_says_where_its_thing_is_cited(client, elsa):
    rows = dom.of(client.get(place(theme()))).one("table.citations").all("tr")[1:]
    links = list(theme().links.select_related("gloss"))
    assert len(rows) == len(links)
    first = rows[0]
    gloss = Gloss.objects.get(key=first.all("a")[0].text)
    assert first.all("a")[0]["href"] == place(gloss)
    assert first.all("a")[1]["href"] == gloss.get_absolute_url()
    assert gloss.links.get(theme=theme()).reason in first.text


def test_the_page_of_a_work_says_what_is_from_it_and_about_it(client, elsa):
    needs = dom.of(client.get(place(Work.objects.get(slug="her")))).one("ul.needs").text
    for said in ("A quotation is from it: Samantha", "is about it", "The veil of"):
        assert said in needs


def test_the_lists_count_citations_and_can_be_narrowed(client, elsa):
    alone = Theme.objects.create(slug="alone", name="Alone", definition="Nowhere.")
    never = Quotation.objects.create(slug="never", text="Never", work=costanza().work)
    Quotation.objects.filter(pk=costanza().pk).update(text="Other words")
    assert listed(client, f"{THEMES}?cited=never") == {alone.pk}
    Gloss.objects.first().links.create(theme=alone, relation="echo", reason="Once.")
    assert alone.pk in listed(client, f"{THEMES}?passages=one")
    assert theme().pk not in listed(client, f"{THEMES}?passages=one")
    assert never.pk in listed(client, f"{QUOTATIONS}?cited=never")
    assert listed(client, f"{QUOTATIONS}?words=differ") == {costanza().pk}


def test_the_lists_take_as_many_queries_with_many_things(
    client, elsa, django_assert_max_num_queries
):
    counts = {}
    for at in (THEMES, QUOTATIONS, WORKS):
        with django_assert_max_num_queries(30) as few:
            client.get(at)
        counts[at] = len(few)
    passage = Passage.objects.get(key="opening")
    for n in range(20):
        work = Work.objects.create(slug=f"w-{n}", title=f"W {n}")
        Quotation.objects.create(slug=f"q-{n}", text="I", work=work, passage=passage)
        one = Theme.objects.create(slug=f"t-{n}", name=f"T {n}", definition="T")
        Gloss.objects.first().links.create(theme=one, relation="echo", reason="R")
    for at, most in counts.items():
        with django_assert_max_num_queries(most):
            assert client.get(at).status_code == 200


# Deleting


def test_what_nothing_needs_is_deleted(client, elsa):
    alone = Theme.objects.create(slug="alone", name="Alone", definition="Nowhere.")
    assert "Nothing points to it." in client.get(place(alone, "delete/")).text
    assert client.post(place(alone, "delete/")).status_code == 302
    assert not Theme.objects.filter(pk=alone.pk).exists()
    assert Theme.history.filter(slug="alone").first().history_type == "-"


def test_what_something_needs_is_not_deleted_and_what_it_is_is_listed(client, elsa):
    for thing in (theme(), costanza(), Work.objects.get(slug="her")):
        answer = client.post(place(thing, "delete/"))
        assert answer.status_code == 409
        assert "It cannot be deleted while something needs it." in answer.text
        assert type(thing).objects.filter(pk=thing.pk).exists()
    answer = client.get(place(theme(), "delete/"))
    assert theme().links.first().gloss.key in answer.text
    GlossLink.objects.filter(quotation=costanza()).delete()
    assert "prints it; its caption comes from here" in client.get(place(costanza(), "delete/")).text


def test_nothing_is_deleted_many_at_once(client, elsa):
    alone = Theme.objects.create(slug="alone", name="Alone", definition="Nowhere.")
    client.post(THEMES, {"action": "delete_selected", "_selected_action": alone.pk, "post": "yes"})
    assert Theme.objects.filter(pk=alone.pk).exists()


# Merging


def test_a_merge_says_what_happens_and_then_does_it(client, elsa):
    gone, kept = theme("fear-of-pain"), theme()
    one = gone.links.first().gloss
    one.links.filter(theme=kept).delete()
    one.links.create(theme=kept, relation="echo", reason="This one stays.", position=9)
    page = client.get(place(gone, "merge/"), {"keep-typed": "Choice", "keep": ""})
    assert "What happens" in page.text
    assert "This one stays." in page.text
    assert Theme.objects.filter(pk=gone.pk).exists()
    answer = client.post(place(gone, "merge/"), {"keep": kept.pk})
    assert (answer.status_code, answer.url) == (302, place(kept))
    assert not Theme.objects.filter(pk=gone.pk).exists()
    assert "Its addresses lead here." in client.get(answer.url).text


def test_a_merge_that_cannot_be_is_refused_with_what_was_typed(client, elsa):
    page = client.get(place(theme(), "merge/"), {"keep-typed": "Choice"})
    assert "Choose another one to keep." in page.text
    assert "What happens" not in page.text
    answer = client.post(place(theme(), "merge/"), {"keep-typed": "No such thing"})
    assert answer.status_code == 422
    assert dom.of(answer).one("[name=keep-typed]")["value"] == "No such thing"
    assert client.post(place(theme(), "merge/")).status_code == 422
    assert theme()


@pytest.mark.parametrize("page", ["change/", "delete/", "merge/"])
def test_strangers_and_those_who_may_only_look_change_nothing(client, her, page):
    at = place(theme(), page)
    assert client.post(at).status_code == 302
    client.force_login(cast.moderator())
    assert client.post(at).status_code == 403
    assert client.post(f"{THEMES}add/").status_code == 403
    assert theme()


@pytest.mark.parametrize("page", ["delete/", "merge/"])
def test_there_is_nothing_of_what_is_not_there(client, elsa, page):
    assert client.get(f"{THEMES}9999/{page}").status_code == 404
