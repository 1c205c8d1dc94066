// Placeholder so that the tests build while the room is empty.

import Testing
