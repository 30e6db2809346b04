import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DATABASE_POOL", "on")

application = get_asgi_application()

from annotations.notes.purge_deleted import keep_purging  # noqa: E402 - the models are there from now on

keep_purging()
