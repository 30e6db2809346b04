"""Create an account for the desk: asks for a name and a password, or reads them as two lines.

`python -m scripts.editor` makes an editor, who moderates, too; `python -m scripts.editor moderator`
one who does only that.
"""

import getpass
import os
import sys

import django
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command

GROUPS = {"editor": ["Editors", "Moderators"], "moderator": ["Moderators"]}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    try:
        groups = GROUPS[sys.argv[1] if len(sys.argv) > 1 else "editor"]
        credentials = ask_for_credentials() if sys.stdin.isatty() else read_credentials()
        user = create_editor(*credentials, groups)
    except ValidationError as error:
        sys.exit("\n".join(error.messages))
    print(f"{user.username} can sign in at {settings.SITE_URL}/admin/ while the site runs.")


def ask_for_credentials() -> tuple[str, str]:
    name = input("User name: ")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Password, once more: "):
        raise ValidationError("The two passwords differ. Nothing was created; try again.")
    return name, password


def read_credentials() -> tuple[str, str]:
    name, password, *_ = [*sys.stdin.read().splitlines(), "", ""]
    return name, password


def create_editor(name: str, password: str, groups: list[str]):
    """The new account, in these groups. Raises ValidationError and creates nothing."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.contrib.auth.password_validation import validate_password

    user = get_user_model()(username=name.strip(), is_staff=True)
    if not user.username:
        raise ValidationError("Give a user name.")
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    user.groups.add(*Group.objects.filter(name__in=groups))
    return user


if __name__ == "__main__":
    main()
