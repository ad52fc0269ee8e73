import pytest

from mkdocs_annotate.links.http import request_target


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://x.example", "/"),
        ("https://x.example?a=1", "/?a=1"),
        ("https://x.example/é a/%2F?q=ü#part", "/%C3%A9%20a/%2F?q=%C3%BC"),
    ],
)
def test_a_server_is_asked_for_path_and_query_in_ascii(address, target):
    assert request_target(address) == target
