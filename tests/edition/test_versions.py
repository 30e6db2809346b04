import re
from html import unescape

import pytest
from django.test import Client

from annotations import revising
from annotations.editorial import publish
from annotations.models import Gloss
from essays.models import Essay, Passage, PassageRevision, Revision
from readers.models import User
from tests import cast, dom

pytestmark = pytest.mark.django_db

CUT = " I have rarely been so absorbed by subtraction."


@pytest.fixture
def essay() -> Essay:
    return cast.second()


def passage(key: str) -> Passage:
    return Passage.objects.get(essay__slug="salt-ledger", key=key)


def gloss(key: str) -> Gloss:
    return Gloss.objects.select_related("passage").get(key=key)


def edit(key: str, old: str, new: str, **options):
    assert old in passage(key).source
    return revising.edit(passage(key), passage(key).source.replace(old, new), **options)


def versions(client: Client, key: str) -> str:
    response = client.get(f"/salt-ledger/{key}/versions/")
    assert response.status_code == 200
    return response.content.decode()


def sections(page: str) -> list[str]:
    """The versions on a page, in order."""
    return re.findall(r'<section class="version".*?</section>', page, re.DOTALL)


def text_of(html: str) -> str:
    """The text of a page, on one line."""
    words = re.sub(r"<(?!/?(?:ins|del|mark)\b)[^>]*>", "", html)
    return " ".join(unescape(words).split())


def get(client: Client, url: str, status: int = 200, **headers) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == status
    return dom.flat(response.text)


# Versions of a passage


def test_every_version_is_listed_newest_first_with_its_changes(client, essay):
    edit("bookkeeping", "two hours", "three hours", by=cast.editor())
    newest, first = sections(versions(client, "bookkeeping"))
    assert 'id="v2"' in newest and 'href="#v2"' in newest and 'id="v1"' in first
    assert "of <del>[removed: two]</del><ins>[added: three]</ins> hours" in text_of(newest)
    assert "Elsa Editor · passage 2" in text_of(newest)
    assert "<ins" not in first and "<del" not in first
    assert passage("bookkeeping").versions.get(version=1).text in text_of(first)
    assert "from the files" in text_of(first)
    assert 'datetime="20' in newest


# What changes while an essay is not published stays with the editors


@pytest.fixture
def draft(essay) -> Essay:
    """The essay as a draft that was never published."""
    Essay.objects.update(status=Essay.Status.DRAFT, published_at=None)
    PassageRevision.objects.update(was_published=False)
    essay.refresh_from_db()
    return essay


def test_wordings_of_a_draft_are_not_shown_once_it_is_published(client, draft):
    edit("bookkeeping", "two hours", "a secret hour")
    edit("bookkeeping", "a secret hour", "three hours")
    publish.publish(draft)
    [only] = sections(versions(client, "bookkeeping"))
    assert "three hours" in text_of(only)
    assert "secret" not in only and "two hours" not in only
    assert "versions" not in get(client, "/salt-ledger/bookkeeping/")
    edit("bookkeeping", "three hours", "four hours")
    newest, first = sections(versions(client, "bookkeeping"))
    assert "[removed: three]" in text_of(newest) and "secret" not in newest + first
    assert "2 versions" in get(client, "/salt-ledger/bookkeeping/")


def test_what_changes_while_an_essay_is_unpublished_is_one_change_for_readers(client, essay):
    publish.unpublish(essay)
    edit("bookkeeping", "two hours", "a secret hour")
    edit("bookkeeping", "a secret hour", "three hours")
    publish.publish(essay)
    newest, first = sections(versions(client, "bookkeeping"))
    assert "of <del>[removed: two]</del><ins>[added: three]</ins> hours" in text_of(newest)
    assert "secret" not in newest + first


@pytest.mark.parametrize("path", ["", "versions/", "write/?choice=whole"])
def test_a_passage_cut_before_publication_has_no_page(client, draft, path):
    revising.retire(passage("bookkeeping"))
    publish.publish(draft)
    get(client, f"/salt-ledger/bookkeeping/{path}", 404)


def test_a_passage_cut_while_unpublished_keeps_its_page_and_says_so(client, essay):
    publish.unpublish(essay)
    revising.retire(passage("bookkeeping"))
    publish.publish(essay)
    newest, _ = sections(versions(client, "bookkeeping"))
    assert "Cut from the essay" in newest
    get(client, "/salt-ledger/bookkeeping/")


def test_versions_begin_with_the_first_publication_for_editors_too(draft):
    elsa = Client()
    elsa.force_login(cast.editor())
    get(elsa, "/salt-ledger/bookkeeping/")
    get(elsa, "/salt-ledger/bookkeeping/versions/", 404)


def test_a_gloss_does_not_tell_what_a_draft_said_when_it_was_written(client, draft):
    edit("third-column", "the third has no heading", "the third bears no heading")
    edited = gloss("unread")
    assert edited.state == Gloss.State.CHANGED
    publish.publish(draft)
    for url in ("/salt-ledger/", edited.get_absolute_url(), edited.passage.get_absolute_url()):
        page = get(client, url)
        assert "third has no" not in page
        assert "The text has changed since" not in page


def test_an_editor_without_a_pen_name_is_not_named(client, essay):
    walter = User.objects.create_user("walter", email="walter@example.org")
    edit("bookkeeping", "two hours", "three hours", by=walter)
    edit("bookkeeping", "three hours", "four hours")
    page = versions(client, "bookkeeping")
    assert page.count("· an editor ·") == 2
    assert "walter" not in page


def test_a_passage_that_was_cut_keeps_its_versions(client, essay):
    revising.retire(passage("solvent"))
    newest, first = sections(versions(client, "solvent"))
    assert (
        "Cut from the essay" in text_of(newest) and "passage" not in text_of(newest).split("·")[2]
    )
    assert "passage 8" in text_of(first)
    revising.bring_back(passage("solvent"), 8)
    assert "Brought back" in text_of(sections(versions(client, "solvent"))[0])


def test_a_passage_that_was_merged_says_into_which(client, essay):
    revising.merge(passage("attention"), passage("solvent"))
    page = versions(client, "solvent")
    assert "It was joined to passage 7." in text_of(page)
    assert "the only solvent ending" in text_of(page)


def test_a_version_in_another_form_says_that_its_words_are_the_same(client, essay):
    edit("attention", "*against*", "**against**")
    newest = sections(versions(client, "attention"))[0]
    assert "The same words in another form" in text_of(newest)
    assert "<ins" not in newest


def test_versions_of_a_veiled_passage_are_veiled(client, essay):
    edit("attention", "the film round", "the film upside down")
    page = versions(client, "attention")
    veil, veiled = page.index('class="veil"'), page.index('<div class="veiled">')
    assert veil < veiled < page.index('<section class="version"')
    edit("bookkeeping", "two hours", "three hours")
    assert 'class="veil"' not in versions(client, "bookkeeping")


def test_titles_and_descriptions_do_not_quote_the_text(client, essay):
    revising.retire(passage("attention"))
    edit("solvent", "a balance", "a fine balance")
    for key in ("attention", "solvent"):
        head = versions(client, key).split("</head>")[0]
        assert "balance" not in head and "solvent ending" not in head and "debt" not in head


@pytest.mark.usefixtures("cached_site_identity")
def test_many_versions_take_no_more_queries_than_one(client, essay, django_assert_num_queries):
    url = "/salt-ledger/bookkeeping/versions/"
    with django_assert_num_queries(3):
        client.get(url)
    for hours in ("three", "four", "five", "six"):
        edit("bookkeeping", passage("bookkeeping").source.split(" hours")[0], f"For {hours}")
    with django_assert_num_queries(3):
        assert client.get(url).content.count(b'<section class="version"') == 5


def test_the_page_is_the_same_for_htmx(client, essay):
    url = "/salt-ledger/bookkeeping/versions/"
    page = get(client, url, **{"HX-Request": "true", "HX-Request-Type": "partial"})
    assert "<h1>" in page


def test_versions_of_a_draft_or_of_no_passage_are_not_found(client, essay):
    get(client, "/salt-ledger/no-such-key/versions/", 404)
    get(client, "/no-such-essay/bookkeeping/versions/", 404)
    essay.status = Essay.Status.DRAFT
    essay.save()
    get(client, "/salt-ledger/bookkeeping/versions/", 404)


def test_the_page_of_versions_refuses_post(client, essay):
    assert client.post("/salt-ledger/bookkeeping/versions/").status_code == 405


def test_a_passage_links_to_its_versions_once_it_has_several(client, essay):
    link = "/salt-ledger/bookkeeping/versions/"
    assert link not in get(client, "/salt-ledger/bookkeeping/")
    edit("bookkeeping", "two hours", "three hours")
    assert f'<a href="{link}">2 versions</a>' in get(client, "/salt-ledger/bookkeeping/")


# Glosses whose words changed, moved or are gone


def change_words() -> str:
    edit("bookkeeping", "absorbed by subtraction", "absorbed by plain subtraction")
    assert gloss("subtraction").state == "changed"
    return '<a href="/salt-ledger/bookkeeping/versions/#v1">The text has changed since'


def test_a_gloss_whose_words_changed_says_so_wherever_it_is_shown(client, essay):
    page_before = get(client, "/salt-ledger/")
    notice = change_words()
    assert "has changed since" not in page_before
    url = gloss("subtraction").get_absolute_url()
    card = get(client, url, **{"HX-Request": "true", "HX-Request-Type": "partial"})
    for page in (get(client, "/salt-ledger/"), get(client, url), card):
        assert page.count(notice) == 1
    edit("bookkeeping", "two hours", "three hours")
    assert get(client, "/salt-ledger/").count(notice) == 1


def test_the_page_of_a_gloss_compares_the_original_words_with_todays(client, essay):
    text = passage("bookkeeping").text
    change_words()
    page = get(client, gloss("subtraction").get_absolute_url())
    changes, original = page.split("The passage as its author saw it")
    assert "absorbed by <ins>[added: plain ]</ins>subtraction" in text_of(changes)
    marked = text.replace("absorbed by subtraction", "<mark>absorbed by subtraction</mark>")
    assert text_of(marked) in text_of(original)


def test_moved_words_are_mentioned_only_on_the_page_of_their_gloss(client, essay):
    start, end = passage("attention").source.split(" Everything she")
    revising.split(passage("attention"), [start, f"Everything she{end}"])
    against = gloss("against")
    assert against.state == "moved"
    line = "Its words now stand in passage 8."
    assert line in text_of(get(client, against.get_absolute_url()))
    assert line not in text_of(get(client, "/salt-ledger/"))
    assert "has changed since" not in get(client, against.get_absolute_url())


def test_a_gloss_that_lost_its_words_is_listed_under_its_passage(client, essay):
    edit("bookkeeping", CUT, "")
    url = gloss("subtraction").get_absolute_url()
    page = get(client, "/salt-ledger/bookkeeping/")
    lost = page.split("About words that are no longer here")[1]
    assert f'<a href="{url}">absorbed by subtraction</a>' in lost
    assert text_of(gloss("subtraction").html) in text_of(lost)
    own = text_of(get(client, url))
    assert "These words are no longer in the essay." in own
    assert "so <mark>absorbed by subtraction</mark>." in own
    assert "absorbed" not in get(client, "/salt-ledger/")
    assert url not in get(client, "/salt-ledger/")


def test_a_passage_without_lost_glosses_has_no_list_of_them(client, essay):
    assert "no longer here" not in get(client, "/salt-ledger/bookkeeping/")


def test_lost_words_behind_the_veil_are_veiled(client, essay):
    edit("attention", "The debt was never money.", "It was never money.")
    edit("attention", "she weighs *against* her own attention", "counts")
    assert gloss("against").state == "orphaned"
    page = get(client, "/salt-ledger/attention/")
    lost = page.index("About words that are no longer here")
    assert page.index('class="veil"') < lost
    assert 'class="page-foot lost veiled"' in page
    own = get(client, gloss("against").get_absolute_url())
    assert own.index('<div class="veiled">') < own.index("<mark>") < own.index("</article>")
    assert "against her own" not in own.split("</head>")[0]


def test_glosses_of_a_cut_passage_keep_their_pages(client, essay):
    revising.retire(passage("columns"))
    page = get(client, gloss("three-columns").get_absolute_url())
    assert "None" not in text_of(page)
    assert gloss("three-columns").exact in text_of(page)


def test_original_words_from_behind_the_veil_are_veiled(client, essay):
    words = "rows on with the mail"
    assert words in passage("solvent").text
    moved = Gloss(essay=essay, key="told", source="The end.")
    start = passage("solvent").text.index(words)
    revising.attach(moved, passage("solvent"), start, start + len(words))
    moved.save()
    Gloss.objects.filter(key="told").update(
        passage=passage("bookkeeping"), start=0, end=15, state="changed"
    )
    page = get(client, moved.get_absolute_url())
    veiled = page.index('<div class="veiled">')
    assert page.index('class="veil"') < veiled < page.index("The passage as its author saw it")


def test_lost_glosses_of_a_draft_are_not_found(client, essay):
    edit("bookkeeping", CUT, "")
    essay.refresh_from_db()
    essay.status = Essay.Status.DRAFT
    essay.save()
    get(client, gloss("subtraction").get_absolute_url(), 404)
    get(client, "/salt-ledger/bookkeeping/", 404)


def test_changed_glosses_take_no_more_queries(client, essay, django_assert_max_num_queries):
    change_words()
    assert Revision.objects.count() == 2
    with django_assert_max_num_queries(10):
        client.get("/salt-ledger/")
