"""A studio's videos as the files that would make them. Pure: asks no studio, writes no file."""
