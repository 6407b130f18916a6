#!/bin/sh
# A picture of placeholders as kitty draws them, 0.28 or later:
#   tests/pixels/kitty_shot.sh OUT.png PICTURE [PICTURE...]
# Needs xvfb, kitty and imagemagick; FONT (points), COLUMNS and ROWS may be set. The images before
# the last are freed again.
set -eu
out=$1
shift
display=${SHOT_DISPLAY:-:97}
Xvfb "$display" -screen 0 1280x1000x24 -nolisten tcp &
server=$!
trap 'kill $server' EXIT
sleep 1
export DISPLAY=$display LIBGL_ALWAYS_SOFTWARE=1
kitty --config NONE -o initial_window_width=1200 -o initial_window_height=960 \
    -o remember_window_size=no -o font_size="${FONT:-8}" \
    "${PYTHON:-python3}" "$(dirname "$0")/show.py" kitty "${COLUMNS:-80}" "${ROWS:-50}" "$@" \
    --forget --wait 60 &
sleep $((6 + $#))
import -window root "$out"
kill $!
