"""Bring a text in: pasted or uploaded, cut, looked over, and only then saved as a draft."""

from desk.importing.views import BringingAdmin

__all__ = ["BringingAdmin"]
