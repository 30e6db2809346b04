"""Merging two themes, quotations or works: links, addresses, files, search, histories."""

import pytest
from django.core.exceptions import ValidationError

from annotations import loading, search
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


def merge_themes(duplicate: str = "fear-of-pain", target: str = "choice"):
    return merge.merge(theme(duplicate), theme(target))


def on_both(her) -> Gloss:
    """A gloss that links to both themes."""
    gloss = GlossLink.objects.filter(theme=theme("fear-of-pain")).first().gloss
    gloss.links.filter(theme=theme("choice")).delete()
    gloss.links.create(theme=theme("choice"), relation="echo", reason="It stays.", position=9)
    return gloss


def test_a_merge_moves_the_links_and_deletes_the_duplicate(her):
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


def test_a_gloss_linked_to_both_keeps_its_link_to_the_target(her):
    gloss = on_both(her)
    plan = merge.plan(theme("fear-of-pain"), theme("choice"))
    assert [link for link, _ in plan.dropped if link.gloss == gloss]
    merge_themes()
    [link] = gloss.links.filter(theme=theme("choice"))
    assert (link.relation, link.reason) == ("echo", "It stays.")


def test_planning_a_merge_changes_nothing(her):
    before = counter(), GlossLink.history.count(), Theme.objects.count()
    merge.plan(theme("fear-of-pain"), theme("choice"))
    assert (counter(), GlossLink.history.count(), Theme.objects.count()) == before


def test_the_addresses_of_a_merged_theme_redirect(client, her):
    merge_themes()
    for headers in ({}, CARD):
        for old, new in (
            ("/themes/fear-of-pain/", "/themes/choice/"),
            ("/her/themes/fear-of-pain/", "/her/themes/choice/"),
        ):
            answer = client.get(old, headers=headers)
            assert (answer.status_code, answer.url) == (301, new)
            assert client.get(new, headers=headers).status_code == 200


def test_addresses_redirect_after_several_merges(client, her):
    merge_themes()
    merge_themes("choice", "growth")
    for old in ("fear-of-pain", "choice"):
        assert client.get(f"/themes/{old}/").url == "/themes/growth/"


def test_the_address_of_a_merged_quotation_redirects(client, her):
    target = Quotation.objects.get(slug="costanza-on-going-in")
    duplicate = Quotation.objects.create(
        slug="again", text="I like to go in Fresh!", work=target.work
    )
    old = duplicate.get_absolute_url()
    Gloss.objects.first().links.create(quotation=duplicate, relation="echo", reason="Twice.")
    merge.merge(duplicate, target)
    for headers in ({}, CARD):
        answer = client.get(old, headers=headers)
        assert (answer.status_code, answer.url) == (301, target.get_absolute_url())
    assert target.links.filter(reason="Twice.").exists()


def test_the_target_takes_over_the_passage_of_the_duplicate(her):
    duplicate = Quotation.objects.get(slug="watts-on-the-universe")
    passage, text = duplicate.passage, duplicate.text
    target = Quotation.objects.create(slug="watts", text="The universe…", work=duplicate.work)
    assert merge.plan(duplicate, target).printed == passage
    merge.merge(duplicate, target)
    target.refresh_from_db()
    assert (target.passage, target.text) == (passage, text)


def test_two_quotations_with_a_passage_each_cannot_be_merged(her):
    one = Quotation.objects.get(slug="watts-on-the-universe")
    other = Quotation.objects.get(slug="costanza-on-going-in")
    with pytest.raises(MergeRefused, match="Each is printed by a passage of its own"):
        merge.merge(one, other)
    assert Quotation.objects.filter(pk=one.pk).exists()


def test_a_theme_cannot_be_merged_with_itself_or_with_a_work(her):
    for target in (theme("choice"), Work.objects.first()):
        with pytest.raises(MergeRefused, match="Choose another"):
            merge.merge(theme("choice"), target)


def test_a_theme_that_was_merged_meanwhile_cannot_be_merged_again(her):
    duplicate, target = theme("fear-of-pain"), theme("choice")
    merge_themes()
    with pytest.raises(MergeRefused, match="no more"):
        merge.merge(duplicate, target)


def test_merging_a_work_moves_its_quotations_essays_and_veil(client, her):
    duplicate = Work.objects.get(slug="her")
    target = Work.objects.create(slug="her-2013", title="Her", year=2013)
    before = counter()
    merge.merge(duplicate, target)
    essay = Essay.objects.get(slug="her")
    assert list(essay.works.all()) == [target]
    assert essay.veil_work == target
    assert target.quotations.exists() and target.links.exists()
    assert counter() > before
    assert client.get("/works/her/").url == "/works/her-2013/"
    assert client.get("/her/").status_code == 200


def test_an_essay_about_both_works_has_the_target_once(her):
    target = Work.objects.get(slug="seinfeld")
    her.works.add(target)
    merge.merge(Work.objects.get(slug="her"), target)
    assert list(her.works.all()) == [target]


def themes_found(words: str) -> list:
    return list(search.matching(search.Query.of(words)).values_list("theme__slug", flat=True))


def test_the_search_finds_only_the_target(her):
    pk = theme("fear-of-pain").pk
    assert "fear-of-pain" in themes_found("standing still hurt")
    merge_themes()
    assert not SearchEntry.objects.filter(theme=pk).exists()
    assert themes_found("standing still hurt") == []


def test_a_merge_is_in_the_histories(her):
    moved = merge_themes().moved[0]
    assert Theme.history.filter(slug="fear-of-pain").first().history_type == "-"
    cause = "“The fear of pain” was merged into “Choice”"
    assert moved.history.first().history_change_reason == cause


def test_loading_the_files_again_respects_the_merge(her):
    on_both(her)
    GlossLink.objects.filter(reason="It stays.").delete()
    merge_themes()
    loaded = loading.load(cast.HER)
    assert loaded.lines == ("the theme fear-of-pain of the files is choice on the site",)
    assert not Theme.objects.filter(slug="fear-of-pain").exists()


@pytest.mark.parametrize("take", ["file", "site"])
def test_loading_with_take_does_not_bring_the_duplicate_back(her, take):
    gloss = on_both(her)
    merge_themes()
    loading.load(cast.HER, take=take)
    assert not Theme.objects.filter(slug="fear-of-pain").exists()
    assert gloss.links.filter(theme=theme("choice")).exists()


def test_files_that_link_a_gloss_to_both_agree_with_the_merge(her, tmp_path):
    both = [
        gloss
        for gloss in Gloss.objects.all()
        if {"programming", "choice"}
        <= {link.target.slug for link in gloss.links.all() if link.theme}
    ]
    assert both
    merge_themes("programming", "choice")
    assert len(loading.load(cast.HER).lines) == 1


def test_merged_quotations_and_works_stay_merged_after_loading(her):
    target = Quotation.objects.create(
        slug="samantha", text="The past", work=Work.objects.get(slug="her")
    )
    merge.merge(Quotation.objects.get(slug="samantha-on-the-past"), target)
    other = Work.objects.create(slug="the-show", title="Seinfeld", kind="series")
    merge.merge(Work.objects.get(slug="seinfeld"), other)
    loaded = loading.load(cast.HER)
    assert not Quotation.objects.filter(slug="samantha-on-the-past").exists()
    assert not Work.objects.filter(slug="seinfeld").exists()
    assert len(loaded.lines) == 2


def test_files_find_a_theme_by_its_former_slug(her):
    one = theme("choice")
    one.slug = "choosing"
    one.save()
    slugs.keep_former_slug(one, "choice")
    loaded = loading.load(cast.HER)
    assert loaded.lines == ("the theme choice of the files is choosing on the site",)
    assert Theme.objects.filter(name="Choice").count() == 1


def test_files_of_another_essay_find_the_target_of_a_merge(her):
    cast.second()
    merge_themes("watching", "choice")
    assert loading.load(cast.SALT_LEDGER).lines == (
        "the theme watching of the files is choice on the site",
    )
    assert theme("choice").links.filter(gloss__essay__slug="salt-ledger").exists()


def test_former_slugs_are_not_used_again(her):
    merge_themes()
    assert slugs.slug_from(Theme, "Fear of pain") == "fear-of-pain-2"
    with pytest.raises(ValidationError, match="an address of “Choice” and still leads there"):
        slugs.check_slug(Theme(), "fear-of-pain")
