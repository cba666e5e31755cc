"""Films: timeline, shots, segments, sound, joining. Knows no API object."""
