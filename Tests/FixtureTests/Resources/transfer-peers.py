"""Moves large bodies through an nginx in either direction, and prints what came of each as JSON.

    transfer-peers.py ADDRESS PORT HTTPS-PORT

The nginx is at ADDRESS; the backend is there as well, at port 9000, so that either end knows how far the other one is.
"""

import hashlib
import json
import socket
import socketserver
import subprocess
import sys
from threading import Event, Thread

address, port, secure_port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
BLOCK = bytes(range(256)) * 4096
COUNT = 96
DIGEST = hashlib.sha256(BLOCK * COUNT).hexdigest()


class Transfer:
    """What the backend knows of a body, by the path of its request."""

    known = {}

    def __init__(self):
        self.has_begun = Event()
        self.has_ended = Event()
        self.framing = ""
        self.digest = hashlib.sha256()

    @classmethod
    def at(cls, path):
        return cls.known.setdefault(path, cls())

    def add(self, data):
        self.digest.update(data)
        self.has_begun.set()


class Backend(socketserver.StreamRequestHandler):
    def handle(self):
        while line := self.rfile.readline():
            method, path, _ = line.decode().split()
            headers = {}
            while (line := self.rfile.readline()) not in (b"\r\n", b""):
                name, value = line.decode().rstrip().split(": ", 1)
                headers[name.lower()] = value
            transfer = Transfer.at(path)
            if method == "GET":
                self.send(transfer)
            else:
                self.receive(transfer, headers)

    def send(self, transfer):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (len(BLOCK) * COUNT))
        for _ in range(COUNT):
            self.wfile.write(BLOCK)
            transfer.has_begun.set()
        transfer.has_ended.set()

    def receive(self, transfer, headers):
        if "content-length" in headers:
            transfer.framing = "length"
            self.read(transfer, int(headers["content-length"]))
        else:
            transfer.framing = headers.get("transfer-encoding", "none")
            while size := int(self.rfile.readline(), 16):
                self.read(transfer, size)
                self.rfile.readline()
            self.rfile.readline()
        transfer.has_ended.set()
        self.wfile.write(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")

    def read(self, transfer, size):
        while size:
            data = self.rfile.read1(min(size, 1 << 20))
            if not data:
                raise EOFError
            transfer.add(data)
            size -= len(data)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def head(stream):
    lines = []
    while (line := stream.readline()) not in (b"\r\n", b""):
        lines.append(line.decode().rstrip())
    return lines


def ask(line, *headers):
    connection = socket.create_connection((address, port), timeout=60)
    lines = [line + " HTTP/1.1", "Host: shop.example", "Connection: close", *headers]
    connection.sendall("".join(f"{line}\r\n" for line in lines).encode() + b"\r\n")
    return connection


def upload(path, method, is_chunked):
    """Sends one block, waits for the backend to see it, and sends the rest."""
    framing = "Transfer-Encoding: chunked" if is_chunked else f"Content-Length: {len(BLOCK) * COUNT}"
    with ask(f"{method} {path}", framing) as connection:
        def send():
            connection.sendall(b"%x\r\n%b\r\n" % (len(BLOCK), BLOCK) if is_chunked else BLOCK)

        transfer = Transfer.at(path)
        send()
        is_streamed = transfer.has_begun.wait(20 if path.startswith("/streamed") else 0.5)
        for _ in range(COUNT - 1):
            send()
        if is_chunked:
            connection.sendall(b"0\r\n\r\n")
        status = head(connection.makefile("rb"))[0].split()[1]
    return report(status, transfer.digest.hexdigest(), transfer.framing, is_streamed)


def download(path):
    """Asks, waits for the backend to be done, and only then reads."""
    with ask(f"GET {path}") as connection:
        transfer = Transfer.at(path)
        is_ahead = transfer.has_ended.wait(0.5 if path.startswith("/streamed") else 30)
        stream = connection.makefile("rb")
        status = head(stream)[0].split()[1]
        digest = hashlib.sha256()
        while data := stream.read1(1 << 20):
            digest.update(data)
    return report(status, digest.hexdigest(), "length", not is_ahead)


def upload_by_http2(path):
    url = f"https://shop.example:{secure_port}{path}"
    outcome = subprocess.run(
        [
            "curl", "--disable", "--silent", "--show-error", "--insecure", "--noproxy", "*", "--http2", "--max-time", "60",
            "--connect-to", f"::{address}:{secure_port}", "--upload-file", "-", "--write-out", "%{http_version} %{http_code}",
            url,
        ],
        input=BLOCK * COUNT, stdout=subprocess.PIPE, check=True,
    )
    transfer = Transfer.at(path)
    version, status = outcome.stdout.decode().split()
    return f"HTTP/{version}, " + report(status, transfer.digest.hexdigest(), transfer.framing, True)


def report(status, digest, framing, is_streamed):
    whole = "whole" if digest == DIGEST else "changed"
    return f"{status}, {whole}, {framing}, {'as it comes' if is_streamed else 'once all is there'}"


with Server((address, 9000), Backend) as server:
    Thread(target=server.serve_forever, daemon=True).start()
    outcomes = {}
    for way in "buffered", "streamed":
        outcomes[f"{way} upload"] = upload(f"/{way}/length", "PUT", False)
        outcomes[f"{way} upload in chunks"] = upload(f"/{way}/chunked", "PATCH", True)
        outcomes[f"{way} download"] = download(f"/{way}/download")
    outcomes["streamed upload by HTTP/2"] = upload_by_http2("/streamed/http2")
    print(json.dumps(outcomes))
    server.shutdown()
