import os
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotations import revising
from annotations.models import Gloss, GlossChange, GlossLink, Quotation
from annotations.revising import Draft, RevisingError, StaleEdit
from essays.markup import MarkupError
from essays.models import Essay, Passage, PassageRevision, Revision
from tests import cast

pytestmark = pytest.mark.django_db

STATE = ("key", "passage__key", "start", "end", "state", "score", "exact")


@pytest.fixture
def essay() -> Essay:
    return cast.second()


def passage(key: str) -> Passage:
    return Passage.objects.get(essay__slug="salt-ledger", key=key)


def gloss(key: str) -> Gloss:
    return Gloss.objects.select_related("passage").get(key=key)


def keys(essay: Essay) -> list[str]:
    return [p.key for p in essay.passages.current()]


def edit(key: str, old: str, new: str, **options):
    assert old in passage(key).source
    return revising.edit(passage(key), passage(key).source.replace(old, new), **options)


def all_rows() -> list:
    models = (Essay, Passage, Revision, PassageRevision, Gloss, GlossChange, Quotation, GlossLink)
    return [list(model.objects.order_by("pk").values()) for model in models]


FOREIGN = " Somebody in the cinema coughed through the whole of this scene and was not ashamed."


@pytest.fixture
def entered(essay) -> Gloss:
    """A gloss on two sentences, between which an edit has put another."""
    words = "The one thing she trusts is the scale. It hangs in the window"
    start = passage("the-scale").text.index(words)
    revising.reattach(gloss("nine-seconds"), passage("the-scale"), start, start + len(words))
    edit("the-scale", "the scale. It", f"the scale.{FOREIGN} It")
    changed = gloss("nine-seconds")
    assert (changed.state, changed.exact) == ("changed", words)
    assert FOREIGN in changed.words
    return changed


# One passage


def test_an_edit_writes_a_new_version_and_keeps_the_old_one(essay):
    elsa = cast.editor()
    report = edit("bookkeeping", "two hours", "three hours", by=elsa)
    assert [p.key for p in report.changed] == ["bookkeeping"]
    versions = passage("bookkeeping").versions.order_by("version")
    assert [v.version for v in versions] == [1, 2]
    assert "two hours" in versions[0].text and "three hours" in versions[1].text
    assert (report.revision.by, report.revision.origin) == (elsa, "site")
    assert [v.passage.key for v in report.revision.passages.all()] == ["bookkeeping"]


def test_an_edit_bumps_the_counters_of_its_essay_and_of_those_that_link_to_it(essay):
    her = cast.her()
    link = her.glosses.first().links.first()
    GlossLink.objects.create(
        gloss=link.gloss, passage=passage("solvent"), relation="echo", reason="The same."
    )
    counters = dict(Essay.objects.values_list("slug", "counter"))
    edit("bookkeeping", "two hours", "three hours")
    assert all(one.counter > counters[one.slug] for one in Essay.objects.all())


def test_saving_an_unchanged_text_writes_nothing(essay):
    before = all_rows()
    report = edit("bookkeeping", "two hours", "two hours")
    assert report.is_empty and report.revision is None
    assert all_rows() == before


def test_a_newer_renderer_renews_the_html_and_writes_no_version(essay):
    html = passage("bookkeeping").html
    Passage.objects.filter(key="bookkeeping").update(html="<p>old</p>", render_version=0)
    counter = Essay.objects.get().counter
    revising.revise(essay, revising.drafts_of(essay))
    assert (passage("bookkeeping").html, passage("bookkeeping").version) == (html, 1)
    assert Revision.objects.count() == 1
    assert Essay.objects.get().counter > counter


def test_words_that_an_edit_only_shifts_are_kept(essay):
    edit("bookkeeping", "*The Salt Ledger* is", "As I said, *The Salt Ledger* is")
    subtraction = gloss("subtraction")
    assert (subtraction.words, subtraction.state) == ("absorbed by subtraction", "kept")


def test_changed_words_stay_changed_after_later_edits(essay):
    edit("bookkeeping", "absorbed by subtraction", "absorbed by plain subtraction")
    assert gloss("subtraction").state == "changed"
    edit("bookkeeping", "two hours", "three hours")
    edit("bookkeeping", "rarely", "seldom")
    subtraction = gloss("subtraction")
    assert (subtraction.words, subtraction.state) == ("absorbed by plain subtraction", "changed")
    assert subtraction.exact == "absorbed by subtraction"
    edit("bookkeeping", "by plain subtraction", "by subtraction")
    assert gloss("subtraction").state == "kept"


def test_what_entered_a_quote_leaves_it_as_it_was(entered):
    edit("the-scale", FOREIGN, "")
    mine = gloss("nine-seconds")
    assert (mine.state, mine.passage.key, mine.words) == ("kept", "the-scale", entered.exact)


def test_an_anchor_does_not_follow_what_entered_its_quote_and_moves_away(entered):
    essay = entered.passage.essay
    sources = {
        "the-scale": passage("the-scale").source.replace(FOREIGN, ""),
        "bookkeeping": passage("bookkeeping").source + FOREIGN,
    }
    drafts = revising.drafts_of(essay)
    revising.revise(
        essay, [replace(one, source=sources.get(one.key, one.source)) for one in drafts]
    )
    mine = gloss("nine-seconds")
    assert (mine.state, mine.passage.key, mine.words) == ("kept", "the-scale", entered.exact)


def test_every_edit_adds_a_row_of_history_for_each_gloss_of_the_passage(essay):
    report = edit("bookkeeping", "absorbed by subtraction", "absorbed by plain subtraction")
    [row] = GlossChange.objects.all()
    assert (row.gloss.key, row.state, row.revision) == ("subtraction", "changed", report.revision)
    assert row.old_words == "absorbed by subtraction"
    assert row.new_words == "absorbed by plain subtraction"
    edit("bookkeeping", "two hours", "three hours")
    assert GlossChange.objects.filter(gloss__key="subtraction").count() == 2


def test_removed_words_are_orphaned_and_found_again_when_they_return(essay):
    cut = " I have rarely been so absorbed by subtraction."
    report = edit("bookkeeping", cut, "")
    assert [fate.anchor.key for fate in report.lost] == ["subtraction"]
    lost = gloss("subtraction")
    assert (lost.state, lost.start, lost.end) == ("orphaned", None, None)
    assert (lost.words, lost.passage.key) == ("absorbed by subtraction", "bookkeeping")
    rows = lost.changes.count()
    edit("the-scale", "as if it were", "as though it were")
    assert gloss("subtraction").state == "orphaned"
    assert lost.changes.count() == rows
    report = edit("bookkeeping", "does sums.", f"does sums.{cut}")
    assert [fate.anchor.key for fate in report.fates if fate.is_recovered] == ["subtraction"]
    subtraction = gloss("subtraction")
    assert (subtraction.words, subtraction.state) == ("absorbed by subtraction", "kept")


def test_words_that_return_elsewhere_are_moved(essay):
    cut = " I have rarely been so absorbed by subtraction."
    edit("bookkeeping", cut, "")
    edit("the-scale", "The one thing", f"{cut.strip()} The one thing")
    subtraction = gloss("subtraction")
    assert (subtraction.passage.key, subtraction.words, subtraction.state) == (
        *("the-scale", "absorbed by subtraction", "moved"),
    )


def test_a_stale_edit_raises_with_the_current_text(essay):
    edit("bookkeeping", "two hours", "three hours", expect=1)
    before = all_rows()
    with pytest.raises(StaleEdit) as raised:
        revising.edit(passage("bookkeeping"), "Mine.", expect=1)
    assert "three hours" in raised.value.passage.source
    assert "Passage 2 was changed while you were editing it" in raised.value.message
    assert all_rows() == before


def test_text_that_cannot_be_shown_changes_nothing(essay):
    before = all_rows()
    with pytest.raises(MarkupError):
        revising.edit(passage("bookkeeping"), "![a picture](/there.png)")
    assert all_rows() == before


def test_a_preview_has_the_same_report_and_writes_nothing(essay):
    before = all_rows()
    drafts = [
        replace(draft, source=draft.source.replace("absorbed by subtraction", "bored"))
        for draft in revising.drafts_of(essay)
    ]
    preview = revising.preview(essay, drafts)
    assert all_rows() == before
    report = edit("bookkeeping", "absorbed by subtraction", "bored")
    assert preview.revision is None
    assert [(f.anchor.key, f.anchor.state) for f in preview.fates] == [
        (f.anchor.key, f.anchor.state) for f in report.fates
    ]


def test_quotations_and_link_phrases_follow_edits_of_their_passage(essay):
    edit("four-hundred", "four hundred hours", "five hundred hours")
    quotation = Quotation.objects.get(slug="marit-on-looking-away")
    assert quotation.text == passage("four-hundred").text
    assert quotation.is_whole_passage
    edit("solvent", "the scale level", "the scale quite level")
    assert GlossLink.objects.exclude(phrase="").get().phrase == "the scale quite level"


def test_a_quotation_that_is_no_longer_printed_is_reported_and_unchanged(essay):
    report = revising.edit(passage("epigraph"), "Nobody said anything that winter at all.")
    assert [quotation.slug for quotation in report.unprinted] == ["the-keepers-rule"]
    assert Quotation.objects.get(slug="the-keepers-rule").text.startswith("write it down")


# Split, merge, cut, bring back, move


def test_the_first_part_of_a_split_keeps_the_key_and_anchors_move_with_their_words(essay):
    start, end = passage("attention").source.split(" Everything she")
    revising.split(passage("attention"), [start, f"Everything she{end}"])
    assert keys(essay)[6:] == ["attention", "everything-weighs", "solvent"]
    assert passage("solvent").number == 9
    against = gloss("against")
    assert (against.passage.key, against.words, against.state) == (
        *("everything-weighs", "against her own attention", "moved"),
    )


def test_after_a_split_only_the_last_part_runs_on(essay):
    start, end = passage("third-column").source.split(" The camera")
    revising.split(passage("third-column"), [start, f"The camera{end}"])
    first, second = essay.passages.current()[4:6]
    assert (first.runs_on, second.runs_on) == (False, True)


def test_a_split_needs_words_on_both_sides(essay):
    with pytest.raises(RevisingError, match="both sides"):
        revising.split(passage("attention"), ["All of it.", "  "])


def test_the_second_of_two_merged_passages_retires_and_leads_to_the_first(essay):
    whole = Gloss(essay=essay, key="whole", source="On all of it.")
    revising.attach(whole, passage("solvent"), 0, 0)
    whole.save()
    revising.merge(passage("attention"), passage("solvent"))
    merged = passage("solvent")
    assert (merged.number, merged.leads_to) == (None, passage("attention"))
    assert keys(essay) == [*keys(essay)[:6], "attention"]
    assert (gloss("whole").passage.key, gloss("whole").state) == ("attention", "moved")
    solvency = gloss("solvency")
    assert (solvency.passage.key, solvency.words, solvency.state) == (
        *("attention", "the only solvent ending", "moved"),
    )


def test_a_passage_whose_text_is_now_in_another_leads_there(essay):
    drafts = revising.drafts_of(essay)
    one, other = drafts[6], drafts[7]
    joined = Draft(f"{one.source} {other.source}", key=one.key)
    revising.revise(essay, [*drafts[:6], joined])
    assert passage("solvent").leads_to == passage("attention")


def test_a_passage_is_not_merged_with_itself(essay):
    with pytest.raises(RevisingError, match="Choose another"):
        revising.merge(passage("attention"), passage("attention"))


def test_a_passage_that_is_cut_keeps_its_key_versions_and_glosses(essay):
    report = revising.retire(passage("columns"))
    columns = passage("columns")
    assert (columns.number, columns.leads_to, columns.version) == (None, None, 2)
    assert [v.number for v in columns.versions.order_by("version")] == [4, None]
    assert [p.number for p in essay.passages.current()] == list(range(1, 8))
    assert [fate.anchor.key for fate in report.lost] == ["three-columns"]
    assert gloss("three-columns").passage == columns


def test_a_passage_comes_back_with_its_key_and_glosses(essay):
    before = list(Gloss.objects.order_by("pk").values_list(*STATE))
    revising.retire(passage("the-scale"))
    assert gloss("nine-seconds").state == "orphaned"
    revising.bring_back(passage("the-scale"), 3)
    assert passage("the-scale").number == 3
    assert list(Gloss.objects.order_by("pk").values_list(*STATE)) == before


def test_words_that_were_moved_come_back_with_the_passage_they_were_moved_to(essay):
    start, end = passage("attention").source.split(" Everything she")
    revising.split(passage("attention"), [start, f"Everything she{end}"])
    revising.retire(passage("everything-weighs"))
    assert gloss("against").state == "orphaned"
    revising.bring_back(passage("everything-weighs"), 8)
    against = gloss("against")
    assert (against.passage.key, against.words, against.state) == (
        *("everything-weighs", "against her own attention", "moved"),
    )


def test_a_current_passage_cannot_be_brought_back(essay):
    with pytest.raises(RevisingError, match="stands in the essay already"):
        revising.bring_back(passage("solvent"), 1)


def test_a_retired_passage_cannot_be_edited(essay):
    revising.retire(passage("solvent"))
    with pytest.raises(RevisingError, match="Bring it back first"):
        revising.edit(passage("solvent"), "Hello.")


def test_a_passage_moves_and_its_glosses_are_kept(essay):
    report = revising.move(passage("attention"), 4)
    assert keys(essay)[3:5] == ["attention", "columns"]
    assert gloss("against").state == "kept"
    assert not report.changed
    assert passage("attention").version == 1


@pytest.mark.parametrize("number", [0, 9, -1])
def test_an_invalid_number_is_refused(essay, number):
    with pytest.raises(RevisingError, match="from 1 to 8"):
        revising.move(passage("attention"), number)


def test_the_last_passage_of_an_essay_is_not_cut(essay):
    with pytest.raises(RevisingError, match="at least one passage"):
        revising.revise(essay, [])


# Keys


def test_the_key_of_a_retired_passage_is_never_given_to_another(essay):
    start, end = passage("attention").source.split(" Everything she")
    parts = [start, f"Everything she{end}"]
    revising.split(passage("attention"), parts)
    revising.retire(passage("everything-weighs"))
    drafts = revising.drafts_of(essay)
    revising.revise(essay, [*drafts, Draft("Everything weighs more in winter.")])
    assert keys(essay)[-1] == "everything-weighs-2"


@pytest.mark.parametrize("key", ["themes", "Capital", "x", "9lives"])
def test_an_invalid_key_is_refused(essay, key):
    before = all_rows()
    with pytest.raises(RevisingError, match=f"“{key}” cannot be a key"):
        revising.revise(essay, [*revising.drafts_of(essay), Draft("More.", key=key)])
    assert all_rows() == before


def test_a_duplicate_key_is_refused(essay):
    drafts = revising.drafts_of(essay)
    with pytest.raises(RevisingError, match="Two passages have the key “solvent”"):
        revising.revise(essay, [*drafts, Draft("More.", key="solvent")])


def test_a_text_without_latin_letters_gets_keys_too(essay):
    revising.revise(essay, [*revising.drafts_of(essay), Draft("雪が降る。"), Draft("海が凍る。")])
    assert keys(essay)[-2:] == ["passage", "passage-2"]


def test_an_unknown_kind_is_refused(essay):
    with pytest.raises(RevisingError, match="no kind of passage called “poem”"):
        revising.edit(passage("solvent"), "Words.", kind="poem")


# The veil


def test_retiring_the_passage_before_the_veil_reveals_nothing(essay):
    revising.retire(passage("the-scale"))
    essay.refresh_from_db()
    assert essay.veil_after == passage("bookkeeping")


def test_a_passage_merged_with_a_hidden_one_is_hidden(essay):
    revising.merge(passage("the-scale"), passage("columns"))
    essay.refresh_from_db()
    assert essay.veil_after == passage("bookkeeping")


def test_moving_the_passage_before_the_veil_does_not_move_the_veil(essay):
    revising.move(passage("the-scale"), 8)
    essay.refresh_from_db()
    assert essay.veil_after == passage("bookkeeping")


def test_a_hidden_passage_cannot_become_the_first(essay):
    before = all_rows()
    with pytest.raises(RevisingError, match="Set the veil after another passage first"):
        revising.move(passage("solvent"), 1)
    assert all_rows() == before


# Reattaching an annotation


def test_reattaching_sets_a_new_original(essay):
    edit("bookkeeping", " I have rarely been so absorbed by subtraction.", "")
    text = passage("bookkeeping").text
    start = text.index("does sums")
    revising.reattach(gloss("subtraction"), passage("bookkeeping"), start, start + 9)
    subtraction = gloss("subtraction")
    assert (subtraction.words, subtraction.exact, subtraction.state) == (
        "does sums",
        "does sums",
        "kept",
    )
    assert subtraction.original.version == 2
    row = GlossChange.objects.first()
    assert (row.revision, row.old_words, row.new_words) == (
        *(None, "absorbed by subtraction", "does sums"),
    )


def test_reattaching_to_an_outdated_version_is_refused(essay):
    edit("bookkeeping", "two hours", "three hours")
    with pytest.raises(StaleEdit):
        revising.reattach(gloss("subtraction"), passage("bookkeeping"), 0, 5, expect=1)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (0, 5000), (-2, 4)])
def test_reattaching_to_an_invalid_span_is_refused(essay, start, end):
    before = all_rows()
    with pytest.raises(RevisingError, match="no such words"):
        revising.reattach(gloss("subtraction"), passage("bookkeeping"), start, end)
    assert all_rows() == before


def test_a_gloss_stays_in_its_essay(essay):
    her = cast.her()
    with pytest.raises(RevisingError, match="another essay"):
        revising.reattach(gloss("subtraction"), her.passages.first(), 0, 3)


# A crash

KILLED_WHILE_REVISING = """
import os, signal, sys
import django
django.setup()
from annotations import revising
from annotations.models import Note
from django.core.management import call_command
from django.db import connection
from essays.models import Passage
from tests import cast, written_notes

if sys.argv[1] == "prepare":
    call_command("migrate", verbosity=0)
    essay = cast.second()
    note = Note(essay=essay, reader=written_notes.guest(), body="Mine.")
    revising.attach(note, Passage.objects.get(key="bookkeeping"), 0, 15)
    note.save()
else:
    def kill(execute, sql, params, many, context):
        table = f'"{sys.argv[1]}"'
        if sql.startswith((f"UPDATE {table}", f"INSERT INTO {table}")):
            assert Passage.objects.get(key="bookkeeping").source.startswith("Gone. ")
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    passage = Passage.objects.get(key="bookkeeping")
    with connection.execute_wrapper(kill):
        revising.edit(passage, "Gone. " + passage.source)
"""


@pytest.mark.parametrize("table", ["annotations_gloss", "annotations_notechange"])
def test_a_process_killed_between_text_and_anchors_leaves_the_old_ones(
    tmp_path, site_database, table
):
    def run(what: str) -> int:
        root = Path(__file__).parent.parent.parent
        environment = {**os.environ, "DATA_DIR": str(tmp_path), "PYTHONPATH": str(root)}
        environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", **site_database.variables}
        command = [sys.executable, "-c", KILLED_WHILE_REVISING, what]
        return subprocess.run(command, env=environment, cwd=root, check=False).returncode

    def rows() -> list:
        with closing(site_database.connect()) as connection:
            tables = ["essays_passage", "essays_passagerevision", "essays_revision"]
            for kind in ("gloss", "note"):
                tables += [f"annotations_{kind}", f"annotations_{kind}change"]
            return [
                connection.execute(f"SELECT * FROM {name} ORDER BY id").fetchall()
                for name in tables
            ]

    assert run("prepare") == 0
    before = rows()
    assert run(table) == -signal.SIGKILL
    assert rows() == before
    if not site_database.variables:
        with closing(site_database.connect()) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
