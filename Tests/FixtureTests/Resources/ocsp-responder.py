"""Tells of certificates by OCSP whether they are revoked, until its standard input ends.

    ocsp-responder.py ADDRESS PORT

It works in a folder with what `openssl ocsp` needs: index.txt, and root.crt with root.key.
"""

import base64
import http.server
import subprocess
import sys
import threading
import urllib.parse


class Responder(http.server.BaseHTTPRequestHandler):
    """Has OpenSSL answer requests in URLs, as nginx sends them."""

    def do_GET(self):
        request = base64.b64decode(urllib.parse.unquote(self.path.lstrip("/")))
        command = "openssl ocsp -index index.txt -CA root.crt -rsigner root.crt -rkey root.key -ndays 1"
        answer = subprocess.run(
            command.split() + ["-reqin", "/dev/stdin", "-respout", "/dev/stdout"], input=request, capture_output=True
        ).stdout
        self.send_response(200)
        self.send_header("Content-Type", "application/ocsp-response")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *words):
        pass


server = http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Responder)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
