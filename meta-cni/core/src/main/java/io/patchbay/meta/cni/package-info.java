/// The CNI protocol at its edge: requests, configurations, results and errors as JSON, and nothing
/// else.
@NullMarked
package io.patchbay.meta.cni;

import org.jspecify.annotations.NullMarked;
