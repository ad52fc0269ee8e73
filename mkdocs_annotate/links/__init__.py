"""Link checking: whether sources are still there, and where archived copies are."""
