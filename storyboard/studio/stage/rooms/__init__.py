"""What stands behind a presenter. Knows no presenter."""
