"""`python -m storyboard`."""

from storyboard.entry import main

main()
