import pytest

from mkdocs_annotate.links.responses import target_of


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://x.example", "/"),
        ("https://x.example?a=1", "/?a=1"),
        ("https://x.example/é a/%2F?q=ü#part", "/%C3%A9%20a/%2F?q=%C3%BC"),
    ],
)
def test_a_server_is_asked_for_path_and_query_in_ascii(address, target):
    assert target_of(address) == target
