import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DATABASE_POOL", "on")
os.environ.setdefault("DATABASE_WAIT", "2")

application = get_wsgi_application()
