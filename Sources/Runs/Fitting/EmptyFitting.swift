// Placeholder so that the room builds while it is empty.
