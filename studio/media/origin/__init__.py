"""What a file says of where it comes from: one reader for each place where programs write it."""

from studio.media.origin.read import origin as origin
from studio.media.origin.read import origin_of_clip as origin_of_clip
from studio.media.origin.record import Origin as Origin
