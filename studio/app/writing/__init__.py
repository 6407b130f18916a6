"""What the pane of the caption does, one file for each thing; the pane puts them together."""
