"""Which IP addresses are of the public internet: the registries of special-purpose addresses.

Python's `ipaddress` has such a table too, of the day when that Python was made.

Sources: IANA IPv4 Special-Purpose Address Registry and IANA IPv6 Special-Purpose Address Registry
(RFC 6890, RFC 8190), column *Globally Reachable*; for IPv6 only what IANA gives out as global
unicast, 2000::/3 (RFC 4291), and the prefix of translators (RFC 6052).
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

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
    """Return what the smallest block says that `address` is in; outside of all it is reachable."""
    around = [block for block in BLOCKS if address in block.network]
    return max(around, key=lambda block: block.network.prefixlen).reachable if around else True
