/// Records on disk: a version, a checksum, and a rename that is durable.
@NullMarked
package io.patchbay.meta.journal;

import org.jspecify.annotations.NullMarked;
