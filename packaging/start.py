"""What a frozen program starts with; worker processes start here, too."""

from faceorganizer.__main__ import run

if __name__ == "__main__":
    run()
