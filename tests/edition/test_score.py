"""The theme score: a table of themes by passages."""

import pytest

from annotations import revising
from annotations.models import Gloss, Theme
from essays.models import Essay
from tests import cast, dom

pytestmark = pytest.mark.django_db


def table_of(client, path="/her/"):
    tables = dom.of(client.get(path)).all("table")
    return tables[0] if tables else None


def essay_of(passages, themes):
    """An essay of short passages; every passage has every theme."""
    essay = Essay.objects.create(slug="made", title="Made", status="published")
    drafts = [revising.Draft(f"Words of passage {n}.", "prose", key=f"p-{n}") for n in passages]
    revising.revise(essay, drafts)
    for place in range(themes):
        theme = Theme.objects.create(slug=f"theme-{place}", name=f"Theme {place}", definition="x")
        for passage in essay.passages.current():
            follow(essay, passage, theme)
    return essay


def follow(essay, passage, theme):
    gloss = Gloss(essay=essay, key=f"{theme.slug}-{passage.key}", source="x")
    revising.attach(gloss, passage, 0, 0)
    gloss.save()
    gloss.links.create(relation="echo", reason="x", theme=theme)
    revising.bump_counters(essay)


def test_the_score_has_a_row_for_each_theme_and_a_column_for_each_passage(client):
    cast.her()
    table = table_of(client)
    heads = table.one("thead").all("th")
    assert [th["scope"] for th in heads] == ["col"] * 16
    assert [th.text for th in heads[1:]] == [f"Passage {n}" for n in range(1, 16)]
    rows = table.one("tbody").all("tr")
    assert len(rows) == 8
    for row in rows:
        assert row.one("th")["scope"] == "row"
        assert len(row.all("td")) == 15
    assert table.one("caption").text.startswith("Where each theme surfaces")


def test_every_bar_links_to_a_passage_with_its_theme(client):
    essay = cast.her()
    reading = dom.of(client.get("/her/"))
    themes = {
        section["id"]: section["data-themes"].split()
        for section in reading.all("section")
        if "passage" in section.classes
    }
    keys = [passage.key for passage in essay.passages.current()]
    for row in reading.one("tbody").all("tr"):
        head = row.one("th").one("a")
        slug = head["href"].split("/")[-2]
        assert head["href"] == f"/her/themes/{slug}/"
        for key, number, cell in zip(keys, range(1, 16), row.all("td"), strict=True):
            bars = cell.all("a")
            assert bool(bars) == (slug in themes[key])
            for bar in bars:
                assert bar["href"] == f"#{key}"
                assert bar["aria-label"] == f"{head.text}, passage {number}"


def test_themes_are_in_order_of_appearance(client):
    cast.her()
    rows = table_of(client).one("tbody").all("tr")
    first = [next(i for i, td in enumerate(row.all("td")) if td.all("a")) for row in rows]
    assert first == sorted(first)


@pytest.mark.parametrize(
    ("passages", "themes", "has_score"), [(6, 2, True), (5, 2, False), (6, 1, False)]
)
def test_a_small_essay_has_no_score(client, passages, themes, has_score):
    essay_of(range(1, passages + 1), themes)
    assert bool(table_of(client, "/made/")) == has_score


def test_thirty_passages_have_a_bar_each(client):
    essay_of(range(1, 31), 2)
    assert len(table_of(client, "/made/").one("thead").all("th")) == 31


def test_above_thirty_passages_a_bar_covers_a_group(client):
    essay = essay_of(range(1, 62), 2)
    late = Theme.objects.create(slug="late", name="Late", definition="x")
    follow(essay, essay.passages.get(number=5), late)
    follow(essay, essay.passages.get(number=6), late)
    table = table_of(client, "/made/")
    heads = [th.text for th in table.one("thead").all("th")][1:]
    assert heads[0] == "Passages 1 to 3"
    assert heads[-1] == "Passage 61"
    assert len(heads) == 21
    cells = table.one("tbody").all("tr")[-1].all("td")
    bars = [(place, a["href"]) for place, cell in enumerate(cells) for a in cell.all("a")]
    assert bars == [(1, "#p-5")]
    assert cells[1].one("a")["aria-label"] == "Late, passage 5"


def test_a_theme_followed_alone_has_no_score_beside_it(client):
    cast.her()
    assert table_of(client, "/her/themes/growth/") is None
