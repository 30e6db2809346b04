"""The desk of editors and moderators: importing these modules registers their pages."""

from desk.catalogue import catalogue_admin
from desk.essays import essay_admin, site_admin
from desk.glosses import gloss_admin
from desk.moderation import account_admin, moderation_admin, promotion_views, reader_admin
from desk.passages import passage_admin

__all__ = [
    "account_admin",
    "catalogue_admin",
    "essay_admin",
    "gloss_admin",
    "moderation_admin",
    "passage_admin",
    "promotion_views",
    "reader_admin",
    "site_admin",
]
