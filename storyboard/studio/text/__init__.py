"""Which language narrations are in. Knows no voice and no film."""
