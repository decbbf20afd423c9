"""`python -m thoughtsmith` is the same as the `thoughtsmith` command."""

from thoughtsmith.cli import main

main()
