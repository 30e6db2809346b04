"""The desk of editors and moderators, for all that an essay and its margin are made of."""

from annotations.admin import glosses, moderation, readers, texts, things

__all__ = ["glosses", "moderation", "readers", "texts", "things"]
