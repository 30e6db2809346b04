"""Downloads for readers: the notebook in three formats, and all data about them."""

from annotations.notes.export.everything import everything_of
from annotations.notes.export.json_ld import json_ld
from annotations.notes.export.markdown import markdown
from annotations.notes.export.table import table

__all__ = ["everything_of", "json_ld", "markdown", "table"]
