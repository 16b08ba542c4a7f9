"""Gives programs that the frozen program starts (ExifTool, the file manager) back the system's libraries.

PyInstaller's start points LD_LIBRARY_PATH to its own folder; whoever inherits that would load libraries from there.
"""

import os

if "LD_LIBRARY_PATH_ORIG" in os.environ:
    os.environ["LD_LIBRARY_PATH"] = os.environ.pop("LD_LIBRARY_PATH_ORIG")
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
