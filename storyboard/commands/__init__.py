"""One module a command, named like it. The public Python API is in `project`."""
