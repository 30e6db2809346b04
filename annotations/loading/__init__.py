"""Bring an essay and its editorial layer from files into the site, again and again."""

from annotations.loading.errors import EditedOnSite, LoadError, NotLoaded, Problem, WordsLost
from annotations.loading.load import Loaded, load

__all__ = ["EditedOnSite", "LoadError", "Loaded", "NotLoaded", "Problem", "WordsLost", "load"]
