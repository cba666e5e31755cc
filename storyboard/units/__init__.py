"""One storyboard taken through all passes that need no other: the unit that is kept and shared."""
