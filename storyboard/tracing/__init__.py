"""Traces: which call led to which work, told to a collector if the operator names one."""
