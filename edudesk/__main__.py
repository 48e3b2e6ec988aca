"""`python -m edudesk` is the console command `edudesk`."""

try:
    from edudesk.cli import main
except KeyboardInterrupt:  # before there is anything that could answer it
    raise SystemExit(130) from None

if __name__ == "__main__":
    raise SystemExit(main())
