/// The process: its commands, its configuration, and how the rooms are put together.
@NullMarked
package io.patchbay.meta.run;

import org.jspecify.annotations.NullMarked;
