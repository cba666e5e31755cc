"""What a person asks of files, state and studio: each question a module. Writes no state."""
