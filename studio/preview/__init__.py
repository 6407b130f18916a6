"""A picture or a clip as terminal cells or pixels.

Importing this room costs nothing: `modes`, `detect`, `view`, `overlay` and `look_ahead` import
neither numpy nor Pillow; `cells`, `drawing` and `renderers` import both, `picture` and `lean` only
Pillow.
"""

import os

# numpy's linear algebra starts a thread for each core when imported, which costs as much as all
# the rest of it. Nothing here multiplies matrices.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
