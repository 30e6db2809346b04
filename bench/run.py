"""Measure the reading page as `make read` serves it: `python -m bench.run [path] [seconds]`.

Clients keep their connections and ask as fast as they are answered, so the times are those of
a server at its limit; the clients share its cores.
"""

import http.client
import os
import re
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

from tests.server import serving

CLIENTS = 8
CODINGS = {"Accept-Encoding": "br"}


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else ""
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 5
    workers = os.environ.get("WORKERS") or str(os.process_cpu_count() or 1)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), WORKERS=workers) as url:
        path = path or first_essay(url)
        status, tag, size = ask(connect(url), path, CODINGS)
        print(f"{path}: {status}, {size} bytes compressed, {workers} workers, {CLIENTS} clients")
        for name, headers in {
            "whole page": CODINGS,
            "unchanged (304)": {**CODINGS, "If-None-Match": tag},
        }.items():
            report(name, measure(url, path, headers, seconds), seconds)


def first_essay(url: str) -> str:
    with urllib.request.urlopen(f"{url}/sitemap.xml") as answer:
        addresses = re.findall(r"<loc>([^<]+)", answer.read().decode())
    places = [urlsplit(address).path for address in addresses]
    return next(place for place in places if place.count("/") == 2 and place != "/themes/")


def connect(url: str) -> http.client.HTTPConnection:
    address = urlsplit(url)
    return http.client.HTTPConnection(address.hostname, address.port, timeout=30)


def ask(connection, path: str, headers: dict[str, str]) -> tuple[int, str, int]:
    """One request: its status, entity tag and number of bytes."""
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, response.headers.get("ETag", ""), len(response.read())


def measure(url: str, path: str, headers: dict[str, str], seconds: float) -> list[float]:
    """The durations of all requests, in milliseconds."""
    seen: list[list[float]] = [[] for _ in range(CLIENTS)]
    end = time.perf_counter() + seconds

    def work(durations: list[float]) -> None:
        connection = connect(url)
        while (start := time.perf_counter()) < end:
            status, _, _ = ask(connection, path, headers)
            assert status in (200, 304), status
            durations.append((time.perf_counter() - start) * 1000)

    threads = [threading.Thread(target=work, args=[durations]) for durations in seen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [duration for client in seen for duration in client]


def report(name: str, durations: list[float], seconds: float) -> None:
    cuts = quantiles(durations, n=100)
    print(
        f"{name}: {len(durations) / seconds:.0f} a second, "
        f"p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms"
    )


if __name__ == "__main__":
    main()
