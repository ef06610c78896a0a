"""``python -m tipsearch``."""

from tipsearch.cli import main

main()
