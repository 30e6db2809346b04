"""Query the search index, on SQLite or PostgreSQL."""

from django.db import connection
from django.db.models import QuerySet

from annotations.models import Note, SearchEntry
from annotations.search.query import Query

TITLE_WEIGHT = 4


def matching(query: Query) -> QuerySet[SearchEntry]:
    """The entries that match all of the query, best first; drafts too."""
    conditions_for = {"sqlite": _conditions_sqlite, "postgresql": _conditions_postgresql}[
        connection.vendor
    ]
    return SearchEntry.objects.extra(**conditions_for(query), order_by=["rank", "id"])


def matching_notes(query: Query) -> QuerySet[Note]:
    """The public notes that match all of the query, newest first; those on drafts too."""
    notes = Note.objects.public().order_by("-pk")
    tail = "" if query.loose else " "
    for run in query.runs:
        notes = notes.filter(stems__contains=f" {' '.join(run)}{tail}")
    return notes


def _conditions_sqlite(query: Query) -> dict:
    tail = " *" if query.loose else ""
    terms = [f'"{" ".join(run)}"{tail}' for run in query.runs]
    return {
        "tables": ["search_index"],
        "where": ["search_index.rowid = annotations_searchentry.id", "search_index MATCH %s"],
        "params": [" AND ".join(terms)],
        "select": {"rank": f"bm25(search_index, {TITLE_WEIGHT}, 1)"},
    }


def _conditions_postgresql(query: Query) -> dict:
    tail = ":*" if query.loose else ""
    terms = " & ".join(f"({' <-> '.join(run)}{tail})" for run in query.runs)
    weights = f"{{0, 0, {1 / TITLE_WEIGHT}, 1}}"
    return {
        "where": ["annotations_searchentry.vector @@ to_tsquery('simple', %s)"],
        "params": [terms],
        "select": {
            "rank": "-ts_rank(%s, annotations_searchentry.vector, to_tsquery('simple', %s), 1)"
        },
        "select_params": [weights, terms],
    }
