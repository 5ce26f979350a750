/// `patchbay cloud`: the simulated cloud by itself.
@NullMarked
package io.patchbay.cloud.run;

import org.jspecify.annotations.NullMarked;
