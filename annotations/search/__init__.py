"""The site search: `reindex` what changed, ask with `Query` and `matching`."""

from annotations.search.finding import matching, notes_saying
from annotations.search.indexing import reindex, reindex_all
from annotations.search.query import Piece, Query

__all__ = ["Piece", "Query", "matching", "notes_saying", "reindex", "reindex_all"]
