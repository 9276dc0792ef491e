"""Plain recordings are told as the library of media tells them, and only plain ones are."""

from __future__ import annotations

import io
import struct

import pytest
from conftest import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from pymediainfo import MediaInfo

from casereview.reading import plain
from casereview.reading.plain import _ASKED, _of_wave, read_media
from casereview.reading.wave import plain_wave

DAYS = ["2025-07-08", "2025-07-08 09:10:11", "2025-07-08 09:10\0", "1904-01-01\0"]


def _part(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _wave(rate: int, wide: int, samples: bytes, day: str = "", channels: int = 1, sort: int = 1):
    step = wide * channels
    form = struct.pack("<HHIIHH", sort, channels, rate, rate * step, step, 8 * wide)
    told = _part(b"LIST", b"INFO" + _part(b"ICRD", day.encode())) if day else b""
    body = b"WAVE" + _part(b"fmt ", form) + _part(b"data", samples) + told
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _by_library(data: bytes) -> str:
    return MediaInfo.parse(io.BytesIO(data), output=_ASKED)


@given(
    st.sampled_from([4000, 8000, 11025, 16000, 22050, 44100, 48000]),
    st.sampled_from([1, 2, 3]),
    st.integers(0, 9000),
    st.sampled_from(["", *DAYS]),
    st.sampled_from([b"\0", b"\x80", b"\x12\x34\x56"]),
)
@settings(max_examples=150, deadline=None)
def test_a_plain_recording_is_told_as_the_library_tells_it(rate, wide, count, day, sample):
    """Length to the millisecond, and the day that stands in it."""
    data = _wave(rate, wide, (sample * count)[: count * wide].ljust(count * wide, b"\0"), day)
    told = _of_wave(io.BytesIO(data))
    if told:
        assert told.split("\n") == _by_library(data).split("\n")[:5]
    else:
        assert count * 1000 < rate or (2000 * count) % rate == 0


PLAIN = _wave(8000, 1, bytes(8000), "2025-07-08")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        PLAIN[:30],
        PLAIN[:-1],
        PLAIN + b"\0\0",
        _wave(8000, 2, bytes(8000), channels=2),
        _wave(8000, 1, bytes(8000), sort=6),
        _wave(8000, 1, bytes(8000), "8 July 2025"),
        PLAIN.replace(b"ICRD", b"ISFT"),
        PLAIN.replace(b"fmt ", b"bext"),
        PLAIN.replace(b"data", b"fmt "),
        PLAIN.replace(b"RIFF", b"RF64"),
    ],
)
def test_whatever_is_otherwise_is_left_to_the_library(data):
    """Cut, longer than it says, of two channels, packed, or with more in it."""
    file = io.BytesIO(data)
    assert plain_wave(file) is None
    assert file.tell() == 0


def test_the_recordings_of_the_samples_need_no_library(monkeypatch):
    """And come to the same."""
    files = sorted(SAMPLES.rglob("*.wav"))
    by_library = []
    with monkeypatch.context() as m:
        m.setattr(plain, "plain_wave", lambda file: None)
        by_library = [read_media(f.name, f) for f in files]
    monkeypatch.setattr(MediaInfo, "parse", None)
    assert len(files) > 3
    assert [read_media(f.name, f) for f in files] == by_library
