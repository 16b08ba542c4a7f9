"""Where the program starts, also as a frozen one and in worker processes."""

import multiprocessing
import sys


def run() -> None:
    """Run the program and exit with its code."""
    multiprocessing.freeze_support()  # before anything heavy is imported: a frozen worker starts here, too
    from faceorganizer.app import main

    sys.exit(main())


if __name__ == "__main__":
    run()
