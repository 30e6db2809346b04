from django.core.management import BaseCommand

from annotations.writing import purge


class Command(BaseCommand):
    help = "Let go for good of what readers deleted more than ten minutes ago."

    def handle(self, **options):
        purge()
