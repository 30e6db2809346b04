"""The desk of editors and moderators, for all that an essay and its margin are made of."""

from annotations.admin import (
    essays,
    glosses,
    moderation,
    passages,
    promotions,
    readers,
    the_site,
    things,
)

__all__ = [
    "essays",
    "glosses",
    "moderation",
    "passages",
    "promotions",
    "readers",
    "the_site",
    "things",
]
