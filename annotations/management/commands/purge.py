from django.core.management import BaseCommand

from annotations.notes.create import purge


class Command(BaseCommand):
    help = "Let go for good of what readers deleted more than ten minutes ago."

    def handle(self, **options):
        purge()
