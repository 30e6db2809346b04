"""The front page of the desk: counts of what there is to do, each with a link to its list."""

from datetime import UTC, datetime, timedelta

import pytest

from annotations import revising
from annotations.editorial import activity
from annotations.models import Gloss, GlossLink, Note, Promotion, Quotation, Theme
from essays.models import Essay, Passage, Work
from tests import cast, dom
from tests.written_notes import note, reader_of


@pytest.fixture
def her(db):
    return cast.her()


@pytest.fixture
def elsa(client, her):
    client.force_login(cast.editor())
    return client


def tasks(client) -> dict[str, tuple[int, str]]:
    """The counts on the desk's front page, by label, each with the address of its list."""
    links = dom.of(client.get("/admin/")).one("section.desk-tasks").all("a")
    return {
        link.one("span").text: (int(link.one("b").text), link.attributes["href"]) for link in links
    }


def counted_and_listed(client, words: str) -> tuple[int, int]:
    count, address = tasks(client)[words]
    response = client.get(address)
    assert response.status_code == 200
    context = response.context
    return count, context["cl"].result_count if "cl" in context else context["page"].paginator.count


def passage(her, key="fresh"):
    return her.passages.get(key=key)


def unpublish(her):
    Essay.objects.update(status="draft")


def drop_glosses(her):
    passage(her, "opening").gloss_set.all().delete()


def drop_themes(her):
    GlossLink.objects.filter(gloss__passage=passage(her, "excerpt"), theme__isnull=False).delete()


def silence(her):
    GlossLink.objects.filter(pk=GlossLink.objects.first().pk).update(reason="")


def cut_links(her):
    Gloss.objects.exclude(links=None).first().links.all().delete()


def quote(her):
    Quotation.objects.create(slug="new", text="Words", work=Work.objects.first())


def misquote(her):
    Quotation.objects.filter(slug="costanza-on-going-in").update(text="I Like To Go In Fresh!")


def name_an_idea(her):
    theme = Theme.objects.create(slug="idea", name="Idea", definition="One.")
    GlossLink.objects.create(
        gloss=Gloss.objects.first(), theme=theme, relation="echo", reason="It says so."
    )


def cut_words(her):
    revising.edit(passage(her), "Nothing of what was here is left.")


def cut_a_note(her):
    note(reader_of(cast.reader()), "Words of mine.", public=True)
    revising.retire(passage(her))


def agree(her):
    made = note(reader_of(cast.reader()), "Words of mine.", public=True)
    Promotion.objects.create(note=made, answer="agreed")


CHANGES = [
    (unpublish, "draft", "drafts", 1),
    (drop_glosses, "passage without a gloss", "passages without a gloss", 1),
    (
        drop_themes,
        "passage after the veil without a theme",
        "passages after the veil without a theme",
        1,
    ),
    (silence, "gloss that does not say why it leads", "glosses that do not say why they lead", 1),
    (cut_links, "gloss that leads nowhere", "glosses that lead nowhere", 2),
    (quote, "quotation never cited", "quotations never cited", 1),
    (
        misquote,
        "quotation that differs from its passage",
        "quotations that differ from their passage",
        1,
    ),
    (name_an_idea, "theme on one passage only", "themes on one passage only", 1),
    (cut_words, "gloss that lost its words", "glosses that lost their words", None),
    (
        cut_a_note,
        "public note that lost its words",
        "public notes that lost their words",
        1,
    ),
    (agree, "note that may become a gloss", "notes that may become glosses", 1),
]


@pytest.mark.parametrize(
    ("change", "one", "many", "number"), CHANGES, ids=[change.__name__ for change, *_ in CHANGES]
)
def test_each_count_equals_the_length_of_its_list(elsa, her, change, one, many, number):
    before = tasks(elsa)
    was = before[one if one in before else many][0]
    change(her)
    after = tasks(elsa)
    count, listed = counted_and_listed(elsa, one if one in after else many)
    assert count == listed
    assert count > was
    if number is not None:
        assert count == number


def test_tasks_with_nothing_to_do_come_last(elsa, her):
    drop_glosses(her)
    counts = [count for count, _ in tasks(elsa).values()]
    assert 0 in counts
    assert counts == sorted(counts, key=lambda count: count == 0)


def test_the_shipped_essay_leaves_one_task(elsa):
    left = {words: count for words, (count, _) in tasks(elsa).items() if count}
    assert left == {"gloss that leads nowhere": 1}


def test_the_desk_says_what_changed_lately_and_who_did_it(elsa, her):
    revising.edit(passage(her), "Other words.", by=cast.superuser())
    theme = Theme.objects.first()
    elsa.post(
        f"/admin/annotations/theme/{theme.pk}/change/",
        {"name": theme.name, "slug": theme.slug, "definition": "Another."},
    )
    events = dom.of(elsa.get("/admin/")).one("section.desk-events").all("li")
    texts = [" ".join(event.text.split()) for event in events]
    assert texts[0].startswith(f"Theme “{theme}” changed")
    assert texts[0].endswith("by Elsa Editor")
    assert texts[1].startswith("Passage 3 of “Her” Is Not About the Future")
    assert texts[1].endswith("by Sue Superuser")
    for link in (one for event in events for one in event.all("a")):
        assert elsa.get(link["href"]).status_code == 200


def test_objects_loaded_together_are_one_event(elsa):
    events = dom.of(elsa.get("/admin/")).one("section.desk-events").all("li")
    text = " ".join(" ".join(event.text.split()) for event in events)
    assert "35 glosses were made" in text
    assert "15 passages of “Her” Is Not About the Future" in text


@pytest.mark.parametrize(("pause", "together"), [(59, True), (61, False)])
def test_what_one_editor_changed_without_a_pause_is_one_event(her, pause, together):
    """Also where the minute of the clock changes in between."""
    first, second = Theme.objects.all()[:2]
    for theme, seconds in ((first, 60 - pause), (second, 60)):
        theme._history_date = datetime(2030, 1, 1, 12, 0, tzinfo=UTC) + timedelta(seconds=seconds)
        theme.save()
    assert ("2 themes changed" in [one.what for one in activity.events(2)]) == together


def test_readers_notes_are_not_events(elsa, her):
    note(reader_of(cast.reader()), "Words of mine.", public=True)
    assert "Words of mine" not in elsa.get("/admin/").content.decode()
    assert "Rosa" not in elsa.get("/admin/").content.decode()


def test_a_moderator_sees_only_moderation_tasks(client, her):
    client.force_login(cast.moderator())
    assert set(tasks(client)) == {
        "notes waiting for approval",
        "replies waiting for approval",
        "open flags",
    }
    assert "Changed lately" not in client.get("/admin/").content.decode()


def test_a_reader_has_no_desk(client, her):
    client.force_login(cast.reader())
    assert client.get("/admin/", follow=True).status_code == 403


def test_the_desk_takes_as_many_queries_with_many_passages_and_notes(
    elsa, her, django_assert_max_num_queries
):
    rosa = reader_of(cast.reader())

    def grow(count):
        for number in range(count):
            note(rosa, f"Number {number}", public=True)
            key, place = f"more-{count}-{number}", 100 + count + number
            Passage.objects.create(essay=her, key=key, number=place, source="More.")
            Gloss.objects.first().save()

    grow(2)
    with django_assert_max_num_queries(60) as few:
        elsa.get("/admin/")
    grow(40)
    with django_assert_max_num_queries(len(few)):
        assert elsa.get("/admin/").status_code == 200
    assert Note.objects.count() == 42


def test_the_desk_opens_when_the_object_of_an_event_was_deleted(elsa):
    work = Work.objects.create(slug="gone", title="Gone")
    quotation = Quotation.objects.create(slug="new", text="Words of nobody.", work=work)
    quotation.delete()
    work.delete()
    events = dom.of(elsa.get("/admin/")).one("section.desk-events")
    assert "Quotation “Words of nobody.” deleted" in " ".join(events.text.split())
    for link in events.all("a"):
        assert elsa.get(link["href"]).status_code == 200
