"""Bring a text in: pasted or uploaded, cut, looked over, and only then saved as a draft."""

from annotations.admin.bringing.views import BringingAdmin

__all__ = ["BringingAdmin"]
