"""Storyboard-as-code: YAML files to avatar videos, and a studio that renders them.

The names of the Python API, such as `storyboard.plan_changes`, are those of `storyboard.api`.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing `typing` would cost every command as much as all else here
    from storyboard.api import *  # noqa: F403
else:

    def __getattr__(name):
        """Import the API when a name of it is first used: a command line never pays for it."""
        if name == "__all__" or not name.startswith("_"):
            # Not `from storyboard import api`, which asks this very function for `api`.
            import storyboard.api as api

            if name == "__all__" or name in api.__all__:
                return getattr(api, name)
        raise AttributeError(f"module 'storyboard' has no attribute '{name}'")

    def __dir__():
        import storyboard.api as api

        return [*globals(), *api.__all__]
