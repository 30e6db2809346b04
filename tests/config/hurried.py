"""The site's server, for tests, with little patience for slow bodies."""

from config import rsgi

rsgi.BODY_SECONDS = 1
application = rsgi.application
