"""One parser decides what an address names, and one comparison what two of them share."""

from __future__ import annotations

import pytest

from storyboard.origins import (
    LOOPBACK_NAMES,
    AddressFault,
    Origin,
    canonical,
    is_every_address,
    is_loopback,
    origin_of,
    parse_host,
    usable_base,
)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://www.kaltura.com/api_v3", "https://www.kaltura.com"),
        ("HTTPS://WWW.Kaltura.COM:443", "https://www.kaltura.com"),
        ("https://www.kaltura.com:/x", "https://www.kaltura.com"),
        ("https://www.kaltura.com:8443/x?y=1#z", "https://www.kaltura.com:8443"),
        ("http://127.0.0.1:9/api", "http://127.0.0.1:9"),
        ("http://[::1]:9/api", "http://[::1]:9"),
        ("http://[0:0:0:0:0:0:0:1]:80", "http://[::1]"),
        ("https://user:pw@www.kaltura.com/", "https://www.kaltura.com"),
        ("https://www.kaltura.com:pw@evil.example/", "https://evil.example"),
        ("https://studio_1.internal", "https://studio_1.internal"),
    ],
)
def test_an_address_has_one_origin_however_it_is_spelled(url: str, origin: str) -> None:
    assert str(origin_of(url)) == origin


ODD = [
    "",
    "www.kaltura.com",
    "//www.kaltura.com/x",
    "ftp://www.kaltura.com/",
    "file:///etc/passwd",
    "https:/www.kaltura.com",
    "https:/\\evil.example",
    "https:\\\\evil.example",
    "https://evil.example\\@www.kaltura.com/",
    "https://www.kaltura.com\\.evil.example/",
    "https:///www.kaltura.com",
    "https://",
    "https://:443",
    "https://www.kaltura.com./",
    "https://.www.kaltura.com/",
    "https://www..kaltura.com/",
    "https://www.kaltura.com:0/",
    "https://www.kaltura.com:65536/",
    "https://www.kaltura.com:４４３/",
    "https://www.kaltura.com:+443/",
    "https://www.kaltura.com:443:1/",
    "https://www.kaltura.com /",
    " https://www.kaltura.com/",
    "https://www.kaltura.com/\n",
    "https://www.kal\ttura.com/",
    "https://www.kaltura.com/a b",
    "https://www.ka\u200bltura.com/",
    "https://www.kаltura.com/",  # a Cyrillic letter
    "https://www。kaltura。com/",
    "https://www.kaltura.com%2eevil.example/",
    "https://www.kaltura.com%00.evil.example/",
    "http://2130706433/",
    "http://127.1/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.0.0.1.0/",
    "http://[::1/",
    "http://::1/",
    "http://[::1]x/",
    "http://[fe80::1%25eth0]/",
    "http://[127.0.0.1]/",
    "http://-a.example/",
    "http://" + "a" * 64 + ".example/",
    "http://" + "a." * 130 + "example/",
]


@pytest.mark.parametrize("url", ODD)
def test_what_two_readers_could_read_differently_is_no_address(url: str) -> None:
    with pytest.raises(AddressFault):
        origin_of(url)
    with pytest.raises(AddressFault):
        usable_base(url)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/", "http://a.example/"),
        ("https://a.example/", "https://a.example:8443/"),
        ("https://a.example/", "https://b.example/"),
        ("http://localhost:1/", "http://127.0.0.1:1/"),
        ("https://a.example/", "https://a.example.evil.example/"),
    ],
)
def test_scheme_host_and_port_all_count(one: str, other: str) -> None:
    assert origin_of(one) != origin_of(other)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]"]
)
def test_a_loopback_host_is_one_in_every_spelling(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "10.0.0.1", "localhost.evil.example", "127.1", "::ffff:127.0.0.1"]
)
def test_no_other_host_is_loopback(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://user:hunter2@a.example/api", "user name or password"),
        ("https://hunter2@a.example/api", "user name or password"),
        ("https://a.example/api?ks=hunter2", "'?'"),
        ("https://a.example/api#hunter2", "'#'"),
        ("http://a.example/hunter2", "without encryption"),
        ("http://10.0.0.7:8080/hunter2", "without encryption"),
        ("ftp://u:hunter2@a.example/", "not an address"),
    ],
)
def test_an_address_that_no_secret_goes_to_is_refused_and_never_shown(url: str, said: str) -> None:
    with pytest.raises(AddressFault) as raised:
        usable_base(url)
    shown = f"{raised.value.message} {raised.value.hint} {raised.value}"
    assert said in raised.value.message
    assert "hunter2" not in shown


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/api/v1", "http://localhost:80", "http://[::1]:9/", "https://a.b/c"]
)
def test_plain_http_serves_on_this_machine_alone(url: str) -> None:
    assert usable_base(url) == origin_of(url)


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("a.example", "a.example", 443),
        ("A.Example:8443", "a.example", 8443),
        ("[::1]:9", "[::1]", 9),
        ("localhost:80", "localhost", 80),
    ],
)
def test_a_host_is_read_like_that_of_an_address(text: str, host: str, port: int) -> None:
    assert parse_host(text) == (host, port)


@pytest.mark.parametrize(
    "text", ["", "https://a.example", "a.example/x", "*.example", "u@a.example", "::1", "a b"]
)
def test_what_is_no_host_is_refused(text: str) -> None:
    with pytest.raises(AddressFault):
        parse_host(text)


def test_an_origin_is_written_as_a_browser_writes_it() -> None:
    assert str(Origin("http", "localhost", 3000)) == "http://localhost:3000"
    assert Origin("https", "a.example", 443).location == "a.example"
    assert Origin("https", "a.example", 8443).location == "a.example:8443"
    assert Origin("http", "localhost", 80).location == "localhost:80"


@pytest.mark.parametrize("name", LOOPBACK_NAMES)
def test_the_names_of_this_machine_are_in_the_one_spelling(name: str) -> None:
    assert is_loopback(name)
    assert origin_of(f"http://{name}:9").host == name


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("HTTP://LocalHost:80/Api?x=1", "http://localhost/Api?x=1"),
        ("http://[0:0:0:0:0:0:0:1]:9", "http://[::1]:9"),
        ("https://me:hunter2@www.kaltura.com/x#y", "https://www.kaltura.com/x#y"),
    ],
)
def test_what_is_sent_goes_to_the_one_spelling(url: str, sent: str) -> None:
    assert canonical(url) == sent


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "0:0:0:0:0:0:0:0", "0::0"])
def test_every_address_of_a_machine_is_known_in_every_spelling(host: str) -> None:
    assert is_every_address(host)
    assert not is_every_address("127.0.0.1")
    assert not is_every_address("localhost")
