#!/bin/sh
# A picture of sixels as xterm draws them:
#   tests/pixels/xterm_shot.sh OUT.png PICTURE [PICTURE...]
# Needs xvfb, xterm and imagemagick; FONT (points), COLUMNS and ROWS may be set.
set -eu
out=$1
shift
display=${SHOT_DISPLAY:-:97}
Xvfb "$display" -screen 0 1280x1000x24 -nolisten tcp &
server=$!
trap 'kill $server' EXIT
sleep 1
export DISPLAY=$display
# As a VT340 it has sixels; with its sixteen colours it would be refused.
xterm -ti vt340 -xrm 'XTerm*decTerminalID: vt340' -xrm 'XTerm*numColorRegisters: 1024' \
    -xrm 'XTerm*maxGraphicSize: 1300x1200' -fa 'DejaVu Sans Mono' -fs "${FONT:-9}" \
    -geometry 110x60+0+0 -e "${PYTHON:-python3}" "$(dirname "$0")/show.py" sixel \
    "${COLUMNS:-80}" "${ROWS:-50}" "$@" --wait 60 &
sleep $((5 + $#))
import -window root "$out"
kill $!
