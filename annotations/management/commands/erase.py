from django.core.management.base import BaseCommand, CommandError

from annotations.notes.leave import leave
from readers.models import User


class Command(BaseCommand):
    help = "Delete an account with all that its reader wrote, at once and for good."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument(
            "--keep-public",
            action="store_true",
            help="keep the public notes and replies, without the name",
        )

    def handle(self, *, username: str, keep_public: bool, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account “{username}”. Nothing was deleted.")
        leave(user, keep_public=keep_public)
        kept = "Public words stay, without a name." if keep_public else "No words stay."
        self.stdout.write(
            f"The account “{username}” is deleted. {kept} Backups have both until they are deleted."
        )
