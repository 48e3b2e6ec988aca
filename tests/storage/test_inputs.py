"""What is handed in is read to a bound, never without end."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from edudesk.kernel.errors import Refused, Unavailable
from edudesk.storage.files.inputs import read_bounded


def test_a_file_is_read_whole_up_to_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "ca.json"
    path.write_bytes(b"12345")
    assert read_bounded(path, most=5) == b"12345"
    with pytest.raises(Refused) as refused:
        read_bounded(path, most=4)
    assert refused.value.code == "FILE_LARGE" and str(path) in refused.value.sentence
    with pytest.raises(Unavailable):
        read_bounded(tmp_path / "không có", most=4)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_an_endless_file_ends_in_a_sentence() -> None:
    with pytest.raises(Refused):
        read_bounded("/dev/zero", most=1 << 16)


def test_standard_input_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[]")))
    assert read_bounded("-", most=2) == b"[]"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[1]")))
    with pytest.raises(Refused):
        read_bounded("-", most=2)
