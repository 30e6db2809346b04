"""The number of queries of the desk's lists: it does not grow with notes and passages."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations import revising
from annotations.models import Flag, Gloss, GlossLink, Note, Promotion, Quotation, Reply, Theme
from essays.models import Passage, Work
from tests import cast
from tests.written_notes import PUBLIC, make_notes, reader_of

OURS = ("essays", "annotations", "readers")


@pytest.fixture
def sue(db, client):
    client.force_login(cast.superuser())
    return client


def addresses(essay) -> list[str]:
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
        if model._meta.app_label in OURS
    ]
    worklist = reverse("admin:annotations_gloss_worklist")
    return [
        *(
            reverse("admin:index"),
            *lists,
            f"{reverse('admin:annotations_note_changelist')}?queue=all",
        ),
        *(reverse("admin:annotations_note_lost"), f"{worklist}?kind=all"),
        reverse("admin:essays_essay_passages", args=[essay.pk]),
    ]


def costs(client, essay) -> dict[str, int]:
    counts = {}
    for address in addresses(essay):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, follow=True).status_code == 200, address
        counts[address] = len(captured)
    return counts


def fill(essay, rosa, start: int, passages: int, notes: int) -> None:
    """Add passages with a gloss each, targets for the glosses, and notes, some without words."""
    work = Work.objects.create(slug=f"work-{start}", title=f"Work {start}")
    for number in range(start, start + passages):
        passage = Passage(essay=essay, key=f"more-{number}", number=100 + number, source="More.")
        passage.version = 1
        passage.save()
        revision = essay.revisions.first()
        passage.versions.create(revision=revision, version=1, source="More.", text=passage.text)
        theme = Theme.objects.create(slug=f"theme-{number}", name=f"Theme {number}", definition=".")
        Quotation.objects.create(slug=f"said-{number}", text="More.", work=work, passage=passage)
        gloss = Gloss(essay=essay, key=f"gloss-{number}", source="More.")
        revising.attach(gloss, passage, 0, 4)
        gloss.save()
        GlossLink.objects.create(gloss=gloss, theme=theme, relation="echo", reason="So.")
    made = make_notes(notes, rosa, **PUBLIC)
    Note.objects.filter(pk__in=[note.pk for note in made[:30]]).update(
        state="orphaned", start=None, end=None
    )
    for note in made[30:36]:
        Reply.objects.create(note=note, reader=rosa, body="Answer.")
        Flag.objects.create(note=note, reader=rosa, reason="other")
        Promotion.objects.create(note=note)


@pytest.mark.one_database
def test_no_list_costs_more_with_ten_thousand_notes_and_two_hundred_passages(sue):
    essay = cast.her()
    rosa = reader_of(cast.reader())
    fill(essay, rosa, 0, 3, 40)
    costs(sue, essay)  # fills caches that would make the first count too high
    few = costs(sue, essay)
    fill(essay, rosa, 3, 200, 10_000)
    many_counts = costs(sue, essay)
    grown = {one: (few[one], cost) for one, cost in many_counts.items() if cost > few[one]}
    assert grown == {}
