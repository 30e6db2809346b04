"""A load reports what it does to glosses and notes, and stops before one would lose its words."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations import revising
from annotations.models import Audience, Note, Standing
from essays.models import Essay, Passage
from tests import cast
from tests.written_notes import reader_of

pytestmark = pytest.mark.django_db

ABSORBED = " I have rarely been so absorbed by subtraction."


def load(*args, **options) -> str:
    out = StringIO()
    call_command("load_essay", *map(str, args), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path) -> Path:
    """The made-up essay's files, loaded once and free to be changed."""
    copied = Path(shutil.copytree(cast.SALT_LEDGER, tmp_path / "salt-ledger"))
    load(copied)
    return copied


@pytest.fixture
def rosa():
    return reader_of(cast.reader())


def rewrite(folder: Path, *changes: tuple[str, str], file: str = "essay.md") -> None:
    source = (folder / file).read_text()
    for old, new in changes:
        assert source.count(old) == 1
        source = source.replace(old, new)
    (folder / file).write_text(source)


def note(reader, words: str, *, public: bool) -> Note:
    passage = Passage.objects.get(key="bookkeeping")
    made = Note(essay=passage.essay, reader=reader, body="rosa-wrote-this")
    if public:
        made.audience, made.standing = Audience.PUBLIC, Standing.SHOWN
    start = passage.text.index(words)
    revising.attach(made, passage, start, start + len(words))
    made.save()
    return made


def test_the_report_lists_changed_and_unchanged_annotations(folder, rosa):
    mine = note(rosa, "for most of two hours", public=True)
    note(rosa, "a film about bookkeeping", public=True)
    rewrite(folder, ("two hours", "three long hours"))
    output = load(folder)
    assert (
        f"has other words: public note {mine.pk}, about “for most of two hours” → "
        "“for most of three long hours”"
    ) in output
    assert "as before: 1 gloss and 1 note" in output
    assert "rosa-wrote-this" not in output and "Rosa" not in output


def test_a_loss_stops_the_load_unless_yes_is_given(folder, rosa):
    mine = note(rosa, "rarely been so absorbed", public=True)
    note(rosa, "I have rarely been so absorbed", public=False)
    note(rosa, "a film about bookkeeping", public=False)
    before = list(Passage.objects.order_by("pk").values())
    rewrite(folder, (ABSORBED, ""))
    take_out_gloss(folder, "subtraction")
    with pytest.raises(CommandError) as stopped:
        load(folder)
    message = str(stopped.value)
    assert f"  public note {mine.pk}, about “rarely been so absorbed”" in message
    assert "  private notes: 1\n" in message
    assert "private notes: 1 kept, 0 moved, 0 changed, 1 lost" in message
    assert "I have rarely been so absorbed" not in message and "rosa" not in message.lower()
    assert "--yes" in message
    assert list(Passage.objects.order_by("pk").values()) == before
    output = load(folder, yes=True)
    assert f"lost its words: public note {mine.pk}" in output
    assert Note.objects.get(pk=mine.pk).state == "orphaned"


def take_out_gloss(folder: Path, key: str) -> None:
    """Remove a gloss from its file, which may not name words that the text lacks."""
    blocks = (folder / "glosses.yaml").read_text().split("\n- key: ")
    remaining = [block for block in blocks if not block.startswith(key)]
    (folder / "glosses.yaml").write_text("\n- key: ".join(remaining))


def test_a_gloss_whose_file_names_other_words_is_not_lost(folder):
    rewrite(folder, ("absorbed by subtraction", "taken up by taking away"))
    rewrite(folder, ("absorbed by subtraction", "taken up by taking away"), file="glosses.yaml")
    output = load(folder)
    assert "about “absorbed by subtraction” → “taken up by taking away”" in output


def test_a_load_without_changes_reports_unchanged(folder):
    assert load(folder).endswith("unchanged\n")
    assert Essay.objects.count() == 1
