/// Which address a pod gets: decisions without I/O, and the notes that outlive them.
@NullMarked
package io.patchbay.vpc.pool;

import org.jspecify.annotations.NullMarked;
