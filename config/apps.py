from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Makes Django find the commands in config/management."""

    name = "config"
