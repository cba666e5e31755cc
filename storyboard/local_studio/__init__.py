"""The only door from the compiler and the commands to the local studio."""
