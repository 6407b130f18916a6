"""The screens: the desk with its panes, and the ones that open over it."""
