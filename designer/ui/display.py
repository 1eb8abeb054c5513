"""The look before the leap: without a display, or with a library missing, Qt aborts the process."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from designer.symbolic.issue import Refusal, said

if TYPE_CHECKING:
    from ctypes import CDLL

PACKAGES: Mapping[str, str] = MappingProxyType(
    {
        "libEGL.so.1": "libegl1",
        "libGL.so.1": "libgl1",
        "libX11-xcb.so.1": "libx11-xcb1",
        "libdbus-1.so.3": "libdbus-1-3",
        "libfontconfig.so.1": "libfontconfig1",
        "libglib-2.0.so.0": "libglib2.0-0",
        "libgthread-2.0.so.0": "libglib2.0-0",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
        "libxkbcommon.so.0": "libxkbcommon0",
    }
)
"""What Qt's wheel needs of the system: the library's name, and the Debian package that has it."""

_UNUSABLE = re.compile(
    r"(?:.*/)?(lib[^:/]+\.so[^:/]*): (?:cannot open shared object file|file too short|invalid)"
)


def check_display(environment: Mapping[str, str] = os.environ) -> None:
    """Return where Qt can open a window under `environment`; raise Refusal, one sentence, where it cannot.

    Call it before the QApplication: the abort it prevents cannot be caught. An X display is asked for only on
    Linux, and only where Qt would ask for one. It takes some 10 ms beside the import of Qt.
    """
    _import_qt()
    if sys.platform == "linux" and _wants_x(environment):
        _load(_plugin())
        _connect(environment.get("DISPLAY", ""))


def unusable_library(error: OSError | ImportError, place: str) -> Refusal:
    """The loader's `error` at `place` in words: where it stopped, and the packages of all that is missing."""
    found = _UNUSABLE.match(str(error))
    if not found:
        return Refusal(place, said("it cannot be loaded: {error}", error=error))
    library = found[1]
    if library not in PACKAGES:
        return Refusal(library, said("{place} needs this system library, and it is missing", place=place))
    packages = {package for name, package in PACKAGES.items() if name == library or not _loads(name)}
    cause = (
        "a window needs this system library, and it is missing; on Debian and Ubuntu: apt install {packages}"
    )
    return Refusal(library, said(cause, packages=" ".join(sorted(packages))))


def _loads(library: str) -> bool:
    try:
        _opened(library)
    except OSError:
        return False
    return True


def _opened(library: str) -> CDLL:
    from ctypes import CDLL  # not needed where the platform is chosen

    return CDLL(library)


def _wants_x(environment: Mapping[str, str]) -> bool:
    platform = environment.get("QT_QPA_PLATFORM", "")
    if platform:
        return re.split("[:;]", platform)[0] == "xcb"
    wayland = environment.get("WAYLAND_DISPLAY", "")
    return not (wayland and Path(environment.get("XDG_RUNTIME_DIR", ""), wayland).is_socket())


def _import_qt() -> None:
    try:
        import PySide6.QtGui  # noqa: F401
    except ImportError as error:
        raise unusable_library(error, "PySide6.QtGui") from error


def _plugin() -> Path:
    import PySide6

    return Path(PySide6.__file__).with_name("Qt") / "plugins" / "platforms" / "libqxcb.so"


def _load(plugin: Path) -> None:
    try:
        _opened(str(plugin))
    except OSError as error:
        raise unusable_library(error, plugin.name) from error


def _connect(display: str) -> None:
    """Open a connection to the X server `display` and close it again."""
    if not display:
        cause = (
            "neither DISPLAY nor WAYLAND_DISPLAY names a display to open a window on; "
            "without a desktop, xvfb-run makes one (Debian and Ubuntu: package xvfb)"
        )
        raise Refusal("display", said(cause))
    from ctypes import c_char_p, c_void_p

    xcb = _opened("libxcb.so.1")
    xcb.xcb_connect.restype = c_void_p
    xcb.xcb_connect.argtypes = [c_char_p, c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused:
        cause = (
            "no X server answers at DISPLAY={display}; name one that runs, "
            "or make one with xvfb-run (Debian and Ubuntu: package xvfb)"
        )
        raise Refusal("display", said(cause, display=display))
