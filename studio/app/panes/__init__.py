"""One pane per room: it shows what the session has and asks it for what a key means."""
