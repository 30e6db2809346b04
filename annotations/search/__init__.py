"""The site search: `reindex` what changed, ask with `Query` and `matching`."""

from annotations.search.finding import matching, matching_notes
from annotations.search.indexing import reindex, reindex_all
from annotations.search.query import ExcerptPiece, Query

__all__ = ["ExcerptPiece", "Query", "matching", "matching_notes", "reindex", "reindex_all"]
