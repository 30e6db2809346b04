from annotations.models.anchor import Anchor
from annotations.models.gloss import Gloss, GlossLink
from annotations.models.history import AnchorChange, GlossChange
from annotations.models.load import Load
from annotations.models.quotation import Quotation
from annotations.models.search_entry import SearchEntry
from annotations.models.theme import Theme

__all__ = [
    "Anchor",
    "AnchorChange",
    "Gloss",
    "GlossChange",
    "GlossLink",
    "Load",
    "Quotation",
    "SearchEntry",
    "Theme",
]
