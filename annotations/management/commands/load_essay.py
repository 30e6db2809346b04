from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from annotations.loading import NotLoaded, load
from annotations.revising import RevisingError
from essays.markup import MarkupError
from essays.models import Essay
from essays.transactions import writing


class Command(BaseCommand):
    help = "Load essays and their editorial layers from folders such as content/her."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", type=Path)
        parser.add_argument(
            "--absent", action="store_true", help="leave essays alone that are on the site already"
        )
        parser.add_argument(
            "--take",
            choices=["file", "site"],
            help="which to take of what was edited on the site since the last load",
        )
        parser.add_argument(
            "--yes", action="store_true", help="load even if annotations lose their words"
        )
        parser.add_argument("--draft", action="store_true", help="do not publish a new essay yet")

    @writing
    def handle(self, *, paths, absent, take, yes, draft, **options):
        for path in paths:
            if absent and Essay.objects.at(path.resolve().name).exists():
                self.stdout.write(f"{path}: on the site already, left alone")
                continue
            try:
                loaded = load(path, take=take, lose=yes, draft=draft)
            except NotLoaded as error:
                raise CommandError(str(error)) from error
            except (MarkupError, RevisingError) as error:
                raise CommandError(f"{path}: {error}") from error
            for line in loaded.lines or ["unchanged"]:
                self.stdout.write(f"{path}: {line}")
