"""Charts of the answers: as cells of a terminal, as SVG, as PNG. Plain data in, pictures out."""
