"""Loads on a server: connections that each ask for one page after the other, for so many seconds."""

import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

SCRIPT = Path(__file__).with_name("drawn.lua")
RUNS = 3
"""A figure is the middle one of so many runs: connections fall on the two workers by chance, anew in each."""
CONNECTIONS = 8


@dataclass(frozen=True)
class Load:
    """What was measured: answers, answers a second, and the seconds that so many in a hundred took at most."""

    requests: int
    rate: float
    p50: float
    p95: float
    p99: float


def read(output: str) -> Load:
    """What wrk with our script has printed. Raises ValueError where any answer was missing or an error."""
    said = next((line.split()[1:] for line in output.splitlines() if line.startswith("measured ")), None)
    if said is None:
        raise ValueError(f"wrk said nothing: {output}")
    requests, took, failed, *within = map(int, said)
    if failed or not requests:
        raise ValueError(f"Of {requests} answers {failed} were missing or errors.")
    return Load(requests, requests / took * 1e6, *(one / 1e6 for one in within))


def ask(
    port: int,
    addresses: Sequence[str],
    seconds: int,
    *,
    headers: Sequence[str] = (),
    method: str = "GET",
    connections: int = CONNECTIONS,
) -> Load:
    """One run of wrk over `addresses` (paths) at a port of this machine."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as drawn:
        drawn.writelines(f"{address}\n" for address in addresses)
        drawn.flush()
        command = ["wrk", f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
        for header in ("Accept-Encoding: gzip", *headers):
            command += ["-H", header]
        command += ["-s", str(SCRIPT), f"http://127.0.0.1:{port}/", "--", drawn.name, method]
        done = subprocess.run(command, capture_output=True, text=True)
    return read(done.stdout + done.stderr)


def ask_plainly(port: int, address: str, seconds: int, *, method: str = "GET") -> Load:
    """The same by a client of our own: wrk waits for the body of a HEAD for ever.

    Every connection asks, then all answers are read, so it is bound by itself as well: to be compared with itself.
    """
    request = f"{method} {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
    times, began = [], time.perf_counter()
    while time.perf_counter() < began + seconds:
        asked = time.perf_counter()
        for one in sockets:
            one.sendall(request)
        for one in sockets:
            _receive(one, body=method != "HEAD")
            times.append(time.perf_counter() - asked)
    took = time.perf_counter() - began
    for one in sockets:
        one.close()
    within = quantiles(times, n=100)
    return Load(len(times), len(times) / took, within[49], within[94], within[98])


def _receive(connection: socket.socket, *, body: bool) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, rest = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    if b" 200" not in lines[0]:
        raise ValueError(f"An answer was {lines[0].decode()}.")
    left = next(int(line[15:]) for line in lines if line.startswith(b"content-length:")) - len(rest) if body else 0
    while left > 0:
        left -= len(_more(connection))


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ValueError("The server closed a connection.")
    return data
