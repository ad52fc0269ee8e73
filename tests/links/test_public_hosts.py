"""Connections are made to the public internet, and to the very address that was looked at."""

import socket
import ssl
import threading
from pathlib import Path

import pytest

from mkdocs_annotate.links.public_hosts import (
    Connector,
    Deadline,
    HostNotFound,
    LookupFailed,
    NotEncrypted,
    NotPublic,
    resolved,
)

CERTIFICATE = Path(__file__).parent / "certificate/brennick.example.pem"


def resolver(*addresses):
    """Return a look-up that knows these addresses of every host."""

    def resolve(host, port):
        families = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses]
        return [
            (family, socket.SOCK_STREAM, 6, "", (address, port))
            for family, address in zip(families, addresses, strict=True)
        ]

    return resolve


def failing(error):
    def resolve(host, port):
        raise error

    return resolve


def error_of(connector):
    with pytest.raises(OSError) as caught:  # noqa: PT011 (each caller looks at its type)
        connector.connect("brennick.example", 1, secure=False, deadline=Deadline(1))
    return type(caught.value)


def test_a_host_of_private_addresses_is_not_asked(server):
    assert error_of(Connector(resolve=resolver("127.0.0.1", "::1"))) is NotPublic
    assert error_of(Connector(resolve=resolver())) is NotPublic


def test_the_address_that_is_connected_to_is_the_one_that_was_looked_at(monkeypatch):
    """A host that is public when looked at, and private the next time, leads nowhere."""
    looked, connected = [], []

    def rebinding(host, port):
        looked.append(host)
        return resolver("93.184.216.34" if len(looked) == 1 else "127.0.0.1")(host, port)

    class Recorder(socket.socket):
        def connect(self, address):
            connected.append(address)
            raise ConnectionRefusedError

    monkeypatch.setattr(socket, "socket", Recorder)

    assert error_of(Connector(resolve=rebinding)) is ConnectionRefusedError
    assert (looked, connected) == (["brennick.example"], [("93.184.216.34", 1)])


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), HostNotFound),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), LookupFailed),
        (OSError("the cable is out"), LookupFailed),
        (UnicodeError("label too long"), LookupFailed),
    ],
)
def test_a_host_that_cannot_be_looked_up(error, raised):
    connector = Connector(resolve=failing(error))

    assert error_of(connector) is raised
    assert not connector.knows("brennick.example")


def test_what_can_be_looked_up_is_known():
    assert Connector(resolve=resolver("127.0.0.1")).knows("brennick.example")


def test_the_next_address_is_tried_where_one_fails(server):
    connector = Connector(True, resolver("127.0.0.9", "127.0.0.1"))

    with connector.connect(
        "brennick.example", server.port, secure=False, deadline=Deadline(2)
    ) as line:
        assert line.getpeername() == ("127.0.0.1", server.port)


def test_after_the_deadline_there_is_no_connection():
    connector = Connector(True, resolver("127.0.0.1"))

    with pytest.raises(TimeoutError):
        connector.connect("brennick.example", 1, secure=False, deadline=Deadline(-1))


def test_addresses_of_the_sixth_version_are_connected_to(server):
    other = type(server)("::1", socket.AF_INET6)
    connector = Connector(True, lambda host, port: resolved("::1", port))

    with connector.connect("brennick.example", other.port, secure=False, deadline=Deadline(2)):
        pass
    other.close()


@pytest.fixture
def encrypted():
    """Return the port of a server whose certificate is that of brennick.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        try:
            line, _ = listener.accept()
            with line, context.wrap_socket(line, server_side=True) as secured:
                secured.sendall(b"hello")
        except OSError:
            pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    listener.close()
    thread.join(2)


def secured(host, port):
    connector = Connector(True, resolver("127.0.0.1"))
    return connector.connect(host, port, secure=True, deadline=Deadline(2))


def test_a_certificate_that_nobody_vouches_for_is_refused(encrypted):
    with pytest.raises(NotEncrypted):
        secured("brennick.example", encrypted)


@pytest.fixture
def trusted(monkeypatch):
    """Trust the certificate of brennick.example as if a known authority had signed it."""
    make = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", lambda: make(cafile=CERTIFICATE))


def test_the_certificate_must_be_that_of_the_host(encrypted, trusted):
    with pytest.raises(NotEncrypted):
        secured("tarn.example", encrypted)


def test_with_the_right_certificate_there_is_a_connection(encrypted, trusted):
    with secured("brennick.example", encrypted) as line:
        assert line.recv(5) == b"hello"
