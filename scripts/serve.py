"""Set up the database and the static files, and serve the site, as the unit in deploy/ does.

`python -m scripts.serve prepare` only sets up. Essays are not loaded: see scripts/read.py.
"""

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

MAX_CONNECTIONS_PER_WORKER = 8192
# How long a worker may take to stop, less than the unit in deploy/ waits for all of them.
STOP_SECONDS = 20


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        prepare()
    except (CommandError, ImproperlyConfigured) as error:
        sys.exit(str(error))
    if sys.argv[1:] != ["prepare"]:
        serve(os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000")


def prepare() -> None:
    """Update the database and the static files."""
    call_command("migrate", verbosity=0)
    collect_static()


def collect_static() -> None:
    """Collect, hash and compress the static files, unless those of this release are there."""
    stamp = settings.STATIC_ROOT / ".release"
    if not stamp.exists() or stamp.read_text() != settings.RELEASE:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(settings.RELEASE)


def serve(host: str, port: str) -> None:
    """Become the server. It listens on the Unix socket named by SOCKET, else on host and port."""
    workers = os.environ.get("WORKERS") or str(os.process_cpu_count() or 1)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    # Each connection needs a file. The soft limit is often 1024; processes may raise it themselves.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # macOS sets a lower limit than the one that it reports.
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if socket := os.environ.get("SOCKET"):
        Path(socket).unlink(missing_ok=True)  # A server that was killed leaves it behind.
    os.execv(sys.executable, server(host, port, workers, socket))


def server(host: str, port: str, workers: str, socket: str | None = None) -> list[str]:
    """The command that serves a site which is set up."""
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--no-ws", "--http", "1"]
    if socket:
        command += ["--uds", socket, "--uds-permissions", "660"]
    else:
        command += ["--host", host, "--port", port]
    command += ["--workers", workers, "--respawn-failed-workers", "--log-level", "error"]
    command += ["--workers-kill-timeout", str(STOP_SECONDS)]
    # Connections that send nothing, or their headers slowly, are closed after ten seconds, and
    # until then they do not keep others out. config/rsgi.py limits requests and their bodies.
    command += ["--http1-header-read-timeout", "10000", "--backlog", "4096"]
    command += ["--backpressure", str(MAX_CONNECTIONS_PER_WORKER)]
    return [*command, "config.rsgi:application"]


if __name__ == "__main__":
    main()
