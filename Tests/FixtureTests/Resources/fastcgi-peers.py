"""Asks HTTP servers what it is asked by FastCGI, until its standard input ends.

    fastcgi-peers.py PLACE BACKEND [PLACE BACKEND]...

Each place is HOST:PORT, and so is each backend, which is told all parameters: headers as headers, all others as headers
that begin with X-Param-.
"""

import http.client
import sys
import threading
from urllib.parse import quote

from flup.server.fcgi import WSGIServer

OF_CONNECTIONS = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Server(WSGIServer):
    """Leaves signals alone, which only the main thread may take."""

    def _installSignalHandlers(self):
        pass

    def _restoreSignalHandlers(self):
        pass


def headers(environment):
    for name, value in environment.items():
        if not isinstance(value, str):
            continue
        name = name.replace("_", "-").title()
        # A parameter may hold a line break, and a header may not.
        value = quote(value, safe="".join(map(chr, range(0x20, 0x7F))))
        if name.startswith("Http-"):
            if name[5:].lower() not in OF_CONNECTIONS:
                yield name[5:], value
        else:
            yield "X-Param-" + name, value


def application(backend):
    def ask(environment, start_response):
        connection = http.client.HTTPConnection(backend, timeout=60)
        body = environment["wsgi.input"].read()
        connection.request(environment["REQUEST_METHOD"], environment["REQUEST_URI"], body, dict(headers(environment)))
        answer = connection.getresponse()
        kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in OF_CONNECTIONS]
        start_response(f"{answer.status} {answer.reason}", kept)
        return [answer.read()]

    return ask


for place, backend in zip(sys.argv[1::2], sys.argv[2::2]):
    host, port = place.rsplit(":", 1)
    server = Server(application(backend), bindAddress=(host, int(port)))
    threading.Thread(target=server.run, daemon=True).start()
sys.stdin.read()
