"""The site search: `index` whatever is written, ask with `Query` and `matching`."""

from annotations.search.finding import matching, notes_saying
from annotations.search.indexing import index, index_all
from annotations.search.query import Piece, Query

__all__ = ["Piece", "Query", "index", "index_all", "matching", "notes_saying"]
