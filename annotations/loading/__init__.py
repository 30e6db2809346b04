"""Load an essay and its editorial layer from files, also when both have changed since."""

from annotations.loading.errors import EditedOnSite, LoadError, NotLoaded, Problem, WordsLost
from annotations.loading.load import Loaded, load

__all__ = ["EditedOnSite", "LoadError", "Loaded", "NotLoaded", "Problem", "WordsLost", "load"]
