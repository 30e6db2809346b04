"""What a reader takes along: their notebook in three formats, and all that is known of them."""

from annotations.exporting.everything import everything_of
from annotations.exporting.json_ld import json_ld
from annotations.exporting.markdown import markdown
from annotations.exporting.table import table

__all__ = ["everything_of", "json_ld", "markdown", "table"]
