import pytest

from essays.counted import counted


@pytest.mark.parametrize(
    ("count", "noun", "expected"),
    [(0, "note", "0 notes"), (1, "gloss", "1 gloss"), (2, "gloss", "2 glosses")],
)
def test_only_one_is_singular(count, noun, expected):
    assert counted(count, noun) == expected
