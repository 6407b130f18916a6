"""Every command, one class each; the footer, palette, help screen and key file derive from them."""
