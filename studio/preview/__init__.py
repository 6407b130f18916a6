"""A picture or a clip as terminal cells.

Importing this room costs nothing: `modes`, `detect` and `look_ahead` import neither numpy nor
Pillow; `cells`, `picture` and `renderers` do.
"""
