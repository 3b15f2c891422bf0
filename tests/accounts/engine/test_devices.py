import pytest

from lms.accounts.engine.devices import UNKNOWN, device_words

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Safari/537.36 Edg/130"
)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1"
OLD_PHONE = "Mozilla/5.0 (Linux; Android 8.0; SM-G570F) AppleWebKit/537.36 Chrome/90 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        (WINDOWS, "Firefox sur Windows"),
        (EDGE, "Edge sur Windows"),
        (PHONE, "Safari sur iPhone"),
        (OLD_PHONE, "Chrome sur Android"),
        ("Firefox sur Windows", "Firefox sur Windows"),
        ("curl/8.0", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_a_device_is_said_in_three_words(signature, words):
    assert device_words(signature) == words
