"""Connections to hosts of the public internet, and to no others.

The table of special-purpose addresses is our own: Python's `ipaddress` is as old as the Python.

Sources: IANA IPv4 Special-Purpose Address Registry and IANA IPv6 Special-Purpose Address Registry
(RFC 6890, RFC 8190), column *Globally Reachable*; for IPv6 only what IANA gives out as global
unicast, 2000::/3 (RFC 4291), and the prefix of translators (RFC 6052).
"""

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any, NamedTuple

AS_OF = "2025-10-09"
"""The last change of the registries that is in the tables below."""


class Block(NamedTuple):
    """A block of special-purpose addresses, and whether all networks can reach it."""

    network: IPv4Network | IPv6Network
    reachable: bool
    name: str


def _block(network: str, reachable: bool, name: str) -> Block:
    made = IPv6Network(network) if ":" in network else IPv4Network(network)
    return Block(made, reachable, name)


# "Not applicable" in the registries (6to4, Teredo) is not reachable here: both are deprecated, and
# lead through a gateway to an IPv4 address that is written in them.
BLOCKS = (
    _block("0.0.0.0/8", False, "this network"),
    _block("10.0.0.0/8", False, "private use"),
    _block("100.64.0.0/10", False, "shared address space"),
    _block("127.0.0.0/8", False, "loopback"),
    _block("169.254.0.0/16", False, "link local"),
    _block("172.16.0.0/12", False, "private use"),
    _block("192.0.0.0/24", False, "IETF protocol assignments"),
    _block("192.0.0.9/32", True, "Port Control Protocol anycast"),
    _block("192.0.0.10/32", True, "traversal using relays anycast"),
    _block("192.0.2.0/24", False, "documentation, TEST-NET-1"),
    _block("192.31.196.0/24", True, "AS112-v4"),
    _block("192.52.193.0/24", True, "AMT"),
    _block("192.88.99.0/24", False, "6to4 relay anycast, deprecated"),
    _block("192.168.0.0/16", False, "private use"),
    _block("192.175.48.0/24", True, "direct delegation AS112 service"),
    _block("198.18.0.0/15", False, "benchmarking"),
    _block("198.51.100.0/24", False, "documentation, TEST-NET-2"),
    _block("203.0.113.0/24", False, "documentation, TEST-NET-3"),
    _block("224.0.0.0/4", False, "multicast"),
    _block("240.0.0.0/4", False, "reserved, and limited broadcast"),
    _block("2001::/23", False, "IETF protocol assignments"),
    _block("2001::/32", False, "Teredo"),
    _block("2001:1::1/128", True, "Port Control Protocol anycast"),
    _block("2001:1::2/128", True, "traversal using relays anycast"),
    _block("2001:1::3/128", True, "DNS-SD service registration anycast"),
    _block("2001:2::/48", False, "benchmarking"),
    _block("2001:3::/32", True, "AMT"),
    _block("2001:4:112::/48", True, "AS112-v6"),
    _block("2001:10::/28", False, "ORCHID, deprecated"),
    _block("2001:20::/28", True, "ORCHIDv2"),
    _block("2001:30::/28", True, "drone remote identification"),
    _block("2001:db8::/32", False, "documentation"),
    _block("2002::/16", False, "6to4"),
    _block("2620:4f:8000::/48", True, "direct delegation AS112 service"),
    _block("3fff::/20", False, "documentation"),
)
"""The special-purpose blocks in IPv4 and in 2000::/3; of two that hold an address the smaller
counts.  All other IPv6 blocks (loopback, mapped and translated IPv4, discard, SRv6, unique local,
link local, site local, multicast) lie outside 2000::/3."""

_GLOBAL_UNICAST = IPv6Network("2000::/3")

_NAT64 = IPv6Network("64:ff9b::/96")
"""What a gateway makes an IPv4 address of: as reachable as that (RFC 6052)."""

_ISATAP = (0x0000_5EFE, 0x0200_5EFE)
"""What stands before an IPv4 address in the second half of an address of ISATAP (RFC 5214)."""


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet: all networks can reach it.

    An IPv4 address written within an IPv6 one must be so too: a gateway would lead there.  An
    address with a zone (`fe80::1%eth0`) is none.  Never raises.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return _reachable(found)
    if found.scope_id is not None:
        return False
    within = IPv4Address(int(found) & 0xFFFFFFFF)
    if found in _NAT64:
        return _reachable(within)
    if found not in _GLOBAL_UNICAST or not _reachable(found):
        return False
    isatap = int(found) >> 32 & 0xFFFFFFFF in _ISATAP
    return _reachable(within) if isatap else True


def _reachable(address: IPv4Address | IPv6Address) -> bool:
    """Return whether the smallest block of `address` is reachable; True outside of all blocks."""
    around = [block for block in BLOCKS if address in block.network]
    return max(around, key=lambda block: block.network.prefixlen).reachable if around else True


MOST_ADDRESSES = 4
"""How many addresses of one host are tried."""

Resolve = Callable[[str, int], list[Any]]
"""Looks a host up, as `socket.getaddrinfo` does."""


class HostNotFound(OSError):
    """The name of the host is not known."""


class LookupFailed(OSError):
    """The host could not be looked up."""


class NotPublic(OSError):
    """The host has no address in the public internet."""


class NotEncrypted(OSError):
    """The certificate or the encryption of the host is not in order."""


class Deadline:
    """The end of the time that something may take."""

    def __init__(self, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self.restart(seconds)

    def restart(self, seconds: float) -> None:
        """Allow `seconds` from now on."""
        self._until = self._now() + seconds

    def remaining(self) -> float:
        """Return the seconds that are left.  Raises TimeoutError when there are none."""
        left = self._until - self._now()
        if left <= 0:
            raise TimeoutError
        return left


def resolved(host: str, port: int) -> list[Any]:
    """Return the addresses of `host` that the system knows.  Raises OSError."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


@dataclass(frozen=True)
class Connector:
    """Makes connections to hosts that strangers name."""

    allow_private: bool = False
    """Hosts of this machine and its network are allowed, too."""

    resolve: Resolve = resolved

    def knows(self, host: str) -> bool:
        """Return whether `host` can be looked up at all.  Never raises."""
        try:
            return bool(self.resolve(host, 443))
        except (OSError, UnicodeError):
            return False

    def connect(self, host: str, port: int, *, secure: bool, deadline: Deadline) -> socket.socket:
        """Return a connection to `host`, made before `deadline`.

        It leads to the very address that was checked: a host that gives another address at the
        next look-up gains nothing.  Raises OSError, and of its kinds HostNotFound, LookupFailed,
        NotPublic, NotEncrypted and TimeoutError.
        """
        failure: OSError = NotPublic()
        for family, address in self._addresses(host, port):
            opened = socket.socket(family, socket.SOCK_STREAM)
            try:
                opened.settimeout(deadline.remaining())
                opened.connect(address)
                return self._encrypted(opened, host, deadline) if secure else opened
            except OSError as error:
                opened.close()
                failure = error
        raise failure

    def _addresses(self, host: str, port: int) -> list[tuple[int, Any]]:
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            unknown = isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME
            raise (HostNotFound if unknown else LookupFailed) from error
        pairs = [(family, address) for family, _, _, _, address in found]
        return [
            (family, address)
            for family, address in dict.fromkeys(pairs)
            if self.allow_private or is_public(address[0])
        ][:MOST_ADDRESSES]

    @cached_property
    def _encryption(self) -> ssl.SSLContext:
        """Return the settings of encrypted connections; to read all authorities takes a while."""
        return ssl.create_default_context()

    def _encrypted(self, opened: socket.socket, host: str, deadline: Deadline) -> socket.socket:
        """Return the connection `opened`, encrypted; its certificate must be that of `host`."""
        opened.settimeout(deadline.remaining())
        try:
            return self._encryption.wrap_socket(opened, server_hostname=host)
        # Of a host with an empty label or one that is too long Python raises ValueError.
        except (ssl.SSLError, ValueError) as error:
            # `TimeoutError` is no `SSLError`: it passes.
            raise NotEncrypted from error
