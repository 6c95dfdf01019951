"""Tells one address for all names, until its standard input ends.

    name-server.py ADDRESS PORT TOLD
"""

import ipaddress
import socket
import sys
import threading

address, port, told = sys.argv[1], int(sys.argv[2]), ipaddress.IPv4Address(sys.argv[3]).packed
TYPE_A = b"\0\1"


def answer(query):
    end = query.index(b"\0", 12) + 5
    has_address = query[end - 4 : end - 2] == TYPE_A
    record = b"\xc0\x0c" + TYPE_A + b"\0\1" + b"\0\0\0\5" + b"\0\4" + told
    return query[:2] + b"\x81\x80\0\1" + (b"\0\1" if has_address else b"\0\0") + b"\0\0\0\0" + query[12:end] + (
        record if has_address else b""
    )


def serve(server):
    while True:
        query, client = server.recvfrom(4096)
        server.sendto(answer(query), client)


server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((address, port))
threading.Thread(target=serve, args=(server,), daemon=True).start()
# Tests see by a connection that it is there; nobody is told anything by one.
listener = socket.create_server((address, port))
sys.stdin.read()
