"""`make faults` in small: what was acknowledged is saved, once, whatever fails meanwhile."""

from bench import faults

NOTES = 24


def test_a_server_that_is_killed_loses_and_doubles_no_acknowledged_note():
    row = faults.measure(faults.FAULTS["server"], NOTES)
    assert (row["lost"], row["duplicated"]) == (0, 0)
    assert row["acknowledged"] >= NOTES
    assert row["recovered after"] != "never"
