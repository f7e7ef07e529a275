"""The site's server: granian, whose worker processes are made from one that has loaded the site.

    python -m unioncms.serving --host 0.0.0.0 --port 8000 [any option of granian]

The site is loaded once however many workers there are, and what they do not change of it is in memory once. So a
worker that granian starts anew (SIGHUP) runs the code that was there at the start: to serve new code, start anew.
"""

import multiprocessing
import sys

OPTIONS = ("--interface=wsgi", "--no-ws", "--workers=2", "--blocking-threads=1")
"""What the command line may say otherwise."""
APPLICATION = "unioncms.wsgi:application"


def main() -> None:
    from granian.cli import cli

    import unioncms.wsgi  # noqa: F401  here, so that the workers have it

    multiprocessing.set_start_method("fork")  # from Python 3.14 on a worker would begin empty
    cli([*OPTIONS, *sys.argv[1:], APPLICATION], auto_envvar_prefix="GRANIAN")


if __name__ == "__main__":
    main()
