"""A studio's answer leads to no place that the operator did not mean."""

from __future__ import annotations

import pytest

from storyboard.errors import StudioError
from storyboard.kaltura.film_places import fetchable

KALTURA = ("https://video-avatar.nvp1.ovp.kaltura.com/api/v1", "https://www.kaltura.com/api_v3")
LOCAL = ("http://127.0.0.1:8080/api/v1", "http://127.0.0.1:8080/api_v3")
INNER = ("https://studio.corp/api/v1", "https://studio.corp/api_v3")
OWN = ("https://10.0.0.5/api/v1", "https://10.0.0.5/api_v3")

REFUSED = [
    "file:///etc/passwd",
    "ftp://cdn.example.com/film.mp4",
    "//cdn.example.com/film.mp4",
    "/film.mp4",
    "",
    "https://",
    "https://127.0.0.1/film.mp4",
    "http://localhost:9000/film.mp4",
    "https://x.localhost/film.mp4",
    "http://169.254.169.254/latest/meta-data/",
    "https://169.254.169.254/latest/meta-data/",
    "http://2852039166/latest/meta-data/",
    "http://0xa9.0xfe.0xa9.0xfe/latest/meta-data/",
    "https://[fe80::1]/film.mp4",
    "https://[::1]/film.mp4",
    "https://[::ffff:169.254.169.254]/film.mp4",
    "https://[fd00:ec2::254]/latest/meta-data/",
    "https://[64:ff9b::a9fe:a9fe]/latest/meta-data/",
    "https://[2002:a9fe:a9fe::1]/latest/meta-data/",
    "https://[::a9fe:a9fe]/latest/meta-data/",
    "https://[fec0::1]/film.mp4",
    "https://[ff02::1]/film.mp4",
    "https://224.0.0.1/film.mp4",
    "https://metadata.google.internal/computeMetadata/v1/",
    "https://vault:8200/v1/secret",
    "https://localhost.localdomain/film.mp4",
    "https://printer.local/film.mp4",
    "https://files.home.arpa/film.mp4",
    "https://10.0.0.1/film.mp4",
    "https://192.168.1.1/film.mp4",
    "https://0.0.0.0/film.mp4",
    "https://0/film.mp4",
    "http://cdn.example.com:8080/film.mp4",
    "https://cdn.example.com\\@127.0.0.1/film.mp4",
    "https://cdn.example.com/\nfilm.mp4",
]


@pytest.mark.parametrize("url", REFUSED)
def test_a_place_that_was_not_meant_is_refused(url: str) -> None:
    with pytest.raises(StudioError) as refused:
        fetchable(url, KALTURA)
    assert refused.value.hint


@pytest.mark.parametrize(
    ("url", "fetched", "own"),
    [
        ("https://cdn.example.com/film.mp4?x=1", None, KALTURA),
        ("https://cdn.example.com:8443/film.mp4", None, KALTURA),
        (
            "http://cdn.example.com/p/1/film.mp4?x=1",
            "https://cdn.example.com/p/1/film.mp4?x=1",
            KALTURA,
        ),
        ("http://cdn.example.com:80/film.mp4", "https://cdn.example.com/film.mp4", KALTURA),
        ("https://www.kaltura.com/film.mp4", None, KALTURA),
        ("http://127.0.0.1:8080/film.mp4", None, LOCAL),
        ("http://127.0.0.1:9090/film.mp4", None, LOCAL),
        ("https://10.0.0.5/film.mp4", None, OWN),
        ("https://10.0.0.6/film.mp4", None, OWN),
        ("https://films.corp/film.mp4", None, INNER),
        ("https://films/film.mp4", None, INNER),
        ("https://[64:ff9b::808:808]/film.mp4", None, KALTURA),
        ("http://studio.test/film.mp4", None, ("http://studio.test/api/v1", "")),
    ],
)
def test_a_film_is_fetched_from(url: str, fetched: str | None, own: tuple[str, str]) -> None:
    assert fetchable(url, own) == (fetched or url)


@pytest.mark.parametrize("own", [OWN, INNER])
@pytest.mark.parametrize(
    "url", ["https://169.254.169.254/x", "https://127.0.0.1/x", "https://x.localhost/x"]
)
def test_a_private_studio_opens_no_way_to_its_machine(url: str, own: tuple[str, str]) -> None:
    with pytest.raises(StudioError):
        fetchable(url, own)
