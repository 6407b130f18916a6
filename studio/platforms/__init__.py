"""What each platform accepts, as dated data."""
