import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DATABASE_POOL", "on")
os.environ.setdefault("DATABASE_WAIT", "2")

application = get_asgi_application()
