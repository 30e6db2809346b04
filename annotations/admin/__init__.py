"""The editors' desk for all that an essay and its margin are made of."""

from annotations.admin import glosses, texts, things

__all__ = ["glosses", "texts", "things"]
