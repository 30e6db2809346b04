"""The desk's pages for works, themes and quotations: add, change, look up, merge, delete."""

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


def page_url(one, page: str = "change/") -> str:
    return f"/admin/{one._meta.app_label}/{one._meta.model_name}/{one.pk}/{page}"


def theme(slug: str = "choice") -> Theme:
    return Theme.objects.get(slug=slug)


def costanza() -> Quotation:
    return Quotation.objects.get(slug="costanza-on-going-in")


def counter() -> int:
    return Essay.objects.get(slug="her").counter


def quotation_fields(**fields) -> dict:
    quotation = costanza()
    unchanged = {
        "text": quotation.text,
        "speaker": quotation.speaker,
        "place": "",
        "work": quotation.work_id,
    }
    return {**unchanged, "passage": quotation.passage_id, **fields}


def listed_pks(client, at: str) -> set[int]:
    pks = re.findall(r'href="[^"]*/(\d+)/change/[^"]*"', client.get(at).text)
    return {int(pk) for pk in pks}


# Add and change


def test_a_new_theme_gets_an_address_from_its_name_and_is_searchable(client, elsa):
    sent = {"name": "Being watched", "definition": "Who looks, and who is looked at.", "slug": ""}
    assert client.post(f"{THEMES}add/", sent).status_code == 302
    made = theme("being-watched")
    assert SearchEntry.objects.filter(theme=made).exists()
    assert made.history.get().history_user == elsa


def test_a_quotation_without_text_takes_the_whole_text_of_its_passage(client, elsa):
    passage = Passage.objects.get(key="opening")
    before = counter()
    sent = {"text": "", "work-typed": "Her (2013)", "work": "", "passage": passage.pk}
    assert client.post(f"{QUOTATIONS}add/", sent).status_code == 302
    made = Quotation.objects.get(passage=passage)
    assert (made.text, made.work.slug) == (passage.text, "her")
    assert made.slug.startswith("her-")
    assert counter() > before


def test_a_new_work_gets_a_free_address(client, elsa):
    sent = {"title": "Her", "kind": "film", "creator": "", "credit": "", "year": "", "slug": ""}
    assert client.post(f"{WORKS}add/", sent).status_code == 302
    assert Work.objects.filter(slug="her-2").exists()


def test_a_former_address_redirects_to_the_new_one(client, elsa):
    sent = {"name": "Choosing", "definition": "It is ours.", "slug": "choosing"}
    assert client.post(page_url(theme()), sent).status_code == 302
    answer = client.get("/themes/choice/")
    assert (answer.status_code, answer.url) == (301, "/themes/choosing/")
    assert client.get("/her/themes/choice/").url == "/her/themes/choosing/"
    sent["slug"] = "choice"
    assert client.post(page_url(theme("choosing")), sent).status_code == 302
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
def test_an_invalid_address_is_refused_and_the_form_keeps_what_was_typed(client, elsa, slug, says):
    merge.merge(theme("fear-of-pain"), theme("growth"))
    sent = {"name": "Choice, again", "definition": "As typed.", "slug": slug}
    answer = client.post(page_url(theme()), sent)
    assert answer.status_code == 200
    assert says in unescape(answer.text)
    assert "Choice, again" in answer.text and "As typed." in answer.text
    assert theme().name == "Choice"


def test_a_quotation_that_is_not_in_its_passage_is_refused_with_the_closest_phrase(client, elsa):
    sent = quotation_fields(text="I like to walk in Fresh!")
    answer = client.post(page_url(costanza()), sent)
    message = "Passage 3 does not say this. The nearest that it says: “I like to go in Fresh!”"
    assert message in unescape(answer.text)
    assert "I like to walk in Fresh!" in answer.text
    sent = quotation_fields(text="i like to go in fresh!")
    assert "The passage says “I like to go in Fresh!”" in unescape(
        client.post(page_url(costanza()), sent).text
    )
    assert costanza().text == "I like to go in Fresh!"


def test_a_quotation_needs_text_or_a_passage_that_is_in_the_essay(client, elsa):
    sent = quotation_fields(text="", passage="")
    assert "Write the words, or name the passage" in client.post(page_url(costanza()), sent).text
    cut = Passage.objects.get(key="opening")
    revising.retire(cut)
    sent = quotation_fields(passage=cut.pk)
    assert "This passage was cut." in client.post(page_url(costanza()), sent).text


def test_removing_a_quotation_from_its_passage_bumps_the_essays_counter(client, elsa):
    GlossLink.objects.filter(quotation=costanza()).delete()
    before = counter()
    assert client.post(page_url(costanza()), quotation_fields(passage="")).status_code == 302
    assert costanza().passage is None
    assert counter() > before


def test_the_page_of_a_quotation_shows_how_it_differs_from_its_passage(client, elsa):
    Quotation.objects.filter(pk=costanza().pk).update(text="I like to walk in Fresh!")
    page = dom.of(client.get(page_url(costanza())))
    assert page.one("section.differs").one("del").text == "[removed: walk]"
    assert page.one("section.differs").one("ins").text == "[added: go]"
    assert (
        client.post(
            page_url(costanza()), quotation_fields(text=costanza().text, speaker="George’s father")
        ).status_code
        == 302
    )


# Choosing by typing, without a script


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Nothing of the kind", "Nothing here goes by “Nothing of the kind”."),
        ("her", ""),
        ("e", "Several go by this. Type one of them in full:"),
    ],
)
def test_a_work_is_chosen_by_typing_its_name(client, elsa, typed, says):
    sent = {**quotation_fields(work=""), "work-typed": typed}
    answer = client.post(page_url(costanza()), sent)
    if not says:
        assert answer.status_code == 302
        assert costanza().work.slug == "her"
    else:
        assert says in unescape(answer.text)
        assert dom.of(answer).one("[name=work-typed]")["value"] == typed


def test_suggestions_match_what_is_typed(client, elsa):
    suggestions = client.get("/admin/find/", {"kind": "passage", "q": "Costanza"}).json()["matches"]
    assert [one["label"][:40] for one in suggestions] == [
        "“Her” Is Not About the Future, passage 3:"[:40]
    ]
    assert client.get("/admin/find/", {"kind": "work", "q": ""}).json() == {"matches": []}
    for query in ({}, {"kind": "note", "q": "x"}, {"kind": "user", "q": "e"}):
        assert client.get("/admin/find/", query).status_code == 404


def test_strangers_and_users_without_permission_get_no_suggestions(client, her):
    query = {"kind": "work", "q": "her"}
    assert client.get("/admin/find/", query).status_code == 302
    elsa = cast.editor()
    elsa.groups.clear()
    client.force_login(elsa)
    assert client.get("/admin/find/", query).status_code == 403


# Citations, and the lists


def test_the_page_of_a_theme_lists_the_glosses_that_cite_it(client, elsa):
    rows = dom.of(client.get(page_url(theme()))).one("table.citations").all("tr")[1:]
    links = list(theme().links.select_related("gloss"))
    assert len(rows) == len(links)
    first = rows[0]
    gloss = Gloss.objects.get(key=first.all("a")[0].text)
    assert first.all("a")[0]["href"] == page_url(gloss)
    assert first.all("a")[1]["href"] == gloss.get_absolute_url()
    assert gloss.links.get(theme=theme()).reason in first.text


def test_the_page_of_a_work_lists_what_is_from_it_and_about_it(client, elsa):
    needs = dom.of(client.get(page_url(Work.objects.get(slug="her")))).one("ul.usages").text
    for text in ("A quotation is from it: Samantha", "is about it", "The veil of"):
        assert text in needs


def test_the_lists_count_citations_and_can_be_narrowed(client, elsa):
    alone = Theme.objects.create(slug="alone", name="Alone", definition="Nowhere.")
    never = Quotation.objects.create(slug="never", text="Never", work=costanza().work)
    Quotation.objects.filter(pk=costanza().pk).update(text="Other words")
    assert listed_pks(client, f"{THEMES}?cited=never") == {alone.pk}
    Gloss.objects.first().links.create(theme=alone, relation="echo", reason="Once.")
    assert alone.pk in listed_pks(client, f"{THEMES}?passages=one")
    assert theme().pk not in listed_pks(client, f"{THEMES}?passages=one")
    assert never.pk in listed_pks(client, f"{QUOTATIONS}?cited=never")
    assert listed_pks(client, f"{QUOTATIONS}?words=differ") == {costanza().pk}


def test_the_lists_take_no_more_queries_with_more_rows(client, elsa, django_assert_max_num_queries):
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


def test_a_theme_that_nothing_uses_can_be_deleted(client, elsa):
    alone = Theme.objects.create(slug="alone", name="Alone", definition="Nowhere.")
    assert "Nothing points to it." in client.get(page_url(alone, "delete/")).text
    assert client.post(page_url(alone, "delete/")).status_code == 302
    assert not Theme.objects.filter(pk=alone.pk).exists()
    assert Theme.history.filter(slug="alone").first().history_type == "-"


def test_an_object_in_use_is_not_deleted_and_its_uses_are_listed(client, elsa):
    for one in (theme(), costanza(), Work.objects.get(slug="her")):
        answer = client.post(page_url(one, "delete/"))
        assert answer.status_code == 409
        assert "It cannot be deleted while something needs it." in answer.text
        assert type(one).objects.filter(pk=one.pk).exists()
    answer = client.get(page_url(theme(), "delete/"))
    assert theme().links.first().gloss.key in answer.text
    GlossLink.objects.filter(quotation=costanza()).delete()
    assert (
        "prints it; its caption comes from here" in client.get(page_url(costanza(), "delete/")).text
    )


def test_the_list_has_no_action_that_deletes_several(client, elsa):
    alone = Theme.objects.create(slug="alone", name="Alone", definition="Nowhere.")
    client.post(THEMES, {"action": "delete_selected", "_selected_action": alone.pk, "post": "yes"})
    assert Theme.objects.filter(pk=alone.pk).exists()


# Merging


def test_a_merge_says_what_happens_and_then_does_it(client, elsa):
    duplicate, target = theme("fear-of-pain"), theme()
    one = duplicate.links.first().gloss
    one.links.filter(theme=target).delete()
    one.links.create(theme=target, relation="echo", reason="This one stays.", position=9)
    page = client.get(page_url(duplicate, "merge/"), {"keep-typed": "Choice", "keep": ""})
    assert "What happens" in page.text
    assert "This one stays." in page.text
    assert Theme.objects.filter(pk=duplicate.pk).exists()
    answer = client.post(page_url(duplicate, "merge/"), {"keep": target.pk})
    assert (answer.status_code, answer.url) == (302, page_url(target))
    assert not Theme.objects.filter(pk=duplicate.pk).exists()
    assert "Its addresses lead here." in client.get(answer.url).text


def test_an_invalid_merge_is_refused_and_the_form_keeps_what_was_typed(client, elsa):
    page = client.get(page_url(theme(), "merge/"), {"keep-typed": "Choice"})
    assert "Choose another one to keep." in page.text
    assert "What happens" not in page.text
    answer = client.post(page_url(theme(), "merge/"), {"keep-typed": "No such thing"})
    assert answer.status_code == 422
    assert dom.of(answer).one("[name=keep-typed]")["value"] == "No such thing"
    assert client.post(page_url(theme(), "merge/")).status_code == 422
    assert theme()


@pytest.mark.parametrize("page", ["change/", "delete/", "merge/"])
def test_strangers_and_moderators_change_nothing(client, her, page):
    at = page_url(theme(), page)
    assert client.post(at).status_code == 302
    client.force_login(cast.moderator())
    assert client.post(at).status_code == 403
    assert client.post(f"{THEMES}add/").status_code == 403
    assert theme()


@pytest.mark.parametrize("page", ["delete/", "merge/"])
def test_a_missing_theme_is_not_found(client, elsa, page):
    assert client.get(f"{THEMES}9999/{page}").status_code == 404
