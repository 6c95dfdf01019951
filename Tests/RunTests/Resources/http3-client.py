"""Asks an nginx by HTTP/3 until it shows another certificate, and prints what came of it as JSON.

    http3-client.py ADDRESS PORT HOST FINGERPRINT FILE

One connection is kept, and others are opened, until one shows the certificate with this fingerprint; FILE is made once the
first has its answer. Then the session of the last is resumed.
"""

import asyncio
import json
import pathlib
import ssl
import sys
from contextlib import asynccontextmanager

from aioquic.asyncio.client import connect
from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.h3.connection import H3Connection
from aioquic.h3.events import DataReceived, HeadersReceived
from aioquic.quic.configuration import QuicConfiguration
from cryptography.hazmat.primitives.hashes import SHA256

address, port, host, fingerprint, file = sys.argv[1:]


class Client(QuicConnectionProtocol):
    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.http = H3Connection(self._quic)
        self.answers = {}

    def quic_event_received(self, event):
        for item in self.http.handle_event(event):
            if not isinstance(item, (HeadersReceived, DataReceived)) or item.stream_id not in self.answers:
                continue
            headers, answer = self.answers[item.stream_id]
            if isinstance(item, HeadersReceived):
                headers.update({name.decode(): value.decode() for name, value in item.headers})
            if item.stream_ended and not answer.done():
                answer.set_result(headers)

    async def ask(self):
        stream = self._quic.get_next_available_stream_id()
        self.answers[stream] = ({}, asyncio.get_running_loop().create_future())
        request = {":method": "GET", ":scheme": "https", ":authority": host, ":path": "/"}
        self.http.send_headers(
            stream, [(name.encode(), value.encode()) for name, value in request.items()], end_stream=True
        )
        self.transmit()
        return await asyncio.wait_for(self.answers[stream][1], 60)

    @property
    def certificate(self):
        shown = self._quic.tls._peer_certificate
        return shown and shown.fingerprint(SHA256()).hex(":").upper()


@asynccontextmanager
async def connected(tickets, ticket=None):
    configuration = QuicConfiguration(
        is_client=True, alpn_protocols=["h3"], server_name=host, verify_mode=ssl.CERT_NONE, idle_timeout=120,
        session_ticket=ticket,
    )
    async with connect(
        address, int(port), configuration=configuration, create_protocol=Client, session_ticket_handler=tickets.append
    ) as client:
        yield client


async def main():
    outcomes = {}
    tickets = []
    statuses, kept = set(), set()
    async with connected([]) as first:
        answer = await first.ask()
        kept.add(answer[":status"])
        outcomes["first certificate"] = first.certificate
        outcomes["alternatives"] = answer.get("alt-svc", "none")
        pathlib.Path(file).touch()
        for _ in range(3000):
            async with connected(tickets) as client:
                statuses.add((await client.ask())[":status"])
                kept.add((await first.ask())[":status"])
                if client.certificate == fingerprint:
                    outcomes["last certificate"] = client.certificate
                    break
            await asyncio.sleep(0.02)
    outcomes["by new connections"] = " ".join(sorted(statuses))
    outcomes["by the connection that is kept"] = " ".join(sorted(kept))
    outcomes["early data"] = f"{tickets[-1].max_early_data_size if tickets else 'no ticket'}"
    async with connected([], tickets[-1] if tickets else None) as resumed:
        outcomes["by the session of before"] = (await resumed.ask())[":status"]
        outcomes["is resumed"] = f"{resumed._quic.tls.session_resumed}"
    print(json.dumps(outcomes))


asyncio.run(main())
