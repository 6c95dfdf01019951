"""Resolves names and serves behind an nginx, asks it for some paths, and prints what came of each as JSON.

    external-name-peers.py ADDRESS PORT

The nginx is at ADDRESS and PORT. All names stand for ADDRESS, as a name server at port 5300 says; at port 9000 is the
backend of an Ingress, one of whose paths is gone, and at port 9001 are pages for errors.
"""

import json
import socketserver
import struct
import sys
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from threading import Thread

address, port = sys.argv[1], int(sys.argv[2])


class Names(socketserver.BaseRequestHandler):
    """Answers each question for addresses of IPv4, and says that there are no others (RFC 1035, section 4)."""

    def handle(self):
        query, connection = self.request
        question = query[12 : query.index(0, 12) + 5]
        is_known = question[-4:-2] == b"\0\1"
        answer = b"\xc0\x0c\0\1\0\1" + struct.pack("!LH", 60, 4) + IPv4Address(address).packed if is_known else b""
        head = query[:2] + b"\x81\x80\0\1" + struct.pack("!H", is_known) + b"\0\0\0\0"
        connection.sendto(head + question + answer, self.client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *arguments):
        pass


class Backend(Handler):
    def do_GET(self):
        self.answer(410 if self.path.endswith("/gone") else 200, "backend")


class Pages(Handler):
    def do_GET(self):
        code, path, service = (self.headers[f"X-{name}"] for name in ("Code", "Original-URI", "Service-Name"))
        self.answer(200, f"page for {code} of {path} by {service}")


def ask(path):
    connection = HTTPConnection(address, port, timeout=20)
    connection.request("GET", path, headers={"Host": "shop.example"})
    response = connection.getresponse()
    return f"{response.status} {response.read().decode()}"


with (
    socketserver.ThreadingUDPServer((address, 5300), Names) as names,
    ThreadingHTTPServer((address, 9000), Backend) as backend,
    ThreadingHTTPServer((address, 9001), Pages) as pages,
):
    for server in names, backend, pages:
        Thread(target=server.serve_forever, daemon=True).start()
    outcomes = {path: ask(path) for path in ("/web/known", "/web/gone")}
    for server in names, backend, pages:
        server.shutdown()
print(json.dumps(outcomes))
