/// The unix socket that the plugin binary talks to: frames, peers, deadlines, and the spool of what
/// came while nobody listened.
@NullMarked
package io.patchbay.meta.socket;

import org.jspecify.annotations.NullMarked;
