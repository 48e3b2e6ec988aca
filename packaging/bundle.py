"""What goes into the one-folder program and what does not. Read by `build_installer.spec`, on Linux and on Windows."""

from __future__ import annotations

import builtins
import compileall
import dataclasses
import marshal
import pkgutil
import sys
import zipfile
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = sys.platform == "win32"
Entry = tuple[str, str, str]  # name in the folder, file it comes from, kind

QT_UNUSED = (
    "QtQml QtQuick QtQuickWidgets QtOpenGL QtOpenGLWidgets QtDesigner QtTest QtSql QtXml QtHelp QtUiTools QtSvgWidgets "
    "QtPdf QtDBus QtConcurrent QtPrintSupport"
).split()
UNUSED = (
    "tkinter pip setuptools wheel pkg_resources _distutils_hack numpy pytest _pytest hypothesis mypy babel IPython "
    "PIL._avif PIL._webp PIL._imagingft PIL._imagingcms PIL.ImageQt PIL.ImageTk reportlab.graphics.testshapes "
    "lib2to3 distutils pydoc pydoc_data doctest unittest test xmlrpc curses turtle ensurepip venv idlelib pdb bdb "
    "asyncio multiprocessing concurrent.futures.process ftplib webbrowser wsgiref readline _codecs_jp _codecs_kr "
    "_codecs_cn _codecs_tw _codecs_hk _codecs_iso2022 charset_normalizer.cli chardet pyphen uharfbuzz rlPyCairo"
).split()
EXCLUDES = [*(f"PySide6.{name}" for name in QT_UNUSED), *UNUSED]

_LIBRARIES = (
    *(
        "Qt6Quick",
        "Qt6Qml",
        "Qt6Pdf",
        "Qt6VirtualKeyboard",
        "Qt6OpenGL",
        "opengl32sw",
        "d3dcompiler",
        "Qt6EglF",
    ),
    *("Qt6Wayland", "Qt6WlShell", "qwebgl", "Qt6PrintSupport", "vcamp140", "vccorlib140", "concrt140"),
    # What the GTK platform theme, Kerberos and Pillow's other formats would pull in.
    *("libgtk", "libgdk", "libatk", "libatspi", "libcairo", "libpango", "libepoxy", "librsvg", "libsystemd"),
    *("libavif", "libwebp", "liblcms"),
)
_PLUGINS = (
    *("platforms/qwindows", "platforms/qoffscreen", "platforms/libqoffscreen", "platforms/libqxcb"),
    *("styles/", "imageformats/qjpeg", "imageformats/libqjpeg", "xcbglintegrations/libqxcb-egl"),
    *("platforminputcontexts/libcompose", "platforminputcontexts/libibus"),
)
_FONT_FILES = ("NotoSerif[", "NotoSerif-Italic[", "-Regular.ttf", "-SemiBold.ttf", "-Italic.ttf")


def hidden() -> list[str]:
    """Every module of the program, for slices name what they offer as text and migrations are imported by name."""
    files = sorted((ROOT / "edudesk").rglob("*.py"))
    names = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files
    ]
    return [*names, *fonts()]


def fonts() -> list[str]:
    """The letters that come along: for papers everywhere, for the screen where the system may have none."""
    return ["fontpkg_noto_serif"] if WINDOWS else ["fontpkg_noto_serif", "fontpkg_be_vietnam_pro"]


def needed(entry: Entry) -> bool:
    """Whether a collected file is of use: no QML, no other platform's plugin, no translation of Qt's, no test font."""
    name = entry[0].replace("\\", "/")
    if any(part in name for part in _LIBRARIES):
        return False
    if "PySide6" in name and "/plugins/" in name:
        return any(part in name for part in _PLUGINS)
    if "PySide6" in name and "/translations/" in name:
        return False
    return not name.startswith(("reportlab/fonts/", "tcl", "tk"))


def data() -> list[tuple[str, str]]:
    """The program's own resources and the fonts it may print with: (file or folder, where it goes)."""
    found = [(str(ROOT / "resources"), "resources")]
    for package in fonts():
        spec = find_spec(package)
        files = Path(str(spec.origin if spec else "")).parent.glob("files/*.ttf")
        kept = [file for file in files if any(part in file.name for part in _FONT_FILES)]
        found += [(str(file), f"{package}/files") for file in kept]
    return found


def signature(folder: Path) -> Iterator[Entry]:
    """Shiboken's Python files, unpacked and compiled once.

    The library carries their source in itself and compiles it anew at every start (about 60 ms), unless it finds
    them beside itself under `files.dir`, its own documented place.
    """
    import shiboken6
    from shibokensupport.signature import loader

    archive: zipfile.ZipFile = loader.__loader__.zfile
    target = folder / "files.dir"
    archive.extractall(target, [name for name in archive.namelist() if name.startswith("shibokensupport/")])
    compileall.compile_dir(target, quiet=2, legacy=True, stripdir=str(target))
    assert shiboken6.__file__
    for file in sorted(target.rglob("*.pyc")):
        yield (f"shiboken6/files.dir/{file.relative_to(target).as_posix()}", str(file), "DATA")


def records(file: Path) -> Entry:
    """The code of every record of the program, compiled once; see `hooks/records.py`."""
    compiled: dict[str, bytes] = {}

    def keep(text: str, names: dict[str, object], place: dict[str, object]) -> None:
        code = compile(text, "<string>", "exec")
        compiled[text] = marshal.dumps(
            code
        )  # each for itself: only those of the open page are ever looked at
        builtins.exec(code, names, place)

    dataclasses.exec = keep  # type: ignore[attr-defined]
    try:
        _import_all()
    finally:
        del dataclasses.exec  # type: ignore[attr-defined]
    file.write_bytes(marshal.dumps(compiled))
    return (file.name, str(file), "DATA")


def _import_all() -> None:
    """Every module of the program, anew, so that its records are made while somebody looks."""
    sys.path.insert(0, str(ROOT))
    for name in [name for name in sys.modules if name.partition(".")[0] == "edudesk"]:
        del sys.modules[name]
    import edudesk

    for found in pkgutil.walk_packages(edudesk.__path__, "edudesk."):
        if not found.name.endswith("__main__"):
            import_module(found.name)
