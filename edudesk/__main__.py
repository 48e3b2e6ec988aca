"""`python -m edudesk` is the console command `edudesk`."""

from edudesk.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
