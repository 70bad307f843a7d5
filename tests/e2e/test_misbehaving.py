"""Every script is held to a quiet console, no request beyond its server and no refused one; this shows how."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Drive

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("how", "complaint"),
    [
        ("console", "something is wrong"),
        ("exception", "thrown in the page"),
        ("outside", "http://telemetry.example/collect"),
        ("answer", "404 /api/no-such-thing"),
    ],
)
def test_a_page_that_misbehaves_is_caught(drive: Drive, how: str, complaint: str) -> None:
    """With what it did."""
    with pytest.raises(AssertionError, match=complaint):
        drive("misbehaving.mjs", how)


def test_a_page_that_behaves_is_not(drive: Drive) -> None:
    """The same script with nothing wrong."""
    assert drive("misbehaving.mjs", "nothing") == {}
