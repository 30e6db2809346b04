"""Two themes, quotations or works made one: links, addresses, files, search, histories."""

import pytest

from annotations import loading, revising, search
from annotations.catalogue import merge, slugs
from annotations.catalogue.merge import MergeRefused
from annotations.models import Gloss, GlossLink, Quotation, SearchEntry, Theme
from essays.models import Essay, Work
from tests import cast
from tests.page_urls import CARD

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return cast.her()


def theme(slug: str) -> Theme:
    return Theme.objects.get(slug=slug)


def counter(slug: str = "her") -> int:
    return Essay.objects.get(slug=slug).counter


def merge_themes(gone: str = "fear-of-pain", kept: str = "choice"):
    return merge.merge(theme(gone), theme(kept))


def on_both(her) -> Gloss:
    """A gloss that leads to both themes."""
    gloss = GlossLink.objects.filter(theme=theme("fear-of-pain")).first().gloss
    gloss.links.filter(theme=theme("choice")).delete()
    gloss.links.create(theme=theme("choice"), relation="echo", reason="It stays.", position=9)
    return gloss


def test_links_follow_and_what_goes_is_gone(her):
    moving = set(theme("fear-of-pain").links.values_list("pk", flat=True))
    assert moving
    before = counter()
    done = merge_themes()
    assert {link.pk for link in done.moved} | {link.pk for link, _ in done.dropped} == moving
    assert {link.pk for link in done.moved} <= set(
        theme("choice").links.values_list("pk", flat=True)
    )
    assert not Theme.objects.filter(slug="fear-of-pain").exists()
    assert counter() > before


def test_a_gloss_that_leads_to_both_keeps_the_link_that_it_had_to_the_one_kept(her):
    gloss = on_both(her)
    seen = merge.plan(theme("fear-of-pain"), theme("choice"))
    assert [(gone.theme.slug, stays.reason) for gone, stays in seen.dropped if gone.gloss == gloss]
    merge_themes()
    [link] = gloss.links.filter(theme=theme("choice"))
    assert (link.relation, link.reason) == ("echo", "It stays.")


def test_looking_at_a_merge_changes_nothing(her):
    before = counter(), GlossLink.history.count(), Theme.objects.count()
    merge.plan(theme("fear-of-pain"), theme("choice"))
    assert (counter(), GlossLink.history.count(), Theme.objects.count()) == before


def test_old_addresses_of_a_theme_lead_to_the_one_kept_for_good(client, her):
    merge_themes()
    for headers in ({}, CARD):
        for old, new in (
            ("/themes/fear-of-pain/", "/themes/choice/"),
            ("/her/themes/fear-of-pain/", "/her/themes/choice/"),
        ):
            answer = client.get(old, headers=headers)
            assert (answer.status_code, answer.url) == (301, new)
            assert client.get(new, headers=headers).status_code == 200


def test_addresses_lead_on_through_one_merge_after_another(client, her):
    merge_themes()
    merge_themes("choice", "growth")
    for old in ("fear-of-pain", "choice"):
        assert client.get(f"/themes/{old}/").url == "/themes/growth/"


def test_old_addresses_of_a_quotation_lead_to_the_one_kept(client, her):
    kept = Quotation.objects.get(slug="costanza-on-going-in")
    gone = Quotation.objects.create(slug="again", text="I like to go in Fresh!", work=kept.work)
    old = gone.get_absolute_url()
    Gloss.objects.first().links.create(quotation=gone, relation="echo", reason="Twice.")
    merge.merge(gone, kept)
    for headers in ({}, CARD):
        answer = client.get(old, headers=headers)
        assert (answer.status_code, answer.url) == (301, kept.get_absolute_url())
    assert kept.links.filter(reason="Twice.").exists()


def test_the_one_kept_takes_over_the_passage_that_printed_the_other(her):
    gone = Quotation.objects.get(slug="watts-on-the-universe")
    passage, text = gone.passage, gone.text
    kept = Quotation.objects.create(slug="watts", text="The universe…", work=gone.work)
    assert merge.plan(gone, kept).printed == passage
    merge.merge(gone, kept)
    kept.refresh_from_db()
    assert (kept.passage, kept.text) == (passage, text)


def test_two_quotations_that_passages_of_their_own_print_stay_two(her):
    one = Quotation.objects.get(slug="watts-on-the-universe")
    other = Quotation.objects.get(slug="costanza-on-going-in")
    with pytest.raises(MergeRefused, match="Each is printed by a passage of its own"):
        merge.merge(one, other)
    assert Quotation.objects.filter(pk=one.pk).exists()


def test_nothing_is_merged_into_itself_or_into_a_thing_of_another_kind(her):
    for kept in (theme("choice"), Work.objects.first()):
        with pytest.raises(MergeRefused, match="Choose another"):
            merge.merge(theme("choice"), kept)


def test_what_was_merged_meanwhile_is_said_to_be_no_more(her):
    gone, kept = theme("fear-of-pain"), theme("choice")
    merge_themes()
    with pytest.raises(MergeRefused, match="no more"):
        merge.merge(gone, kept)


def test_a_work_takes_its_quotations_essays_and_veil_along(client, her):
    gone = Work.objects.get(slug="her")
    kept = Work.objects.create(slug="her-2013", title="Her", year=2013)
    before = counter()
    merge.merge(gone, kept)
    essay = Essay.objects.get(slug="her")
    assert list(essay.works.all()) == [kept]
    assert essay.veil_work == kept
    assert kept.quotations.exists() and kept.links.exists()
    assert counter() > before
    assert client.get("/works/her/").url == "/works/her-2013/"
    assert client.get("/her/").status_code == 200


def test_an_essay_about_both_works_is_about_the_one_kept_once(her):
    kept = Work.objects.get(slug="seinfeld")
    her.works.add(kept)
    merge.merge(Work.objects.get(slug="her"), kept)
    assert list(her.works.all()) == [kept]


def found(words: str) -> list:
    return list(search.matching(search.Query.of(words)).values_list("theme__slug", flat=True))


def test_the_search_knows_the_one_kept_alone(her):
    pk = theme("fear-of-pain").pk
    assert "fear-of-pain" in found("standing still hurt")
    merge_themes()
    assert not SearchEntry.objects.filter(theme=pk).exists()
    assert found("standing still hurt") == []


def test_what_happened_is_in_the_histories(her):
    moved = merge_themes().moved[0]
    assert Theme.history.filter(slug="fear-of-pain").first().history_type == "-"
    cause = "“The fear of pain” was merged into “Choice”"
    assert moved.history.first().history_change_reason == cause


def test_loading_the_same_files_again_neither_resurrects_nor_stops(her):
    on_both(her)
    GlossLink.objects.filter(reason="It stays.").delete()
    merge_themes()
    loaded = loading.load(cast.HER)
    assert loaded.lines == ("the theme fear-of-pain of the files is choice on the site",)
    assert not Theme.objects.filter(slug="fear-of-pain").exists()


@pytest.mark.parametrize("take", ["file", "site"])
def test_loading_with_either_side_taken_resurrects_nothing(her, take):
    gloss = on_both(her)
    merge_themes()
    loading.load(cast.HER, take=take)
    assert not Theme.objects.filter(slug="fear-of-pain").exists()
    assert gloss.links.filter(theme=theme("choice")).exists()


def test_files_with_both_names_on_a_gloss_agree_with_what_the_merge_left(her, tmp_path):
    both = [
        gloss
        for gloss in Gloss.objects.all()
        if {"programming", "choice"}
        <= {link.target.slug for link in gloss.links.all() if link.theme}
    ]
    assert both
    merge_themes("programming", "choice")
    assert len(loading.load(cast.HER).lines) == 1


def test_a_quotation_and_a_work_that_were_merged_stay_so_when_files_come_again(her):
    kept = Quotation.objects.create(
        slug="samantha", text="The past", work=Work.objects.get(slug="her")
    )
    merge.merge(Quotation.objects.get(slug="samantha-on-the-past"), kept)
    other = Work.objects.create(slug="the-show", title="Seinfeld", kind="series")
    merge.merge(Work.objects.get(slug="seinfeld"), other)
    loaded = loading.load(cast.HER)
    assert not Quotation.objects.filter(slug="samantha-on-the-past").exists()
    assert not Work.objects.filter(slug="seinfeld").exists()
    assert len(loaded.lines) == 2


def test_a_theme_with_a_new_address_is_still_the_theme_of_the_files(her):
    one = theme("choice")
    one.slug = "choosing"
    one.save()
    slugs.keep_former_slug(one, "choice")
    loaded = loading.load(cast.HER)
    assert loaded.lines == ("the theme choice of the files is choosing on the site",)
    assert Theme.objects.filter(name="Choice").count() == 1
    revising.bump_counters(themes=[one])


def test_the_files_of_another_essay_mean_the_theme_that_was_kept(her):
    cast.second()
    merge_themes("watching", "choice")
    assert loading.load(cast.SALT_LEDGER).lines == (
        "the theme watching of the files is choice on the site",
    )
    assert theme("choice").links.filter(gloss__essay__slug="salt-ledger").exists()


def test_no_address_of_old_is_given_to_something_else(her):
    merge_themes()
    assert slugs.slug_from(Theme, "Fear of pain") == "fear-of-pain-2"
    with pytest.raises(Exception, match="an address of “Choice” and still leads there"):
        slugs.check_slug(Theme(), "fear-of-pain")
