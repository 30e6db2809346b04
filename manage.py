#!/usr/bin/env python
import os
import sys


def main():
    if sys.argv[1:] == ["remap", "--lines"]:
        # Pure text work: to start Django would take longer than to answer.
        from annotations.anchoring.lines import answer_lines

        sys.exit(min(1, answer_lines(sys.stdin.buffer, sys.stdout, sys.stderr)))

    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
