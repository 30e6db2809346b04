import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations import loading, revising
from annotations.models import Gloss, GlossLink, Load, Quotation, Theme
from essays.models import Essay, Passage, PassageRevision, Revision, Work
from tests import cast

pytestmark = pytest.mark.django_db

MODELS = (Work, Essay, Passage, Revision, PassageRevision, Theme, Quotation, Gloss, GlossLink, Load)


def all_rows() -> dict:
    """All rows of the text and its annotations, to compare them before and after."""
    return {model: list(model.objects.order_by("pk").values()) for model in MODELS}


def load(*args, **options) -> str:
    out = StringIO()
    call_command("load_essay", *map(str, args), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path) -> Path:
    """The made-up essay's files, free to be changed."""
    return Path(shutil.copytree(cast.SALT_LEDGER, tmp_path / "salt-ledger"))


def change(path: Path, old: str, new: str) -> None:
    source = path.read_text()
    assert source.count(old) == 1
    path.write_text(source.replace(old, new))


def passage(key: str) -> Passage:
    return Passage.objects.get(essay__slug="salt-ledger", key=key)


def gloss(key: str) -> Gloss:
    return Gloss.objects.get(essay__slug="salt-ledger", key=key)


def test_an_essay_is_loaded_with_its_annotations_and_published(folder):
    out = load(folder)
    assert "8 passages, 1 work, 2 themes, 2 quotations, 8 glosses" in out
    essay = Essay.objects.get(slug="salt-ledger")
    assert essay.status == "published" and essay.published_at
    assert (essay.authors, essay.licence, f"{essay.date}") == (
        *("Ines Aldow", "CC BY 4.0"),
        "2019-05-02",
    )
    assert [work.title for work in essay.works.all()] == ["The Salt Ledger"]
    assert (essay.veil_after.key, essay.veil_work.slug) == ("the-scale", "salt-ledger")
    assert [p.kind for p in essay.passages.current()] == [
        *("epigraph", "prose", "prose", "heading", "prose", "film-line", "prose", "prose")
    ]


def test_smart_typography_can_be_turned_on(folder):
    load(folder)
    assert passage("epigraph").text.startswith("“Whatever the sea brings")


def test_smart_typography_can_be_turned_off_again(folder):
    load(folder)
    change(folder / "essay.md", "smart: true", "smart: false")
    load(folder)
    assert passage("epigraph").text.startswith('"Whatever the sea brings')
    assert set(Gloss.objects.values_list("state", flat=True)) == {"kept"}
    assert "unchanged" in load(folder)


def test_a_gloss_stands_on_the_occurrence_that_its_file_names(folder):
    load(folder)
    nine = gloss("nine-seconds")
    text = nine.passage.text
    assert (nine.words, text[: nine.start].count("beam")) == ("beam", 1)


def test_a_quotation_takes_its_text_from_its_passage(folder):
    load(folder)
    texts = dict(Quotation.objects.values_list("slug", "text"))
    assert texts == {
        "marit-on-looking-away": "I owe the lamp four hundred hours of looking away.",
        "the-keepers-rule": "write it down before you spend it",
    }


def test_the_first_version_of_every_passage_is_kept(folder):
    load(folder)
    revision = Revision.objects.get()
    assert (revision.origin, revision.passages.count()) == ("file", 8)
    assert set(PassageRevision.objects.values_list("version", flat=True)) == {1}


def test_two_essays_can_be_loaded():
    her, second = cast.her(), cast.second()
    assert (her.passages.count(), second.passages.count()) == (15, 8)


def test_loading_twice_changes_nothing(folder):
    load(folder)
    before = all_rows()
    assert "unchanged" in load(folder)
    assert all_rows() == before


def test_a_draft_is_not_published(folder):
    load(folder, draft=True)
    assert Essay.objects.get().status == "draft"


def test_loading_again_does_not_publish_an_unpublished_essay(folder):
    load(folder)
    Essay.objects.update(status="draft")
    change(folder / "essay.md", "title: Weighing the Light", "title: Weighing Light")
    load(folder)
    assert Essay.objects.values_list("title", "status").get() == ("Weighing Light", "draft")


def test_with_absent_an_existing_essay_is_left_alone(folder):
    load(folder)
    change(folder / "essay.md", "rarely been so absorbed", "seldom been so absorbed")
    before = all_rows()
    assert "left alone" in load(folder, absent=True)
    assert all_rows() == before


def test_a_changed_file_updates_in_place(folder):
    load(folder)
    ids = {p.key: p.pk for p in Passage.objects.all()}
    counter = Essay.objects.get().counter
    change(folder / "essay.md", "I have rarely been so absorbed", "Seldom was I so absorbed")
    assert "changed: passage bookkeeping" in load(folder)
    assert {p.key: p.pk for p in Passage.objects.all()} == ids
    assert passage("bookkeeping").version == 2
    assert passage("solvent").version == 1
    assert gloss("subtraction").words == "absorbed by subtraction"
    assert gloss("subtraction").state == "kept"
    assert Essay.objects.get().counter > counter


def without_keys(folder: Path) -> None:
    """Remove every key from the text, and name passages by number in the other files."""
    keys = []
    for line in (folder / "essay.md").read_text().split("\n"):
        if "{#" in line:
            keys.append(line.partition("{#")[2].partition("}")[0].split()[0])
    for name in ("essay.md", "glosses.yaml", "quotations.yaml"):
        source = (folder / name).read_text()
        for number, key in enumerate(keys, 1):
            source = source.replace(f"\n{{#{key}}}\n", "\n").replace(f" {{#{key}}}\n", "\n")
            source = source.replace(f"{{#{key} ", "{")
            source = source.replace(f"passage: {key}\n", f"passage: {number}\n")
        (folder / name).write_text(source)
    change(folder / "essay.md", "after: the-scale", "after: 3")


def test_generated_keys_stay_the_same_after_an_edit(folder):
    without_keys(folder)
    load(folder)
    keys = [p.key for p in Passage.objects.current()]
    assert keys[1:3] == ["salt-ledger-film", "thing-trusts-scale"]
    assert "unchanged" in load(folder)
    change(folder / "essay.md", "The one thing she trusts", "What she trusts")
    change(
        folder / "essay.md",
        "## What the columns hold",
        "A new passage comes between.\n\n## Columns",
    )
    for name in ("glosses.yaml", "quotations.yaml"):
        source = (folder / name).read_text()
        for number in (8, 7, 6, 5, 4):
            source = source.replace(f"passage: {number}\n", f"passage: {number + 1}\n")
        (folder / name).write_text(source)
    load(folder)
    current = [p.key for p in Passage.objects.current()]
    assert [*current[:3], *current[4:]] == keys
    assert current[3] == "passage-comes"


def test_a_passage_removed_from_the_file_retires_and_comes_back_with_its_key(folder):
    load(folder)
    original_files = (folder / "essay.md").read_text(), (folder / "glosses.yaml").read_text()
    change(folder / "essay.md", "## What the columns hold {#columns}\n", "")
    entries = (folder / "glosses.yaml").read_text().split("\n\n")
    remaining = [entry for entry in entries if "three-columns" not in entry]
    (folder / "glosses.yaml").write_text("\n\n".join(remaining))
    out = load(folder)
    assert "taken out: passage columns" in out and "taken out: gloss three-columns" in out
    assert passage("columns").number is None
    assert passage("solvent").number == 7
    (folder / "essay.md").write_text(original_files[0])
    (folder / "glosses.yaml").write_text(original_files[1])
    load(folder)
    assert (passage("columns").number, passage("columns").version) == (4, 3)


def test_a_gloss_whose_file_names_other_words_moves_there(folder):
    load(folder)
    change(folder / "glosses.yaml", "phrase: absorbed by subtraction", "phrase: tends a light")
    load(folder)
    moved = gloss("subtraction")
    assert (moved.words, moved.exact, moved.state) == ("tends a light", "tends a light", "kept")


def test_objects_removed_from_the_files_are_deleted_unless_in_use(folder):
    load(folder)
    site_made = Gloss.objects.create(
        **{
            name: getattr(gloss("rule"), name)
            for name in ("essay", "passage", "original", "source")
        },
        **{"key": "site-made", "start": 0, "end": 0, "original_start": 0, "original_end": 0},
    )
    site_made.links.create(theme=Theme.objects.get(slug="watching"), relation="echo", reason="So.")
    (folder / "glosses.yaml").write_text("")
    (folder / "themes.yaml").write_text("")
    out = load(folder)
    assert "kept, since something else needs it: theme watching" in out
    assert list(Theme.objects.values_list("slug", flat=True)) == ["watching"]
    assert list(Gloss.objects.values_list("key", flat=True)) == ["site-made"]
    assert "unchanged" in load(folder)


def test_a_changed_theme_bumps_the_counters_of_all_its_essays(folder):
    load(folder)
    other = Path(shutil.copytree(folder, folder.parent / "other"))
    (other / "quotations.yaml").unlink()
    assert "loaded" in load(other)
    counters = dict(Essay.objects.values_list("slug", "counter"))
    change(folder / "themes.yaml", "name: Watching", "name: Keeping watch")
    load(folder)
    assert all(essay.counter > counters[essay.slug] for essay in Essay.objects.all())


# What was edited on the site


def edit_on_site(key: str, old: str, new: str) -> None:
    revising.edit(passage(key), passage(key).source.replace(old, new))


def test_edits_on_the_site_stop_the_load_and_are_listed(folder):
    load(folder)
    edit_on_site("bookkeeping", "two hours", "three hours")
    Theme.objects.filter(slug="watching").update(name="Looking")
    Essay.objects.update(dek="Another")
    Gloss.objects.filter(key="rule").update(source="Rewritten.")
    before = all_rows()
    with pytest.raises(CommandError) as stopped:
        load(folder)
    lines = [line.strip() for line in str(stopped.value).splitlines() if line[:2] == "  "]
    assert lines == ["the essay’s dek", "passage bookkeeping", "theme watching", "gloss rule"]
    assert "--take file" in str(stopped.value)
    assert all_rows() == before


def test_with_take_file_the_files_win(folder):
    load(folder)
    edit_on_site("bookkeeping", "two hours", "three hours")
    assert "changed: passage bookkeeping" in load(folder, take="file")
    assert "two hours" in passage("bookkeeping").text
    assert passage("bookkeeping").version == 3
    assert "unchanged" in load(folder)


def test_with_take_site_the_site_wins_also_at_the_next_load(folder):
    load(folder)
    edit_on_site("bookkeeping", "two hours", "three hours")
    change(folder / "essay.md", "the only solvent ending", "the only solvent ending there is")
    out = load(folder, take="site")
    assert "left as it is on the site: passage bookkeeping" in out
    assert "three hours" in passage("bookkeeping").text
    assert "ending there is" in passage("solvent").text
    assert "unchanged" in load(folder)


def test_a_choice_for_the_site_ends_when_the_file_changes(folder):
    load(folder)
    edit_on_site("bookkeeping", "two hours", "three hours")
    load(folder, take="site")
    change(folder / "essay.md", "most of two hours", "most of four hours")
    with pytest.raises(CommandError, match="passage bookkeeping"):
        load(folder)


def test_a_passage_made_on_the_site_stays_or_goes_by_the_choice(folder):
    load(folder)
    halves = passage("attention").source.split(" Everything ")
    revising.split(passage("attention"), [halves[0], f"Everything {halves[1]}"])
    with pytest.raises(CommandError, match="on the site, not from these files"):
        load(folder)
    load(folder, take="site")
    assert Passage.objects.current().count() == 9
    assert "unchanged" in load(folder)
    assert gloss("against").passage.number == 8
    change(folder / "essay.md", "The debt was never money", "The debt never was money")
    load(folder, take="file")
    assert [p.key for p in Passage.objects.current()][6:] == ["attention", "solvent"]
    assert gloss("against").passage.key == "attention"


def test_a_passage_retired_on_the_site_comes_back_if_the_files_win(folder):
    load(folder)
    revising.retire(passage("solvent"))
    with pytest.raises(CommandError, match=r"passage solvent \(taken out on the site\)"):
        load(folder)
    load(folder, take="file")
    assert passage("solvent").number == 8
    assert gloss("solvency").state == "kept"


def test_an_order_made_on_the_site_is_listed_once(folder):
    load(folder)
    revising.move(passage("attention"), 8)
    with pytest.raises(CommandError) as stopped:
        load(folder)
    assert "the order of the passages" in str(stopped.value)
    load(folder, take="site")
    assert passage("attention").number == 8
    assert "unchanged" in load(folder)


def test_a_load_stops_if_a_gloss_made_on_the_site_would_lose_its_words(folder):
    load(folder)
    at = passage("attention").text.index("nights she did not keep watch")
    made = Gloss(essay=Essay.objects.get(), key="site-made", source="Hers alone.")
    revising.attach(made, passage("attention"), at, at + len("nights she did not keep watch"))
    made.save()
    change(
        folder / "essay.md", ", and the account she keeps is of nights she did not keep watch", ""
    )
    before = all_rows()
    with pytest.raises(CommandError) as stopped:
        load(folder)
    assert "gloss site-made, about “nights she did not keep watch”" in str(stopped.value)
    assert "--yes" in str(stopped.value)
    assert all_rows() == before
    load(folder, yes=True)
    assert (gloss("site-made").state, gloss("site-made").words) == (
        *("orphaned", "nights she did not keep watch"),
    )


# Mistakes

MISTAKES = {
    "a phrase that is not in its passage": (
        ("glosses.yaml", "absorbed by subtraction", "absorbed by addition"),
        ("glosses.yaml", 14, "is not in its passage", "Copy the words"),
    ),
    "a phrase with other quotes": (
        ("glosses.yaml", "the third has no heading", "THE third has no heading"),
        ("glosses.yaml", 41, "is not in its passage", "The passage says “the third has no"),
    ),
    "a phrase that is there twice": (
        ("glosses.yaml", "  occurrence: 2\n", ""),
        ("glosses.yaml", 27, "is in its passage 2 times", "add “occurrence:”"),
    ),
    "an occurrence that is not there": (
        ("glosses.yaml", "occurrence: 2", "occurrence: 3"),
        ("glosses.yaml", 27, "is not in its passage 3 times", "from 1 to 2"),
    ),
    "an occurrence of nothing": (
        ("glosses.yaml", "  passage: columns\n", "  passage: columns\n  occurrence: 1\n"),
        ("glosses.yaml", 37, "needs its phrase", "Add “phrase: …”"),
    ),
    "an unknown theme": (
        (
            "glosses.yaml",
            "- theme: accounts\n      relation: echo",
            "- theme: acounts\n      relation: echo",
        ),
        ("glosses.yaml", 77, "There is no theme “acounts”", "Did you mean “accounts”?"),
    ),
    "an unknown work": (
        ("essay.md", "works: [salt-ledger]", "works: [sugar-ledger]"),
        ("essay.md", 9, "There is no work “sugar-ledger”", "Did you mean “salt-ledger”?"),
    ),
    "an unknown quotation": (
        ("glosses.yaml", "quotation: marit-on-looking-away", "quotation: nobody"),
        ("glosses.yaml", 53, "There is no quotation “nobody”", "Add it to quotations.yaml"),
    ),
    "an unknown passage": (
        ("quotations.yaml", "passage: four-hundred", "passage: five-hundred"),
        ("quotations.yaml", 5, "There is no passage “five-hundred”", "Did you mean"),
    ),
    "a passage number that is too high": (
        ("glosses.yaml", "passage: columns", "passage: 9"),
        ("glosses.yaml", 36, "There is no passage “9”", "Give the key"),
    ),
    "a phrase of a link that is not there": (
        ("glosses.yaml", "phrase: the scale level", "phrase: the scale tilted"),
        ("glosses.yaml", 21, "is not in its passage", "Copy the words"),
    ),
    "a phrase of a quotation that is not there": (
        ("quotations.yaml", "write it down before you spend it", "spend it first"),
        ("quotations.yaml", 10, "is not in its passage", "Copy the words"),
    ),
    "a link to nothing": (
        ("glosses.yaml", "    - work: salt-ledger\n      relation", "    - relation"),
        ("glosses.yaml", 68, "A link points to one thing", "Give one of theme"),
    ),
    "a quotation that nothing says": (
        ("quotations.yaml", "  passage: four-hundred\n", ""),
        ("quotations.yaml", 2, "either a passage or a text", "Name the passage"),
    ),
    "a wrong relation": (
        ("glosses.yaml", "relation: contrast", "relation: opposite"),
        ("glosses.yaml", 45, "“opposite” is none of the choices", "source, echo, contrast"),
    ),
    "an unknown field": (
        ("themes.yaml", "  definition: Attention", "  defnition: Attention"),
        ("themes.yaml", 7, "no field “defnition”", "Did you mean “definition”?"),
    ),
    "an unknown field of the front matter": (
        ("essay.md", "licence: CC", "license: CC"),
        ("essay.md", 7, "no field “license”", "Did you mean “licence”?"),
    ),
    "a missing field": (
        ("themes.yaml", "  name: Watching\n", ""),
        ("themes.yaml", 6, "“name” is missing", "Add “name: …”"),
    ),
    "an empty field": (
        ("themes.yaml", "name: Watching", "name:"),
        ("themes.yaml", 6, "“name” is empty", "Write something"),
    ),
    "too long a value": (
        ("themes.yaml", "name: Watching", f"name: {'Watching ' * 10}"),
        ("themes.yaml", 6, "This is 89 characters long", "At most 80 fit"),
    ),
    "a number where words are wanted": (
        ("works.yaml", "title: The Salt Ledger", "title: 1978"),
        ("works.yaml", 4, "Words are wanted here", "Put them in quotes"),
    ),
    "words where a number is wanted": (
        ("works.yaml", "year: 1978", "year: seventies"),
        ("works.yaml", 8, "“seventies” is not a number that fits", "1 to 9999"),
    ),
    "an unknown kind of work": (
        ("works.yaml", "kind: film", "kind: movie"),
        ("works.yaml", 5, "“movie” is none of the choices", "film, book, series"),
    ),
    "a name that cannot be one": (
        ("themes.yaml", "watching:\n", "Watching!:\n"),
        ("themes.yaml", 5, "“Watching!” cannot be a name", "small letters"),
    ),
    "a name that is there twice": (
        ("themes.yaml", "watching:\n", "accounts:\n"),
        ("themes.yaml", 5, "“accounts” is there twice, first on line 1", "Keep one"),
    ),
    "a gloss key that is there twice": (
        ("glosses.yaml", "key: solvency", "key: rule"),
        ("glosses.yaml", 72, "The key “rule” is on line 1 already", "another key"),
    ),
    "bad YAML": (
        ("works.yaml", "  creator: Runa", "  creator: Runa: "),
        ("works.yaml", 6, "This is not YAML", "in quotes"),
    ),
    "a list where names are wanted": (
        ("themes.yaml", "accounts:\n", "- accounts:\n"),
        ("themes.yaml", 5, "This is not YAML", "indent evenly"),
    ),
    "a list with no dashes": (
        ("glosses.yaml", "- key: rule\n  passage: epigraph", "key: rule\npassage: epigraph"),
        ("glosses.yaml", 3, "This is not YAML", "indent evenly"),
    ),
    "bad front matter": (
        ("essay.md", "title: Weighing the Light", "title: Weighing: the Light"),
        ("essay.md", 2, "The front matter is not YAML", "quotes"),
    ),
    "no title": (
        ("essay.md", "title: Weighing the Light\n", ""),
        ("essay.md", 1, "no title", "Add “title:"),
    ),
    "a colour that is none": (
        ("essay.md", '"#2f6d5b"', "green"),
        ("essay.md", 8, "“green” is no colour", "#c4432f"),
    ),
    "a date that is none": (
        ("essay.md", "date: 2019-05-02", "date: May 2019"),
        ("essay.md", 6, "“May 2019” is no date", "2014-02-28"),
    ),
    "a veil after no passage": (
        ("essay.md", "after: the-scale", "after: the-scales"),
        ("essay.md", 11, "There is no passage “the-scales”", "Did you mean “the-scale”?"),
    ),
    "a veil of words only": (
        ("essay.md", "veil:\n  after: the-scale\n  work: salt-ledger\n  text:", "veil:"),
        ("essay.md", 11, "The veil has fields of its own", "after, work and text"),
    ),
    "a key that names a place": (
        ("essay.md", "{#bookkeeping}", "{#themes}"),
        ("essay.md", 20, "“themes” names a place", "another key"),
    ),
    "a key that is there twice": (
        ("essay.md", "{#bookkeeping}", "{#solvent}"),
        ("essay.md", 37, "“solvent” is on line 20 already", "another key"),
    ),
    "a passage without words": (
        ("essay.md", "I owe the lamp four hundred hours of looking away.", "<!-- nothing -->"),
        ("essay.md", 31, "This passage cannot be shown", "Write some"),
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_names_file_line_and_remedy_and_changes_nothing(folder, mistake):
    (name, old, new), (file, line, message, remedy) = MISTAKES[mistake]
    load(folder)
    before = all_rows()
    change(folder / name, old, new)
    with pytest.raises(loading.LoadError) as stopped:
        loading.load(folder)
    problem = stopped.value.problems[0]
    assert (problem.file, problem.line) == (str(folder / file), line)
    assert message in problem.message
    assert remedy in problem.remedy
    assert all_rows() == before


def test_all_mistakes_are_reported_at_once_each_with_its_line(folder):
    for mistake in ("a missing field", "a wrong relation", "a colour that is none"):
        change(folder / MISTAKES[mistake][0][0], *MISTAKES[mistake][0][1:])
    with pytest.raises(CommandError) as stopped:
        load(folder)
    lines = str(stopped.value).splitlines()
    assert [line.split(": ")[0].rpartition("/")[2] for line in lines] == [
        *("essay.md, line 8", "glosses.yaml, line 45", "themes.yaml, line 6"),
    ]
    assert Essay.objects.count() == 0


def problem_of(path: Path) -> loading.Problem:
    with pytest.raises(loading.LoadError) as stopped:
        loading.load(path)
    assert Essay.objects.count() == 0
    return stopped.value.problems[0]


def test_a_missing_folder_is_reported(tmp_path):
    problem = problem_of(tmp_path / "nowhere")
    assert problem.message == "No such folder."
    assert "Check the path" in problem.remedy


def test_a_folder_without_a_text_is_reported(folder):
    (folder / "essay.md").unlink()
    assert problem_of(folder).message == "There is no such file."


def test_a_file_that_is_not_utf_8_is_reported_with_its_line(folder):
    path = folder / "themes.yaml"
    path.write_bytes(path.read_text().replace("Attention", "Aufmerksamkeit für").encode("latin-1"))
    problem = problem_of(folder)
    assert (problem.line, problem.message) == (7, "This is not UTF-8.")


def test_a_file_with_an_unknown_name_is_reported(folder):
    (folder / "themes.yaml").rename(folder / "theme.yaml")
    problem = problem_of(folder)
    assert (problem.file, problem.remedy) == (
        *(str(folder / "theme.yaml"), "Did you mean “themes.yaml”?"),
    )


def test_a_file_missing_since_the_last_load_is_reported(folder):
    load(folder)
    before = all_rows()
    (folder / "themes.yaml").rename(folder / "themes.txt")
    with pytest.raises(CommandError, match="themes.yaml, line 1: This file was there last time"):
        load(folder)
    assert all_rows() == before


ODD_YAML = [
    *("&a [*a]", "- &a {key: x, passage: 1, text: *a}", "{}", "x", "- 5", "- {? [a]: b}"),
    *("--- a\n--- b", "!!python/object:os.system x", "\0", "\t- a", "[" * 3000),
    *("- " * 3000, "- {key: x, passage: 1, text: 0b" + "1" * 20_000 + "}", "1:" * 300 + "1.5"),
    *("- key: !!binary aGk=", "- {key: x, passage: {a: b}, text: [c]}", "- <<: {key: x}"),
    *('- {key: x, passage: 1, text: "a\\0b"}', "- {key: x, passage: 1, text: 2001-99-99}"),
    *("- {key: x, passage: true, text: a}", "- {key: x, passage: -1, text: a}"),
    *("- {key: x, passage: 1, text: a, links: 5}", "- {key: x, passage: 1, text: a, links: [[1]]}"),
]


@pytest.mark.parametrize("source", ODD_YAML, ids=range(len(ODD_YAML)))
def test_odd_yaml_is_refused_with_a_message(folder, source):
    (folder / "glosses.yaml").write_text(source)
    problem = problem_of(folder)
    assert problem.file == str(folder / "glosses.yaml")
    assert problem.message and problem.remedy


def test_a_folder_with_a_reserved_name_is_refused(folder):
    problem = problem_of(folder.rename(folder.parent / "search"))
    assert "“search” names a place" in problem.message


def test_no_folder_is_loaded_if_one_has_a_mistake(folder):
    with pytest.raises(CommandError, match="No such folder"):
        load(folder, folder.parent / "nowhere")
    assert Essay.objects.count() == 0


def test_a_theme_that_another_essay_defines_differently_stops_the_load(folder):
    load(folder)
    other = Path(shutil.copytree(folder, folder.parent / "other"))
    (other / "quotations.yaml").unlink()
    change(other / "themes.yaml", "name: Watching", "name: Looking")
    with pytest.raises(CommandError, match=r"theme watching \(on the site"):
        load(other)
    load(other, take="site")
    assert Theme.objects.get(slug="watching").name == "Watching"
