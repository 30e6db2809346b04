"""Keep `manage.py tick --every 60` running until standard input ends, which it shares."""

import select
import subprocess
import sys

PAUSE = 5  # Seconds, so that one that cannot start does not keep a core busy.


def main() -> None:
    command = [sys.executable, "manage.py", "tick", "--every", "60"]
    while subprocess.call(command) != 0:
        if select.select([sys.stdin], [], [], PAUSE)[0]:
            return


if __name__ == "__main__":
    main()
