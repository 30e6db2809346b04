from annotations.models.anchor import Anchor
from annotations.models.former_name import FormerName
from annotations.models.gloss import Gloss, GlossLink
from annotations.models.history import AnchorChange, GlossChange, NoteChange
from annotations.models.load_state import Load
from annotations.models.moderation_act import Flag, ModerationAct
from annotations.models.note import Audience, Note, Reply
from annotations.models.promotion import Promotion
from annotations.models.quotation import Quotation
from annotations.models.search_entry import SearchEntry
from annotations.models.theme import Theme
from annotations.models.written import MAX_BODY_LENGTH, UNDO_PERIOD, NotAllowed, Standing, Written

__all__ = [
    "MAX_BODY_LENGTH",
    "UNDO_PERIOD",
    "Anchor",
    "AnchorChange",
    "Audience",
    "Flag",
    "FormerName",
    "Gloss",
    "GlossChange",
    "GlossLink",
    "Load",
    "ModerationAct",
    "NotAllowed",
    "Note",
    "NoteChange",
    "Promotion",
    "Quotation",
    "Reply",
    "SearchEntry",
    "Standing",
    "Theme",
    "Written",
]
