from django.core.management.base import BaseCommand

from annotations import search


class Command(BaseCommand):
    help = "Rebuild the search index."

    def handle(self, **options):
        number = search.reindex_all()
        self.stdout.write(f"The search index has {number} entries.")
