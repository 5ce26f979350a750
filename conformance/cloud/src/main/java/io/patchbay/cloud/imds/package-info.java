/// What an instance may read about itself at 169.254.169.254.
@NullMarked
package io.patchbay.cloud.imds;

import org.jspecify.annotations.NullMarked;
