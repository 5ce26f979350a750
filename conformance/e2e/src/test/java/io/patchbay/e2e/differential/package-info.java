/// The same configurations to the reference plugins and to Patchbay, and what each makes of them.
@NullMarked
package io.patchbay.e2e.differential;

import org.jspecify.annotations.NullMarked;
