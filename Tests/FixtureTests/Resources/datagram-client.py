"""Asks a name server for db.example, over and over from one socket, until a file is there.

Prints how many questions it has sent and how many had no answer within five seconds, as JSON.

    datagram-client.py ADDRESS PORT FILE
"""

import json
import os
import socket
import sys

address, port, file = sys.argv[1], int(sys.argv[2]), sys.argv[3]
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(5)
client.connect((address, port))
name = b"\x02db\x07example\x00"
sent = lost = 0
while not os.path.exists(file):
    number = (sent % 65_535 + 1).to_bytes(2, "big")
    sent += 1
    try:
        client.send(number + b"\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + name + b"\x00\x01\x00\x01")
        while client.recv(512)[:2] != number:
            pass
    except OSError:
        lost += 1
print(json.dumps({"sent": str(sent), "lost": str(lost)}))
