from django.core.management.base import BaseCommand

from annotations.editorial.publish import publish_due


class Command(BaseCommand):
    help = "Publish the essays whose time has come. Whoever asks for one does it, too."

    def handle(self, **options):
        self.stdout.write("published" if publish_due() else "nothing was due")
