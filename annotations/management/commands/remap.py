import sys

from django.core.management.base import BaseCommand

from annotations.anchoring.lines import answer_lines


class Command(BaseCommand):
    """Listed among the commands; manage.py answers `remap --lines` before it starts Django."""

    help = (
        "Read edits as JSON lines from standard input and answer, a line each, where their "
        "annotations stand. A line that cannot be read is answered on standard error and with "
        'an "error" in its place; the others are still answered, and the exit status is 1.'
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument(
            "--lines", action="store_true", required=True, help="One edit a line, until input ends."
        )

    def handle(self, **options):
        if answer_lines(sys.stdin.buffer, self.stdout, self.stderr):
            sys.exit(1)
