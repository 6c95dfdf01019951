"""Serves WebSockets behind an nginx, opens some through it, and prints what came of each as JSON.

    websocket-peers.py ADDRESS PORT HTTPS-PORT

The nginx is at ADDRESS. The backend is there as well, at port 9000, and the service that nginx asks about each client at
port 9001: it lets those pass that have a cookie, and names them.
"""

import json
import socket
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.sync.server import serve

address, port, secure_port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
ends = Queue()


class Service(BaseHTTPRequestHandler):
    def do_GET(self):
        is_known = self.headers.get("Cookie") == "pass=yes"
        self.send_response(200 if is_known else 401)
        if is_known:
            self.send_header("X-User", "somebody")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


def answer(websocket):
    """Speaks first, and sends each message back."""
    request = websocket.request
    websocket.send(f"{request.path} for {request.headers.get('X-User')}")
    try:
        for message in websocket:
            if message == "close":
                websocket.close(4001, "as asked")
            else:
                websocket.send(message)
    finally:
        ends.put(f"{websocket.close_code} {websocket.close_reason}")


def opened(path="/live/room?a=b", is_secure=False, **more):
    context = None
    if is_secure:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return connect(
        f"{'wss' if is_secure else 'ws'}://app.example{path}",
        sock=socket.create_connection((address, secure_port if is_secure else port), timeout=20),
        ssl=context, server_hostname="app.example" if is_secure else None,
        additional_headers=more or {"Cookie": "pass=yes", "X-User": "forged"}, open_timeout=20, proxy=None,
    )


outcomes = {}
with serve(answer, address, 9000) as backend, ThreadingHTTPServer((address, 9001), Service) as service:
    Thread(target=backend.serve_forever, daemon=True).start()
    Thread(target=service.serve_forever, daemon=True).start()
    with opened() as websocket:
        outcomes["the backend speaks first"] = websocket.recv(timeout=20)
        for number in range(100):
            websocket.send(f"{number}")
        answers = [websocket.recv(timeout=20) for _ in range(100)]
        outcomes["messages come back in order"] = f"{answers == [f'{number}' for number in range(100)]}"
        data = bytes(range(256)) * 4000
        websocket.send(data)
        outcomes["a megabyte comes back"] = f"{websocket.recv(timeout=20) == data}"
        outcomes["a ping is answered"] = f"{websocket.ping().wait(20)}"
        websocket.close(1000, "done")
    outcomes["closed by the client"] = ends.get(timeout=20)
    with opened(is_secure=True) as websocket:
        outcomes["by TLS"] = websocket.recv(timeout=20)
        websocket.send("close")
        try:
            websocket.recv(timeout=20)
        except ConnectionClosed as closed:
            outcomes["closed by the backend"] = f"{closed.rcvd.code} {closed.rcvd.reason}"
    ends.get(timeout=20)
    try:
        opened(Cookie="pass=no")
    except InvalidStatus as refusal:
        outcomes["refused"] = f"{refusal.response.status_code}"
    backend.shutdown()
    service.shutdown()
print(json.dumps(outcomes))
