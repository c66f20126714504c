"""The ``dechrome`` command, as the Rust program has it."""

import signal
import sys

from dechrome._native import main as _command


def main() -> None:
    """Runs the command with the arguments of this process and ends with its status."""
    # Python's own handler would wait until the command is done.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_command(["dechrome", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
