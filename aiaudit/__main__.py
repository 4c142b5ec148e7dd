"""Run the command line as `python -m aiaudit`."""

from aiaudit.cli import main

main()
