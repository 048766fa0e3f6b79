"""The package beside this file is somebody else's: it is installed by a test, not collected."""

collect_ignore = ["src"]
