"""What compiling gave before, kept for the next run: it saves time and changes no result."""
