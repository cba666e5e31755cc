"""The studio over HTTP: the guide's actions, the v3 services around them, the control plane."""
