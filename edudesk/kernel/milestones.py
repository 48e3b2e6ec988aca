"""How long since this process began, and how much memory it holds: for `--measure` and the benchmarks."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

_MEGABYTE = 1 << 20


def since_start() -> float:
    """Milliseconds since the system started this process, interpreter and all."""
    if sys.platform == "win32":
        return _windows_age()
    # /proc counts in clock ticks since boot; the 22nd field is when the process began.
    fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    began = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - began) * 1000


def resident_megabytes() -> float:
    """Resident memory of this process."""
    if sys.platform == "win32":
        return _windows_memory()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Memory(ctypes.Structure):
        _fields_ = (
            ("size", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            *(
                (name, ctypes.c_size_t)
                for name in ("peak", "working", "a", "b", "c", "d", "file", "peak_file")
            ),
        )

    def _windows_age() -> float:
        kernel32 = ctypes.windll.kernel32
        kernel32.GetCurrentProcess.restype = wintypes.HANDLE
        times = [ctypes.c_ulonglong() for _n in range(4)]
        process = wintypes.HANDLE(kernel32.GetCurrentProcess())
        kernel32.GetProcessTimes(process, *(ctypes.byref(one) for one in times))
        now = ctypes.c_ulonglong()
        kernel32.GetSystemTimeAsFileTime(ctypes.byref(now))
        return (now.value - times[0].value) / 10_000

    def _windows_memory() -> float:
        memory = _Memory()
        memory.size = ctypes.sizeof(memory)
        kernel32 = ctypes.windll.kernel32
        kernel32.GetCurrentProcess.restype = wintypes.HANDLE
        process = wintypes.HANDLE(kernel32.GetCurrentProcess())
        kernel32.K32GetProcessMemoryInfo(process, ctypes.byref(memory), memory.size)
        return float(memory.working) / _MEGABYTE
