"""Ships that are not who they say."""
