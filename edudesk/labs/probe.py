"""What this PC is made of, for the list of machines; carried on a stick as one small JSON file. Standard library only."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import half_up
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import _

KIND = "edudesk-machine"
LONGEST = 120  # letters of a name
MOST_GB = 1_000_000


@dataclass(frozen=True, slots=True)
class Probe:
    """A PC as it describes itself; None where it does not say. Memory in GiB and disk in GB, to the nearest whole."""

    name: str
    cpu: str | None
    ram_gb: int | None
    disk_gb: int | None
    os: str | None


def read_this_pc() -> Probe:
    """This PC: its name in the network, processor, memory, the disk of the system, the system."""
    disk = shutil.disk_usage(Path(sys.prefix).anchor or "/").total
    system = squeeze(f"{platform.system()} {platform.release()}")
    ram = _memory()
    return Probe(
        squeeze(platform.node())[:LONGEST] or _("Máy không tên"),
        _processor()[:LONGEST] or None,
        half_up(ram, 2**30) if ram else None,
        half_up(disk, 10**9),
        system[:LONGEST] or None,
    )


def _processor() -> str:
    """The name of the processor as the system gives it, blank when it does not."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    named = next((line.partition(":")[2] for line in lines if line.startswith("model name")), "")
    return squeeze(named or platform.processor() or platform.machine())


def _memory() -> int:
    """Bytes of memory, 0 when the system does not say."""
    if sys.platform == "win32":
        return _windows_memory()
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return 0


def _windows_memory() -> int:
    if sys.platform == "win32":
        import ctypes

        kilobytes = ctypes.c_ulonglong(0)
        found = ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
        return kilobytes.value * 1024 if found else 0
    return 0


def as_text(probe: Probe) -> str:
    """The file for a stick."""
    return json.dumps({"kind": KIND, **asdict(probe)}, ensure_ascii=False, indent=1) + "\n"


def read_text(text: str, place: str) -> Probe:
    """A probe from the text of such a file; `place` is its name. Raises Refused PROBE_BAD."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("kind") != KIND or not _whole(data):
        message = _("Đây không phải tệp thông tin máy do edudesk probe ghi.")
        raise Refused(Problem("PROBE_BAD", message, place, _("Chạy lại edudesk probe -o TỆP trên máy ấy.")))
    cpu, system = (None if data.get(key) is None else squeeze(data[key]) for key in ("cpu", "os"))
    return Probe(squeeze(data["name"]), cpu, data.get("ram_gb"), data.get("disk_gb"), system)


def _whole(data: dict[str, Any]) -> bool:
    name = data.get("name")
    texts = all(_is_text(data.get(key)) for key in ("cpu", "os"))
    numbers = all(_is_size(data.get(key)) for key in ("ram_gb", "disk_gb"))
    return isinstance(name, str) and bool(squeeze(name)) and _is_text(name) and texts and numbers


def _is_text(value: object) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= LONGEST)


def _is_size(value: object) -> bool:
    return value is None or (type(value) is int and 0 < value <= MOST_GB)
