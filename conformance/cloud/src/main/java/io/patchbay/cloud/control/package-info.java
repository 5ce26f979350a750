/// What can be made to go wrong in the simulated cloud, while it runs.
@NullMarked
package io.patchbay.cloud.control;

import org.jspecify.annotations.NullMarked;
