"""Carries a plan out. The only writer to a studio."""
