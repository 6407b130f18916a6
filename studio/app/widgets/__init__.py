"""The parts that panes are built from. They show records and keep none."""
