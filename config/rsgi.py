"""Runs the WSGI application under Granian's RSGI interface.

Granian's own WSGI interface gives X-Forwarded-For and X_Forwarded_For the same name, so that
visitors could override what a proxy says about them. It also reads a body in the thread that
answers the request, so that a few slow clients occupy all threads. Here names with underscores are
dropped, and a request takes a thread only once all of it has arrived.
"""

import asyncio
import io
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from granian.rsgi import ProtocolClosed, ProtocolError

from config.wsgi import application as wsgi_application

# As many as a PostgreSQL pool has connections (see settings), so that no thread waits for one.
THREADS = 8
# Limits of one process.
MAX_REQUESTS = 1000
MAX_REQUESTS_BY_ADDRESS = 64
MAX_BODY = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
# How long a body may take, and how many bytes a second earn it more time.
BODY_SECONDS = 30
SLOWEST_BYTES_A_SECOND = 32 * 1024


class RequestRefused(Exception):
    """A request that is answered without asking the application: status and text."""

    def answer(self, protocol) -> None:
        status, text = self.args
        headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
        protocol.response_str(status, [*headers, ("retry-after", "10")], f"{text}\n")


class Application:
    """The object that Granian calls, in one event loop for each process."""

    def __init__(self):
        self.threads = ThreadPoolExecutor(THREADS)
        self.requests = Counter()

    async def __rsgi__(self, scope, protocol):
        environ = environ_of(scope)
        address = environ["REMOTE_ADDR"]
        self.requests[address] += 1
        try:
            self.refuse_too_many(address)
            environ["wsgi.input"] = io.BytesIO(await body_of(environ, protocol))
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self.threads, respond, environ, protocol)
        except RequestRefused as refusal:
            refusal.answer(protocol)
        except (ProtocolClosed, ProtocolError):
            pass  # The client went away before all of its request had arrived.
        finally:
            self.requests[address] -= 1
            if not self.requests[address]:
                del self.requests[address]

    def refuse_too_many(self, address: str) -> None:
        """Raise RequestRefused at the limits. Behind a proxy all requests come from its address."""
        is_proxy = settings.ALLAUTH_TRUSTED_PROXY_COUNT
        if not is_proxy and self.requests[address] > MAX_REQUESTS_BY_ADDRESS:
            raise RequestRefused(429, "These are too many requests at a time from your address.")
        if self.requests.total() > MAX_REQUESTS:
            raise RequestRefused(503, "The site is busy. Try again in a few seconds.")


async def body_of(environ: dict, protocol) -> bytes:
    """Read the whole body. Raises RequestRefused if it is too large or too slow."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        raise RequestRefused(411, "This request does not say how long it is.")
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > MAX_BODY:
        raise RequestRefused(413, "This is larger than anything that the site takes.")
    if not length:
        return b""
    try:
        async with asyncio.timeout(BODY_SECONDS + length / SLOWEST_BYTES_A_SECOND):
            return await protocol()
    except TimeoutError:
        raise RequestRefused(408, "The request took too long to arrive. Send it again.") from None


def environ_of(scope) -> dict:
    """The WSGI environment of a request, without headers whose names contain underscores."""
    client, _, _ = scope.client.rpartition(":")
    server, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # WSGI wants each byte of the path as one character.
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "REMOTE_ADDR": client.strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        separator = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
    return environ


def respond(environ: dict, protocol) -> None:
    """Call the application, in a thread, and send its response."""
    started: list = []

    def start_response(status, headers, exc_info=None):
        started[:] = [int(status[:3]), headers]

    result = wsgi_application(environ, start_response)
    try:
        body = b"".join(result)
        protocol.response_bytes(*started, body)
    finally:
        if hasattr(result, "close"):
            result.close()


application = Application()
