from django.core.management.base import BaseCommand
from django.db import transaction

from annotations import search


class Command(BaseCommand):
    help = "Rebuild the search index."

    def handle(self, **options):
        with transaction.atomic():
            number = search.reindex_all()
        self.stdout.write(f"The search index has {number} entries.")
