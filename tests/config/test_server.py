"""The real server, without a proxy before it: spoofed headers, slow and idle clients."""

import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from config import rsgi
from scripts import serve
from tests import prepared_site
from tests.server import get, running, serving_prepared

pytestmark = pytest.mark.one_database

PATIENCE = 60  # Seconds, for a busy machine.
HEAD = b"POST /notes/1/restore/ HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def secure_site(tmp_path_factory, prepared_data) -> Iterator[str]:
    """A site in one process that expects a proxy which speaks https."""
    folder = tmp_path_factory.mktemp("secure")
    prepared_site.copy(prepared_data, folder)
    with serving_prepared(folder, SITE_URL="https://essays.example.org") as url:
        yield url


def connect(url: str) -> socket.socket:
    address = urlsplit(url)
    return socket.create_connection((address.hostname, address.port), timeout=PATIENCE)


def first_line(connection: socket.socket) -> str:
    """The status line of the next response, or "" if the connection was closed."""
    return connection.recv(4096).decode().partition("\r\n")[0]


@pytest.mark.parametrize("headers", [
    {"X_Forwarded_Proto": "https"},
    {"X_Forwarded_Proto": "https", "X-Forwarded-Proto": "http"},
    {"X-Forwarded-Proto": "http", "X_Forwarded_Proto": "https"},
    {"X-Forwarded-Proto": "http", "X_Forwarded-Proto": "https", "x_forwarded_proto": "https"},
])  # fmt: skip
def test_a_header_with_an_underscore_does_not_pass_for_the_proxys(secure_site, headers):
    response = get(secure_site, "/", headers)
    assert response.status == 301
    assert response.headers["Location"] == f"https://{urlsplit(secure_site).netloc}/"


def test_the_header_of_the_proxy_itself_is_read(secure_site):
    headers = {"X-Forwarded-Proto": "https", "X_Forwarded_Proto": "http"}
    assert get(secure_site, "/", headers).status == 200


# With a cookie for the form's token, so that the site reads the body to compare them.
FORM = b"".join(
    [
        HEAD,
        b"X-Forwarded-Proto: https\r\nOrigin: https://essays.example.org\r\n",
        b"Content-Type: application/x-www-form-urlencoded\r\n",
        b"Cookie: __Host-csrf=" + b"a" * 32 + b"\r\nContent-Length: 10\r\n\r\n",
    ]
)


def test_slow_bodies_occupy_no_thread(secure_site):
    slow = [connect(secure_site) for _ in range(5 * rsgi.THREADS)]
    for connection in slow:
        connection.sendall(FORM + b"12345")
    for _ in range(3):
        assert get(secure_site, "/", {"X-Forwarded-Proto": "https"}).status == 200
    for connection in slow:
        connection.sendall(b"67890")
        assert first_line(connection) == "HTTP/1.1 403 Forbidden"
        connection.close()


def test_idle_connections_keep_nobody_out_and_are_closed(secure_site):
    idle = [connect(secure_site) for _ in range(1500)]
    assert get(secure_site, "/healthz").status == 200
    assert {first_line(connection) for connection in idle} == {""}
    for connection in idle:
        connection.close()


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (f"Content-Length: {rsgi.MAX_BODY + 1}", "413 Payload Too Large"),
        ("Transfer-Encoding: chunked", "411 Length Required"),
    ],
)
def test_a_body_that_is_too_large_or_of_unknown_length_is_refused(secure_site, header, status):
    with connect(secure_site) as connection:
        connection.sendall(HEAD + header.encode() + b"\r\n\r\n")
        assert first_line(connection) == f"HTTP/1.1 {status}"


def test_a_body_that_takes_too_long_is_refused(tmp_path):
    command = serve.server("127.0.0.1", "PORT", "1")[:-1]

    def hurried(port: str) -> list[str]:
        return [
            *(port if part == "PORT" else part for part in command),
            "tests.config.hurried:application",
        ]

    with running(hurried, tmp_path, {}) as url, connect(url) as connection:
        connection.sendall(HEAD + b"Content-Length: 10\r\n\r\n12345")
        assert first_line(connection) == "HTTP/1.1 408 Request Timeout"


def test_one_address_may_not_ask_too_much_at_a_time(tmp_path, prepared_data):
    def slow_request() -> socket.socket:
        connection = connect(url)
        connection.sendall(HEAD + b"Content-Length: 10\r\n\r\n12345")
        return connection

    prepared_site.copy(prepared_data, tmp_path)
    with serving_prepared(tmp_path) as url:
        deadline = time.monotonic() + PATIENCE
        slow = [slow_request() for _ in range(rsgi.MAX_REQUESTS_BY_ADDRESS)]
        # A slow request is refused, too, while a quick one takes its place: send another then.
        while get(url, "/healthz").status != 429:
            slow.append(slow_request())
            assert time.monotonic() < deadline
        for connection in slow:
            connection.close()
        while get(url, "/healthz").status != 200:
            assert time.monotonic() < deadline
