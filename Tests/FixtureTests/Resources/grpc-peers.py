"""Serves gRPC behind an nginx, calls it through that nginx, and prints what came of each call as JSON.

    grpc-peers.py ADDRESS PORT AUTHORITY CERTIFICATE KEY

The nginx is at ADDRESS and PORT, with a certificate of AUTHORITY; the servers are at ADDRESS, ports 9000 and, over TLS
with CERTIFICATE and KEY, 9001.
"""

import json
import queue
import sys
from concurrent.futures import ThreadPoolExecutor

import grpc

address, port, authority, certificate, key = sys.argv[1:]


def unary(request, context):
    metadata = dict(context.invocation_metadata())
    context.set_trailing_metadata((("x-trailer", "yes"),))
    if request == b"fail":
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, "as asked")
    if request == b"metadata":
        given = "given" if metadata.get("x-real-ip") not in (None, "forged") else "forged"
        return f"x-forwarded-proto={metadata.get('x-forwarded-proto')} x-real-ip={given}".encode()
    if request == b"host":
        return context.host().encode() if hasattr(context, "host") else b""
    return b"echo:" + request


def count_up(request, context):
    for number in range(int(request)):
        yield b"%d" % number


def add_up(requests, context):
    lengths = [len(request) for request in requests]
    return b"%d messages of %d bytes" % (len(lengths), sum(lengths))


def answer_each(requests, context):
    for request in requests:
        yield request


class Handler(grpc.GenericRpcHandler):
    def service(self, call):
        method = call.method.rpartition("/")[2]
        if method == "Host":
            host = dict(call.invocation_metadata).get("host") or ""
            return grpc.unary_unary_rpc_method_handler(lambda request, context: host.encode())
        return {
            "Unary": grpc.unary_unary_rpc_method_handler(unary),
            "CountUp": grpc.unary_stream_rpc_method_handler(count_up),
            "AddUp": grpc.stream_unary_rpc_method_handler(add_up),
            "AnswerEach": grpc.stream_stream_rpc_method_handler(answer_each),
        }.get(method)


class Stock(grpc.GenericRpcHandler):
    def service(self, call):
        return grpc.unary_unary_rpc_method_handler(lambda request, context: b"stock:" + request)


def serve(handler, place, credentials=None):
    server = grpc.server(ThreadPoolExecutor(8), handlers=[handler], options=[("grpc.max_receive_message_length", -1)])
    bound = server.add_secure_port(place, credentials) if credentials else server.add_insecure_port(place)
    assert bound, place
    server.start()
    return server


def contents(path):
    with open(path, "rb") as file:
        return file.read()


servers = [
    serve(Handler(), f"{address}:9000"),
    serve(
        Stock(), f"{address}:9001", grpc.ssl_server_credentials([(contents(key), contents(certificate))])
    ),
]
channel = grpc.secure_channel(
    f"{address}:{port}",
    grpc.ssl_channel_credentials(contents(authority)),
    [("grpc.ssl_target_name_override", "postern.invalid"), ("grpc.default_authority", "grpc.example")],
)
outcomes = {}


def status(call):
    try:
        call()
        return "OK"
    except grpc.RpcError as error:
        return error.code().name


call = channel.unary_unary("/shop.Orders/Unary")
answer, details = call.with_call(b"hello", timeout=20)
outcomes["unary"] = answer.decode()
outcomes["trailer"] = dict(details.trailing_metadata()).get("x-trailer", "no")
try:
    call(b"fail", timeout=20)
except grpc.RpcError as error:
    outcomes["status"] = f"{error.code().name}: {error.details()}"
outcomes["forwarded"] = call(b"metadata", timeout=20, metadata=(("x-real-ip", "forged"),)).decode()
outcomes["host"] = channel.unary_unary("/shop.Orders/Host")(b"", timeout=20).decode()
answers = channel.unary_stream("/shop.Orders/CountUp")(b"3", timeout=20)
outcomes["server streaming"] = " ".join(answer.decode() for answer in answers)
# More than fits into any buffer, and more than clients may send by default.
parts = iter([b"a" * 1_000_000, b"b" * 500_000, b"c" * 500_000])
outcomes["client streaming"] = channel.stream_unary("/shop.Orders/AddUp")(parts, timeout=20).decode()

questions = queue.Queue()
answers = channel.stream_stream("/shop.Orders/AnswerEach")(iter(questions.get, None), timeout=20)
got = []
for number in range(4):
    questions.put(b"%d" % number)
    # The stream is open, so that nobody may wait for its end.
    got.append(next(answers).decode())
questions.put(None)
assert list(answers) == []
outcomes["each answer comes before the next question"] = " ".join(got)

outcomes["over TLS"] = channel.unary_unary("/shop.Stock/Get")(b"hello", timeout=20).decode()
outcomes["no endpoint"] = status(lambda: channel.unary_unary("/shop.Missing/Get")(b"", timeout=20))
outcomes["no gRPC"] = status(lambda: channel.unary_unary("/shop.Orders/Other")(b"", timeout=20))
print(json.dumps(outcomes))
channel.close()
for server in servers:
    server.stop(0)
