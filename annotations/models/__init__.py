from annotations.models.anchor import Anchor
from annotations.models.gloss import Gloss, GlossLink
from annotations.models.load import Load
from annotations.models.quotation import Quotation
from annotations.models.theme import Theme

__all__ = ["Anchor", "Gloss", "GlossLink", "Load", "Quotation", "Theme"]
