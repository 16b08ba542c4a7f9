"""An AppDir around the folder of the program: one folder that starts by AppRun, and what AppImages are made of."""

import shutil
from pathlib import Path

import desktop
from project import APP_ID


def build(folder: Path, into: Path, screenshots_at: str = "") -> Path:
    """Make the AppDir.

    Args:
        folder: That of the program, as PyInstaller made it.
        into: Where the AppDir is put.
        screenshots_at: See desktop.metainfo.
    """
    tree = into / "Face_Organizer.AppDir"
    shutil.rmtree(tree, ignore_errors=True)
    usr = tree / "usr"
    shutil.copytree(folder, usr / "lib/faceorganizer", symlinks=True)
    (usr / "bin").mkdir()
    (usr / "bin/faceorganizer").symlink_to("../lib/faceorganizer/faceorganizer")
    desktop.install(usr, screenshots_at)
    (tree / "AppRun").symlink_to("usr/bin/faceorganizer")
    (tree / desktop.ENTRY.name).symlink_to(f"usr/share/applications/{desktop.ENTRY.name}")
    icon = f"usr/share/icons/hicolor/256x256/apps/{APP_ID}.png"
    for name in (f"{APP_ID}.png", ".DirIcon"):
        (tree / name).symlink_to(icon)
    return tree
