/// Third parties' jars: what they see, and what their calls may do to the rest of the process.
@NullMarked
package io.patchbay.meta.jar;

import org.jspecify.annotations.NullMarked;
