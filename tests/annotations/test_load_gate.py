"""What a load does to glosses and notes is told on the terminal, and asked about before a loss."""

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


def test_what_is_kept_changed_and_moved_is_told_in_words(folder, rosa):
    mine = note(rosa, "for most of two hours", public=True)
    note(rosa, "a film about bookkeeping", public=True)
    rewrite(folder, ("two hours", "three long hours"))
    said = load(folder)
    assert (
        f"has other words: public note {mine.pk}, about “for most of two hours” → "
        "“for most of three long hours”"
    ) in said
    assert "as before: 1 gloss and 1 note" in said
    assert "rosa-wrote-this" not in said and "Rosa" not in said


def test_a_loss_stops_the_load_until_somebody_says_yes(folder, rosa):
    mine = note(rosa, "rarely been so absorbed", public=True)
    note(rosa, "I have rarely been so absorbed", public=False)
    note(rosa, "a film about bookkeeping", public=False)
    before = list(Passage.objects.order_by("pk").values())
    rewrite(folder, (ABSORBED, ""))
    take_out_gloss(folder, "subtraction")
    with pytest.raises(CommandError) as stopped:
        load(folder)
    told = str(stopped.value)
    assert f"  public note {mine.pk}, about “rarely been so absorbed”" in told
    assert "  private notes: 1\n" in told
    assert "private notes: 1 kept, 0 moved, 0 changed, 1 lost" in told
    assert "I have rarely been so absorbed" not in told and "rosa" not in told.lower()
    assert "--yes" in told
    assert list(Passage.objects.order_by("pk").values()) == before
    said = load(folder, yes=True)
    assert f"lost its words: public note {mine.pk}" in said
    assert Note.objects.get(pk=mine.pk).state == "orphaned"


def take_out_gloss(folder: Path, key: str) -> None:
    """A file cannot hang a gloss on words that it lacks."""
    blocks = (folder / "glosses.yaml").read_text().split("\n- key: ")
    kept = [block for block in blocks if not block.startswith(key)]
    (folder / "glosses.yaml").write_text("\n- key: ".join(kept))


def test_a_gloss_that_its_file_hangs_on_other_words_is_not_lost(folder):
    rewrite(folder, ("absorbed by subtraction", "taken up by taking away"))
    rewrite(folder, ("absorbed by subtraction", "taken up by taking away"), file="glosses.yaml")
    said = load(folder)
    assert "about “absorbed by subtraction” → “taken up by taking away”" in said


def test_nothing_to_tell_is_told_as_nothing(folder):
    assert load(folder).endswith("unchanged\n")
    assert Essay.objects.count() == 1
