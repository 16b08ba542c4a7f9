"""Where the program starts, also as a frozen one and in worker processes."""

import multiprocessing
import sys

INTERRUPTED = 130


def run() -> None:
    """Run the program and exit with its code."""
    multiprocessing.freeze_support()  # before anything heavy is imported: a frozen worker starts here, too
    try:
        from faceorganizer.app import main

        code = main()
    except KeyboardInterrupt:  # Ctrl-C before the command listens to it, such as while libraries load
        code = INTERRUPTED
    sys.exit(code)


if __name__ == "__main__":
    run()
