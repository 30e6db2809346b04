"""Set the site up, as far as necessary, with the essays of content/, and serve it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from scripts import serve


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    refuse_taken_port(host, port)
    try:
        django.setup()
        prepare()
    except (CommandError, ImproperlyConfigured) as error:
        sys.exit(str(error))
    from essays.site_identity import site_identity  # After django.setup().

    print(f"\n  {site_identity().name} is at {settings.SITE_URL}/ (Ctrl-C stops it)\n", flush=True)
    start_ticking()
    serve.serve(host, port)


def refuse_taken_port(host: str, port: str) -> None:
    """Exit with a message if the server could not listen there."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"PORT is “{port}”. Give a number from 1 to 65535, as in: make read PORT=8001")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[
            0
        ]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except socket.gaierror:
        sys.exit(
            f"HOST is “{host}”, which is no address of this machine. Try 127.0.0.1 or 0.0.0.0."
        )
    except OSError as error:
        sys.exit(
            f"Cannot listen on {host}, port {port}: {error.strerror}. "
            "Stop what uses it, or choose another port, as in: make read PORT=8001"
        )


def prepare() -> None:
    """Update the database and the static files, and load new essays from content/."""
    serve.prepare()
    if folders := sorted(Path("content").glob("*/")):
        call_command("load_essay", *folders, absent=True)


def start_ticking() -> None:
    """Run `manage.py tick` every minute in a child process, for as long as this process lives.

    The child stops when the pipe to its standard input closes. The server that replaces this
    process keeps the pipe's other end open, so that the child ends with it, however it ends.
    """
    command = [sys.executable, "-m", "scripts.keep_ticking"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    os.set_inheritable(child.stdin.fileno(), True)


if __name__ == "__main__":
    main()
