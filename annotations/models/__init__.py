from annotations.models.anchor import Anchor
from annotations.models.gloss import Gloss, GlossLink
from annotations.models.history import AnchorChange, GlossChange, NoteChange
from annotations.models.load import Load
from annotations.models.moderation import Flag, ModerationAct
from annotations.models.note import Audience, Note, Reply, Standing
from annotations.models.quotation import Quotation
from annotations.models.search_entry import SearchEntry
from annotations.models.theme import Theme

__all__ = [
    "Anchor",
    "AnchorChange",
    "Audience",
    "Flag",
    "Gloss",
    "GlossChange",
    "GlossLink",
    "Load",
    "ModerationAct",
    "Note",
    "NoteChange",
    "Quotation",
    "Reply",
    "SearchEntry",
    "Standing",
    "Theme",
]
