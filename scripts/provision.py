"""Find the programs that the tests need, or install them; end with what to install if that fails.

Chromium is launched to see that it works. Most browser tests run in its headless shell, which draws
the same pages in half of the time; where there is none, in Chromium itself. Java runs the Nu HTML
checker, Node runs Readability; both checkers come from package-lock.json into .cache/node.
`make test-postgres` needs PostgreSQL and Redis, and one test of `make test` compares the search on
both databases. nginx and Caddy check their files in deploy/. The paths found are stored in
.cache/tools.json, so that a second run only looks whether they still exist.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from scripts import browsers

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
NODE = CACHE / "node"
PATHS = CACHE / "tools.json"
LOCK = ROOT / "package-lock.json"


@dataclass(frozen=True)
class Tool:
    """A program: its title, a check that it works, and the packages that install it.

    `substitute` names the tool that is used where this one cannot be installed.
    """

    title: str
    variable: str
    commands: tuple[str, ...]
    works: Callable[[str], bool]
    apt: tuple[str, ...]
    brew: str
    more_places: Callable[[], Iterable[str]] = lambda: ()
    installer: Callable[[], None] | None = None
    substitute: str = ""

    def candidates(self) -> list[str]:
        paths = [os.environ.get(self.variable), *map(shutil.which, self.commands)]
        return [path for path in (*paths, *self.more_places()) if path]

    def find(self) -> str | None:
        return next(filter(self.works, self.candidates()), None)

    def find_or_install(self) -> str:
        """The path of a program that works. Exit with an error if none can be installed."""
        if path := self.find():
            return path
        print(f"{self.title} is not here; installing it.", flush=True)
        if self.installer:
            self.installer()
        if path := self.find():
            return path
        apt_install(self.apt)
        if path := self.find():
            return path
        if self.substitute:
            return TOOLS[self.substitute].find_or_install()
        sys.exit(
            f"The tests need {self.title}, which is not here and could not be installed. "
            f"Install it (Debian and Ubuntu: apt-get install {' '.join(self.apt)}; "
            f"macOS: brew install {self.brew}) or set {self.variable} to its path, "
            "then give the same command again."
        )


def tools() -> dict[str, str]:
    """The paths of all TOOLS, by name, and of the folder `modules`; install what is missing."""
    if PATHS.exists():
        stored = json.loads(PATHS.read_text())
        paths = [stored["found"].get(name, "") for name in (*TOOLS, "modules")]
        all_exist = all(path and Path(path).exists() for path in paths)
        if all_exist and stored["lock"] == LOCK.read_text():
            return stored["found"]
    found = {name: tool.find_or_install() for name, tool in TOOLS.items()}
    found["modules"] = node_modules(found["node"])
    CACHE.mkdir(exist_ok=True)
    PATHS.write_text(json.dumps({"lock": LOCK.read_text(), "found": found}))
    return found


def node_modules(node: str) -> str:
    """Install the packages of package-lock.json, checking hashes and running no install scripts."""
    npm = shutil.which("npm", path=f"{Path(node).parent}{os.pathsep}{os.environ['PATH']}")
    if not npm:
        apt_install(("npm",))
        npm = shutil.which("npm") or sys.exit("The tests need npm beside Node. Install it.")
    NODE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, NODE)
    run = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"], cwd=NODE
    )
    if run.returncode:
        sys.exit("npm could not install the checkers; see above. Is this machine online?")
    return str(NODE / "node_modules")


def postgresql_programs() -> Iterable[str]:
    """Where Debian and Homebrew install PostgreSQL, which is not on the PATH."""
    places = ("usr/lib/postgresql/*", "opt/homebrew/opt/postgresql*", "usr/local/opt/postgresql*")
    for place in places:
        yield from sorted(map(str, Path("/").glob(f"{place}/bin/pg_ctl")), reverse=True)


def apt_install(packages: Iterable[str]) -> None:
    """Install with apt-get, if it exists and asks for no password."""
    apt = shutil.which("apt-get")
    sudo = [] if os.getuid() == 0 else ["sudo", "-n"]
    if not apt or (sudo and not shutil.which("sudo")):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*sudo, apt, "update", "-qq"], env=quiet)
    subprocess.run(
        [*sudo, apt, "install", "-qq", "--no-install-recommends", "-y", *packages], env=quiet
    )


def at_least(version: int, *arguments: str) -> Callable[[str], bool]:
    """A check that the program reports this major version or a later one."""

    def works(path: str) -> bool:
        try:
            run = subprocess.run([path, *arguments], capture_output=True, text=True, timeout=60)
        except OSError:
            return False
        number = re.search(r"\d+", run.stdout + run.stderr)
        return run.returncode == 0 and number is not None and int(number[0]) >= version

    return works


TOOLS = {
    "java": Tool(
        title="Java 17 or later",
        variable="JAVA",
        commands=("java",),
        works=at_least(17, "-version"),
        apt=("default-jre-headless",),
        brew="openjdk",
        more_places=lambda: ["/opt/homebrew/opt/openjdk/bin/java"],
    ),
    "node": Tool(
        title="Node 18 or later",
        variable="NODE",
        commands=("node", "nodejs"),
        works=at_least(18, "--version"),
        apt=("nodejs", "npm"),
        brew="node",
    ),
    "pg_ctl": Tool(
        title="PostgreSQL 14 or later",
        variable="PG_CTL",
        commands=("pg_ctl",),
        works=at_least(14, "--version"),
        apt=("postgresql",),
        brew="postgresql",
        more_places=postgresql_programs,
    ),
    "redis": Tool(
        title="Redis 7 or later",
        variable="REDIS",
        commands=("redis-server",),
        works=at_least(7, "--version"),
        apt=("redis-server",),
        brew="redis",
    ),
    "nginx": Tool(
        title="nginx 1",
        variable="NGINX",
        commands=("nginx",),
        works=at_least(1, "-v"),
        apt=("nginx-light",),
        brew="nginx",
        more_places=lambda: ["/usr/sbin/nginx"],
    ),
    "caddy": Tool(
        title="Caddy 2",
        variable="CADDY",
        commands=("caddy",),
        works=at_least(2, "version"),
        apt=("caddy",),
        brew="caddy",
    ),
    "chromium": Tool(
        title="Chromium",
        variable="CHROMIUM",
        commands=("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        works=browsers.launches,
        apt=("chromium",),
        brew="--cask chromium",
        more_places=lambda: [*browsers.of_mac(), *browsers.of_playwright()],
        installer=browsers.install,
    ),
    "shell": Tool(
        title="Chromium's headless shell",
        variable="HEADLESS_SHELL",
        commands=("chromium-headless-shell",),
        works=browsers.launches,
        apt=("chromium-headless-shell",),
        brew="--cask chromium",
        more_places=browsers.shells_of_playwright,
        installer=browsers.install,
        substitute="chromium",
    ),
}


if __name__ == "__main__":
    tools()
