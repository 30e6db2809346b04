"""Import an essay: paste or upload its text, check how it is split into passages, save a draft."""

from desk.importing.views import BringingAdmin

__all__ = ["BringingAdmin"]
