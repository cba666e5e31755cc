"""GitHub and GitLab: the one comment of a pull request that a pipeline keeps up to date."""
