/// The cloud as the instance metadata service tells it.
@NullMarked
package io.patchbay.vpc.imds;

import org.jspecify.annotations.NullMarked;
