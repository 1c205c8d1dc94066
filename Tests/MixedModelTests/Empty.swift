// Placeholder.

import Testing
