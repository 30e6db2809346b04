"""The history of every change at the desk; what readers write is never in it."""

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry

from annotations import loading, search
from annotations.models import Gloss, GlossLink, Note, Quotation, SearchEntry, Theme
from annotations.moderation import moderate
from annotations.text.stems import stems
from essays.change_history import because
from essays.models import Essay, Work
from readers.models import User
from tests import cast, dom
from tests.written_notes import note, reader_of, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return cast.her()


@pytest.fixture
def elsa(client, her):
    elsa = cast.editor()
    client.force_login(elsa)
    return elsa


def page_url(one, page: str = "history/") -> str:
    opts = one._meta
    return f"/admin/{opts.app_label}/{opts.model_name}/{one.pk}/{page}"


def theme() -> Theme:
    return Theme.objects.get(slug="choice")


def gloss() -> Gloss:
    return Gloss.objects.get(key="rule-for-films")


def reword(client, definition: str):
    sent = {"name": "Choice", "slug": "choice", "definition": definition}
    assert client.post(page_url(theme(), "change/"), sent).status_code == 302


def moments(client, one) -> list:
    return dom.of(client.get(page_url(one))).all("li.moment")


def counter(slug: str = "her") -> int:
    return Essay.objects.get(slug=slug).counter


def test_the_history_shows_each_change_word_by_word_with_its_author_and_time(client, elsa):
    was = theme().definition
    reword(client, was.replace("moment", "instant"))
    newest, oldest = moments(client, theme())
    assert "Elsa Editor" in newest.one("h2").text
    assert newest.one("time")["datetime"].endswith("Z")
    assert [one.text for one in newest.all("del")] == ["[removed: moment]"]
    assert [one.text for one in newest.all("ins")] == ["[added: instant]"]
    assert [one.text for one in newest.all("dt")] == ["Definition"]
    assert "from a file" in oldest.one("h2").text
    assert was in oldest.text
    assert "The first state that is known." in oldest.text
    assert "The first state" not in newest.text


def test_bringing_an_old_state_back_is_a_new_change(client, elsa):
    was = theme().definition
    reword(client, "Something else.")
    before = counter()
    confirmation = client.get(page_url(theme(), "history/1/"))
    assert "Something else" in dom.of(confirmation).one("del").text
    assert theme().definition == "Something else."
    answer = client.post(page_url(theme(), "history/1/"))
    assert (answer.status_code, answer.url) == (302, page_url(theme(), "change/"))
    assert theme().definition == was
    assert counter() > before
    newest = moments(client, theme())[0]
    assert "brought back from" in newest.one("h2").text
    assert "Elsa Editor" in newest.one("h2").text
    assert len(moments(client, theme())) == 3


def test_the_current_state_has_no_button_to_bring_it_back(client, elsa):
    reword(client, "Something else.")
    newest, oldest = moments(client, theme())
    assert not newest.all("a.button")
    assert oldest.one("a.button")["href"] == page_url(theme(), "history/1/")


def test_the_links_of_a_gloss_are_part_of_its_history_and_come_back(client, elsa):
    link = gloss().links.get()
    was = link.reason
    link.reason = "Another reason."
    link.save()
    gloss().links.create(theme=theme(), relation="echo", reason="One more.", position=1)
    newest = moments(client, gloss())[0]
    assert [one.text for one in newest.all("dt")] == ["Links"]
    assert "Choice · Echo · One more" in newest.one("ins").text
    assert client.post(page_url(gloss(), "history/1/")).status_code == 302
    assert [one.reason for one in gloss().links.all()] == [was]


def test_bringing_a_gloss_back_keeps_links_older_than_its_history(client, elsa):
    gloss().links.create(theme=theme(), relation="echo", reason="Kept before.", position=1)
    GlossLink.history.all().delete()
    Gloss.history.all().delete()
    one = gloss()
    one.source = "Other words."
    one.save()
    one.source = "Still others."
    one.save()
    Gloss.history.filter(source="Other words.").update(history_date="2026-01-01T00:00Z")
    assert client.post(page_url(one, "history/1/")).status_code == 302
    assert gloss().source == "Other words."
    assert gloss().links.count() == 2


def test_a_state_with_a_link_to_a_deleted_theme_is_not_brought_back(client, elsa):
    deleted = Theme.objects.create(slug="gone", name="Gone", definition="It goes.")
    with because("a test"):
        link = gloss().links.create(
            theme=deleted, relation="echo", reason="For a while.", position=1
        )
    Gloss.history.update(history_date="2026-01-01T00:00Z")
    GlossLink.history.update(history_date="2026-01-01T00:00Z")
    GlossLink.history.filter(id=link.pk).update(history_date="2026-01-02T00:00Z")
    link.delete()
    deleted.delete()
    answer = client.post(page_url(gloss(), "history/2/"))
    assert answer.status_code == 422
    assert "is no more" in answer.text
    assert gloss().links.count() == 1


def test_an_old_state_that_the_form_refuses_is_not_brought_back(client, elsa):
    work = Work.objects.get(slug="seinfeld")
    Work.history.filter(id=work.pk).update(title="")
    work.title = "Seinfeld, again"
    work.save()
    answer = client.post(page_url(work, "history/1/"))
    assert answer.status_code == 422
    assert "This field is required." in answer.text
    assert Work.objects.get(slug="seinfeld").title == "Seinfeld, again"


def test_loading_unchanged_files_adds_nothing_to_the_history(client, elsa):
    loading.load(cast.HER)
    for one in (theme(), gloss(), Quotation.objects.first(), Essay.objects.get()):
        [only] = moments(client, one)
        assert "from a file" in only.one("h2").text


def test_a_change_by_a_deleted_account_names_nobody(client, elsa):
    deleted = User.objects.create_user("gone", pen_name="Gone")
    one = theme()
    one.definition = "By somebody."
    one._history_user = deleted
    one.save()
    deleted.delete()
    newest = moments(client, theme())[0]
    assert "somebody without an account here today" in newest.one("h2").text


def test_a_changed_reference_is_shown_by_name(client, elsa):
    quotation = Quotation.objects.get(slug="costanza-on-going-in")
    quotation.work = Work.objects.get(slug="her")
    quotation.save()
    newest = moments(client, quotation)[0]
    assert newest.one("ins").text == "[added: Her (2013)]"
    assert newest.one("del").text == "[removed: Seinfeld (1989)]"


@pytest.mark.parametrize("page", ["history/", "history/1/"])
def test_a_stranger_sees_no_history(client, her, page):
    assert client.get(page_url(theme(), page)).status_code == 302
    assert client.post(page_url(theme(), page)).status_code == 302


def test_a_moderator_brings_nothing_back(client, elsa):
    reword(client, "Something else.")
    client.force_login(cast.moderator())
    assert not [one for moment in moments(client, theme()) for one in moment.all("a.button")]
    for method in (client.get, client.post):
        assert method(page_url(theme(), "history/1/")).status_code == 403
    assert theme().definition == "Something else."


def test_a_missing_state_or_theme_is_not_found(client, elsa):
    assert client.get(page_url(theme(), "history/99/")).status_code == 404
    assert client.get("/admin/annotations/theme/9999/history/").status_code == 404


def test_markup_in_the_history_is_escaped(client, elsa):
    reword(client, "<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get(page_url(theme())).text


def test_a_long_history_is_paged_and_takes_no_more_queries(
    client, elsa, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40) as few:
        client.get(page_url(theme()))
    for number in range(30):
        with because(f"change {number}"):
            one = theme()
            one.definition = f"Number {number}."
            one.save()
    with django_assert_max_num_queries(len(few)):
        assert len(moments(client, theme())) == 20
    older = dom.of(client.get(page_url(theme()) + "?page=2"))
    assert len(older.all("li.moment")) == 11


def test_no_history_or_log_keeps_what_readers_wrote(her):
    names = {model.__name__ for model in apps.get_models() if hasattr(model, "history_id")}
    assert {"HistoricalTheme", "HistoricalGloss"} <= names
    assert not names & {
        "HistoricalNote",
        "HistoricalReply",
        "HistoricalReader",
        "HistoricalFlag",
    }
    rosa, mona = reader_of(cast.reader()), cast.moderator()
    one = note(rosa, "Words of Rosa", public=True)
    answer = reply(one, rosa, "An answer of hers")
    moderate.hide(Note.objects.filter(pk=one.pk), mona, "A reason")
    one.remove()
    answer.delete()
    for model in apps.get_models():
        if hasattr(model, "history_id") or model is LogEntry:
            for row in model.objects.values():
                assert "of Rosa" not in str(row) and "of hers" not in str(row)


def test_the_title_of_an_essay_can_be_brought_back(client, elsa, her):
    was = her.title
    her.title = "Another title"
    with because("a test"):
        her.save()
    search.reindex(her)
    assert len(moments(client, her)[0].all("ins")) == 1
    before = counter()
    assert client.post(page_url(her, "history/1/")).status_code == 302
    assert Essay.objects.get().title == was
    assert counter() > before
    assert SearchEntry.objects.get(essay=her).title == stems(was)
