"""All that the compiler and the commands use of the local studio."""
