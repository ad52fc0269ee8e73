"""Addresses of the public internet, by the whole table of the registries."""

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest

from mkdocs_annotate.links.public_hosts import BLOCKS, is_public

REGISTRY = """
0.0.0.0/8 no · 10.0.0.0/8 no · 100.64.0.0/10 no · 127.0.0.0/8 no · 169.254.0.0/16 no
172.16.0.0/12 no · 192.0.0.0/24 no · 192.0.0.0/29 no · 192.0.0.8/32 no · 192.0.0.9/32 yes
192.0.0.10/32 yes · 192.0.0.170/32 no · 192.0.0.171/32 no · 192.0.2.0/24 no
192.31.196.0/24 yes · 192.52.193.0/24 yes · 192.88.99.0/24 no · 192.88.99.2/32 no
192.168.0.0/16 no · 192.175.48.0/24 yes · 198.18.0.0/15 no · 198.51.100.0/24 no
203.0.113.0/24 no · 240.0.0.0/4 no · 255.255.255.255/32 no · 224.0.0.0/4 no
::1/128 no · ::/128 no · ::ffff:0:0/96 no · 64:ff9b:1::/48 no · 100::/64 no · 100:0:0:1::/64 no
2001::/23 no · 2001::/32 no · 2001:1::1/128 yes · 2001:1::2/128 yes · 2001:1::3/128 yes
2001:2::/48 no · 2001:3::/32 yes · 2001:4:112::/48 yes · 2001:10::/28 no · 2001:20::/28 yes
2001:30::/28 yes · 2001:db8::/32 no · 2002::/16 no · 2620:4f:8000::/48 yes · 3fff::/20 no
5f00::/16 no · fc00::/7 no · fe80::/10 no · fec0::/10 no · ff00::/8 no
::/96 no · ::ffff:0:0:0/96 no
"""
"""The rows of both registries as they are published, and last some that older standards had."""

ROWS = [
    (ip_network(network), said == "yes")
    for network, said in (
        row.split() for line in REGISTRY.split("\n") for row in line.split("·") if row.strip()
    )
]


def expected(address):
    """Return what the rows say of an address: the smallest that holds it counts."""
    around = [row for row in ROWS if address in row[0]]
    return max(around, key=lambda row: row[0].prefixlen)[1]


@pytest.mark.parametrize("network", [row[0] for row in ROWS], ids=str)
def test_each_row_of_the_registries_holds_from_its_first_address_to_its_last(network):
    first, last = network[0], network[-1]
    middle = network[network.num_addresses // 2]
    for address in (first, middle, last):
        assert is_public(str(address)) == expected(address), address


@pytest.mark.parametrize("network", [block.network for block in BLOCKS], ids=str)
def test_what_stands_beside_a_block_is_judged_by_itself(network):
    make = IPv6Address if network.version == 6 else IPv4Address
    size = 128 if network.version == 6 else 32
    for number in (int(network[0]) - 1, int(network[-1]) + 1):
        if not 0 <= number < 1 << size:
            continue
        address = make(number)
        outside = network.version == 6 and not 0x2000 << 112 <= number < 0x4000 << 112
        around = [row for row in ROWS if address in row[0]]
        right = not outside and (expected(address) if around else True)
        assert is_public(str(address)) == right, address


@pytest.mark.parametrize(
    "address",
    [
        *("93.184.216.34", "1.1.1.1", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"),
        *("2a00:1450:4001::1", "64:ff9b::808:808", "2606::5efe:808:808"),
    ],
)
def test_what_is_of_the_public_internet(address):
    assert is_public(address)


PRIVATE = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.0")
FORMS = {
    "mapped": "::ffff:{}",
    "compatible": "::{}",
    "translated": "::ffff:0:{}",
    "NAT64": "64:ff9b::{}",
    "local NAT64": "64:ff9b:1::{}",
    "ISATAP": "2606:2800:220:1:0:5efe:{}",
    "ISATAP, global": "2606:2800:220:1:200:5efe:{}",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_within_another_is_private(form, address):
    assert not is_public(FORMS[form].format(address))
    number = int(IPv4Address(address))
    six_to_four = IPv6Address((0x2002 << 112) | (number << 80))
    teredo = IPv6Address((0x2001_0000 << 96) | (0x0808_0808 << 64) | (number ^ 0xFFFFFFFF))
    assert not is_public(str(six_to_four))
    assert not is_public(str(teredo))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not an address",
        "1.2.3",
        "0x7f000001",
        "2130706433",
        "127.1",
        "fe80::1%eth0",
        "2606::1%1",
        "::g",
    ],
)
def test_what_is_no_address_or_has_a_zone_is_not_public(text):
    assert not is_public(text)
