"""Speech: narrations in, samples and the times of their sounds out. Knows no film and no API."""
