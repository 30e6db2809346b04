"""The files in deploy/: each is checked by its program, and nginx serves a site."""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path

import pytest

from scripts.provision import tools
from tests.server import ROOT, START_SECONDS, environment, free_port

pytestmark = pytest.mark.one_database

DEPLOY = ROOT / "deploy"
NAME = "essays.example.org"
PATIENCE = 60  # Seconds, for a busy machine.


# Each file is checked by its program


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_systemd_finds_no_fault_in_the_units(tmp_path):
    for unit in DEPLOY.glob("second-viewing*.[st]*[er]"):
        text = unit.read_text().replace("/srv/second-viewing", str(ROOT))
        (tmp_path / unit.name).write_text(text.replace("/etc/second-viewing.env", str(unit)))
    units = sorted(tmp_path.iterdir())
    assert [unit.name for unit in units] == [
        *("second-viewing-tick.service", "second-viewing-tick.timer", "second-viewing.service"),
    ]
    check = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True
    )
    assert (check.returncode, check.stdout + check.stderr) == (0, "")


def test_no_unit_runs_as_root():
    services = list(DEPLOY.glob("*.service"))
    assert services
    for unit in services:
        assert "\nUser=second-viewing\n" in unit.read_text()


def test_caddy_finds_no_fault_in_its_file():
    command = [tools()["caddy"], "validate", "--adapter", "caddyfile", "--config", "Caddyfile"]
    check = subprocess.run(command, cwd=DEPLOY, capture_output=True, text=True)
    assert check.returncode == 0, check.stderr
    assert "Caddyfile input is not formatted" not in check.stderr


def test_the_environment_file_sets_only_variables_that_exist():
    table = (ROOT / "CONTRIBUTING.md").read_text()
    names = re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "second-viewing.env").read_text(), re.M)
    assert "SITE_URL" in names
    assert [name for name in names if f"`{name}`" not in table] == []


# nginx before the site


class Deployed:
    """A site behind nginx, started from an empty folder as docs/operating.md says."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.http, self.https = free_port(), free_port()
        self.context = ssl.create_default_context(cafile=str(folder / "certificate.pem"))

    def connect(self) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.https), timeout=PATIENCE)
        return self.context.wrap_socket(plain, server_hostname=NAME)

    def get(self, path: str, **headers: str) -> HTTPResponse:
        connection = HTTPSConnection(NAME, timeout=PATIENCE)
        connection.sock = self.connect()
        with closing(connection):
            connection.request("GET", path, headers={**headers, "Connection": "close"})
            response = connection.getresponse()
            response.read()
            return response

    def configuration(self, **changes: str) -> str:
        """deploy/nginx.conf for this folder, in what nginx needs around it."""
        site = (DEPLOY / "nginx.conf").read_text()
        replacements = {
            r"listen 80;": f"listen 127.0.0.1:{self.http};",
            r"listen 443 ssl http2;": f"listen 127.0.0.1:{self.https} ssl http2;",
            r" *listen \[::\].*\n": "",
            r"unix:\S+/socket": f"unix:{self.folder}/socket",
            r"/etc/letsencrypt\S+/fullchain.pem": f"{self.folder}/certificate.pem",
            r"/etc/letsencrypt\S+/privkey.pem": f"{self.folder}/key.pem",
            **changes,
        }
        for pattern, replacement in replacements.items():
            site, count = re.subn(pattern, replacement, site)
            assert count, pattern
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "".join(f"{kind}_temp_path {self.folder}/{kind};\n" for kind in kinds)
        user = "user root;\n" if os.getuid() == 0 else ""
        around = f"daemon off;\npid {self.folder}/{self.https}.pid;\n"
        around += f"error_log {self.folder}/nginx.log;\n"
        log = f"access_log {self.folder}/access.log;\n"
        return f"{user}{around}events {{}}\nhttp {{\n{temporary}{log}{site}}}\n"

    @contextmanager
    def nginx(self, **changes: str) -> Iterator[None]:
        file = self.folder / f"{self.https}.conf"
        file.write_text(self.configuration(**changes))
        command = [tools()["nginx"], "-c", file, "-e", self.folder / "nginx.log"]
        check = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert check.returncode == 0 and "[warn]" not in check.stderr, check.stderr
        server = subprocess.Popen(command)
        try:
            wait_for(lambda: server.poll() is not None or self.get("/healthz").status == 200)
            assert server.poll() is None, (self.folder / "nginx.log").read_text()
            yield
        finally:
            server.terminate()
            server.wait(START_SECONDS)


def wait_for(condition) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if condition():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("This did not happen in time.")


@pytest.fixture(scope="module")
def app(tmp_path_factory, prepared_data) -> Iterator[tuple[Deployed, subprocess.Popen]]:
    """The site as the unit in deploy/ starts it, and its process."""
    folder = tmp_path_factory.mktemp("deployed")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-keyout", folder / "key.pem", "-out", folder / "certificate.pem"),
            *("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
        ],
        check=True,
        capture_output=True,
    )
    lines = (DEPLOY / "second-viewing.env").read_text().splitlines()
    variables = dict(line.split("=", 1) for line in lines if line and line[0] != "#")
    variables |= {"SOCKET": str(folder / "socket"), "ACCESS_LOG": "on", "WORKERS": "2"}
    del variables["DATA_DIR"]
    # It would make the same static files anew.
    shutil.copytree(prepared_data / "static", folder / "data" / "static")
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve"],
            cwd=ROOT,
            env=environment(folder / "data", **variables),
            stderr=log,
            start_new_session=True,
        )
    try:
        yield Deployed(folder), process
    finally:
        # Workers that have just been started would take a while to end by themselves.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def site(app) -> Iterator[Deployed]:
    deployed, _ = app
    with deployed.nginx():
        yield deployed


def test_the_site_is_served_over_https_only(site):
    response = site.get("/")
    assert response.status == 200
    assert "max-age" in response.headers["Strict-Transport-Security"]
    with closing(HTTPConnection("127.0.0.1", site.http, timeout=PATIENCE)) as plain:
        plain.request("GET", "/themes/?a=b", headers={"Host": NAME})
        response = plain.getresponse()
        assert response.status == 301
        assert response.headers["Location"] == f"https://{NAME}/themes/?a=b"


def test_an_installation_starts_empty_and_ready(site):
    assert site.get("/her/").status == 404
    assert site.get("/readyz").status == 200


def test_a_request_has_the_id_that_nginx_gave_it(site):
    given = site.get("/", **{"X-Request-ID": "0123456789abcdef"}).headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{32}", given)
    assert f'"request": "{given}"' in (site.folder / "server.log").read_text()


def test_a_visitor_cannot_speak_for_the_proxy(site):
    for name in ("X-Forwarded-For", "X_Forwarded_For", "X_Forwarded-For"):
        site.get("/imprint/", **{name: "203.0.113.9", "X_Forwarded_Proto": "http"})
    log = (site.folder / "server.log").read_text()
    visitors = re.findall(r'"path": "/imprint/", .*"visitor": "(\w+)"', log)
    assert len(visitors) == 3 and len(set(visitors)) == 1


def send_too_much(site) -> bytes:
    """The answer to a form of 20 megabytes, of which only the head is sent."""
    with site.connect() as connection:
        head = f"POST /accounts/login/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 20000000\r\n\r\n"
        connection.sendall(head.encode())
        return connection.recv(4096)


def test_what_is_too_large_is_refused(site):
    assert b" 413 " in send_too_much(site)


def test_slow_clients_keep_nobody_out_and_one_address_has_a_limit(site):
    head = f"POST /accounts/login/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 9\r\n\r\n1234"
    slow = [site.connect() for _ in range(40)]
    for connection in slow:
        connection.sendall(head.encode())
    assert site.get("/").status == 200
    more = [site.connect() for _ in range(40)]
    for connection in more:
        connection.sendall(head.encode())
    wait_for(lambda: site.get("/").status == 429)
    for connection in (*slow, *more):
        connection.close()
    wait_for(lambda: site.get("/").status == 200)


def children(pid: int) -> set[str]:
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_a_reload_refuses_no_request(app, site):
    _, process = app
    site = Deployed(site.folder)  # With an nginx of its own, which lets one address ask more.
    before, over, statuses, failures = children(process.pid), threading.Event(), [], []

    def read() -> None:
        while not over.is_set():
            try:
                statuses.append(site.get("/").status)
            except OSError as error:
                failures.append(error)

    with site.nginx(**{r"rate=20r/s": "rate=10000r/s"}):
        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: len(children(process.pid) - before) >= 2)
        wait_for(lambda: not children(process.pid) & workers_of(before))
        over.set()
        for thread in threads:
            thread.join()
    assert failures == [] and set(statuses) == {200}
    assert len(statuses) > 20


def workers_of(pids: set[str]) -> set[str]:
    return {pid for pid in pids if "tracker" not in command_of(pid)}


def command_of(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except FileNotFoundError:
        return ""


def test_no_log_has_an_address(site):
    with closing(HTTPConnection("127.0.0.1", site.http, timeout=PATIENCE)) as plain:
        plain.request("GET", "/", headers={"Host": NAME})
        assert plain.getresponse().status == 301
    assert b" 413 " in send_too_much(site)
    assert site.get("/notebook/").status == 200
    # nginx logs a request after its answer, but before the next one.
    site.get("/healthz")
    logs = {log.name: log.read_text() for log in site.folder.glob("*.log")}
    assert '"path": "/notebook/"' in logs["server.log"]
    assert {"access.log", "nginx.log"} <= logs.keys()
    assert [name for name, text in logs.items() if "127.0.0.1" in text] == []
