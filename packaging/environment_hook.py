"""Gives programs that the frozen program starts (ExifTool, the file manager) back the system's libraries.

On Linux PyInstaller's start points LD_LIBRARY_PATH to its own folder; whoever inherits that would load libraries from
there. The program's own processes begin as if nothing had been set, and so get it again.
"""

import os
import sys

if sys.platform == "linux":
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    if "LD_LIBRARY_PATH_ORIG" in os.environ:
        os.environ["LD_LIBRARY_PATH"] = os.environ.pop("LD_LIBRARY_PATH_ORIG")
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)
